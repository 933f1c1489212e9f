import { join } from "node:path";
import type { Connectome } from "../src/core/connectome.js";
import type { Experiment } from "../src/experiment/types.js";
import { writeBinary } from "./connectomes.js";
import type { Absent, Contender, Context } from "./contender.js";
import type { PeerTask } from "./peer.js";
import { reason } from "./race.js";

/** A workload in one set of numbers, from which our experiment and the peers' tasks are both made. */
export interface Definition {
  readonly model: { readonly id: string; readonly tvb: string; readonly parameters: Readonly<Record<string, number>> };
  readonly coupling: {
    readonly id: string;
    readonly tvb: string;
    readonly parameters: Readonly<Record<string, number>>;
  };
  readonly dtMs: number;
  /** D by state variable, in the model's order: the variance of one step is 2 D dt. */
  readonly noise: Readonly<Record<string, number>>;
}

/** mm/ms */
export const speed = 3;
export const periodMs = 1;

export function experiment(definition: Definition, connectome: Connectome, durationMs: number): Experiment {
  const { model, coupling, dtMs, noise } = definition;
  return {
    connectome,
    normalise: "none",
    model: { id: model.id, parameters: model.parameters },
    coupling: { id: coupling.id, parameters: coupling.parameters },
    integrator: { scheme: "heun-stochastic", dt: dtMs, noise: { id: "additive", D: noise } },
    conduction_speed: speed,
    duration: durationMs,
    seed: 42,
    monitors: [{ id: "temporal-average", period: periodMs }],
    backend: "wasm",
  };
}

export function peerTask(definition: Definition, connectome: string, durationMs: number): PeerTask {
  const { model, coupling, dtMs, noise } = definition;
  return {
    connectome,
    speed,
    dt: dtMs,
    duration: durationMs,
    period: periodMs,
    model: model.tvb,
    parameters: model.parameters,
    coupling: coupling.tvb,
    couplingParameters: coupling.parameters,
    noise: Object.values(noise),
  };
}

/** Writes the connectome where the peers and the limit read it. */
export function share(connectome: Connectome, context: Context): string {
  const file = join(context.scratch, `connectome-${connectome.labels.length}.bin`);
  writeBinary(connectome, file);
  return file;
}

/** Whole windows of the monitor, at least one. */
export const milliseconds = (wanted: number, { scale }: Context): number =>
  Math.max(1, Math.round(wanted * scale)) * periodMs;

/** Calls each; one that fails is told as absent, so that the rest can still be compared. */
export async function gather(
  offers: readonly (readonly [name: string, offer: () => Promise<Contender>])[],
): Promise<{ contenders: Contender[]; absent: Absent[] }> {
  const contenders: Contender[] = [];
  const absent: Absent[] = [];
  for (const [name, offer] of offers)
    try {
      contenders.push(await offer());
    } catch (error) {
      absent.push({ name, why: reason(error) });
    }
  return { contenders, absent };
}

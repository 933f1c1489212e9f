import type { Connectome } from "../src/core/connectome.js";
import type { Experiment } from "../src/experiment/types.js";
import { simulate } from "../src/index.js";
import { dense } from "./connectomes.js";
import type { Probe } from "./probe.js";

/** A quarter of an hour of 100 regions. */
export const wholeRun = { regions: 100, minutes: 15, dtMs: 0.1, coreSeconds: 15 } as const;

/**
 * The run that people fit to resting-state fMRI: two populations per region with noise, every region linked to every
 * other without delay, Euler-Maruyama.
 */
export const rwwExperiment = (
  connectome: Connectome,
  durationMs: number,
  monitors: NonNullable<Experiment["monitors"]>,
): Experiment => ({
  connectome,
  normalise: "none",
  model: { id: "reduced-wong-wang-exc-inh", parameters: { G: 0.1 } },
  coupling: { id: "linear", parameters: { a: 1 } },
  integrator: { scheme: "euler-maruyama", dt: wholeRun.dtMs, noise: { id: "additive", D: { S_e: 5e-8, S_i: 5e-8 } } },
  conduction_speed: Infinity,
  duration: durationMs,
  seed: 42,
  monitors,
  backend: "wasm",
  precision: "f32",
});

/** Processor seconds of this process, all its threads, for a part of the run, as long as the whole would take. */
export async function coreSeconds(experiment: Experiment, part: number): Promise<{ value: number; detail: string }> {
  const before = process.cpuUsage();
  const { statistics } = await simulate(experiment);
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  const rate = statistics.regionSteps / seconds / 1e6;
  return {
    value: seconds / part,
    detail: `${rate.toFixed(1)} M region-steps per core-second over ${(100 * part).toFixed(0)} % of the run`,
  };
}

export const rww: Probe = {
  id: "rww",
  title: "15 minutes of reduced Wong-Wang E-I, 100 regions all linked, Euler-Maruyama with noise, dt 0.1 ms, f32",
  unit: "core-seconds",
  atMost: wholeRun.coreSeconds,
  async measure() {
    const part = 0.1;
    const durationMs = wholeRun.minutes * 60_000 * part;
    const monitors = [{ id: "temporal-average", period: 720 }];
    return coreSeconds(rwwExperiment(dense(wholeRun.regions, 100), durationMs, monitors), part);
  },
};

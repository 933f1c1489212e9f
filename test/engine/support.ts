import type { Connectome } from "../../src/core/connectome.js";
import { couplings } from "../../src/couplings/index.js";
import { assemble } from "../../src/engine/assemble.js";
import type { MonitorSetup, Setup } from "../../src/engine/setup.js";
import { startOf } from "../../src/engine/start.js";
import { schemes } from "../../src/integrators/index.js";
import type { Coupling, Model, Monitor, Scheme } from "../../src/ir/declare.js";
import type { Program, Start } from "../../src/ir/program.js";
import { reference } from "../../src/kernels/reference/kernel.js";
import type { Backend, Kernel, Variant } from "../../src/kernels/kernel.js";
import { models } from "../../src/models/index.js";
import { monitors } from "../../src/monitors/index.js";

/** What the suites of the engine share: small networks and setups, filled with defaults. */

const itemOf = <T>(items: Readonly<Record<string, T>>, id: string): T => {
  const found = items[id];
  if (!found) throw new Error(`there is no ${id}`);
  return found;
};
export const modelOf = (id: string): Model => itemOf(models, id);
export const couplingOf = (id: string): Coupling => itemOf(couplings, id);
export const schemeOf = (id: string): Scheme => itemOf(schemes, id);
export const monitorOf = (id: string): Monitor => itemOf(monitors, id);

export const defaultsOf = (item: Model | Coupling): Record<string, number> =>
  Object.fromEntries(Object.entries(item.parameters).map(([name, p]) => [name, p.default]));

/** A connectome of given matrices, [target][source]. */
export const networkOf = (
  weights: readonly (readonly number[])[],
  lengths?: readonly (readonly number[])[],
): Connectome => ({
  labels: weights.map((_, k) => `R${k}`),
  weights: Float64Array.from(weights.flat()),
  tractLengths: Float64Array.from((lengths ?? weights.map((row) => row.map(() => 0))).flat()),
  centres: undefined,
  orientations: undefined,
  areas: undefined,
  hemispheres: undefined,
  cortical: undefined,
  source: "test",
});

/** `rows` × `rows` values made by a function of target and source. */
export const matrix = (rows: number, value: (target: number, source: number) => number): number[][] =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: rows }, (_, j) => value(i, j)));

export const rawMonitor = (variables: readonly string[]): MonitorSetup => ({
  name: "raw",
  monitor: monitorOf("raw"),
  periodMs: 0,
  variables,
});

export type SetupChange = Partial<Omit<Setup, "model" | "coupling" | "scheme">> & {
  readonly model?: Model | string;
  readonly coupling?: Coupling | string;
  readonly scheme?: Scheme | string;
};

/** A setup of defaults: the linear model alone, Euler, dt 0.1 ms, f64, every state variable recorded at every step. */
export function setupOf(change: SetupChange = {}): Setup {
  const pick = <T>(value: T | string | undefined, of: (id: string) => T, otherwise: string): T =>
    typeof value === "string" ? of(value) : (value ?? of(otherwise));
  const model = pick(change.model, modelOf, "linear");
  const coupling = pick(change.coupling, couplingOf, "linear");
  return {
    connectome: networkOf([[0]]),
    noise: undefined,
    dtMs: 0.1,
    conductionSpeed: Infinity,
    steps: 10,
    transientSteps: 0,
    seed: 1,
    run: 0,
    initial: { kind: "seeded" },
    monitors: [rawMonitor(Object.keys(model.state))],
    compatTvb: false,
    precision: "f64",
    ...change,
    model,
    coupling,
    scheme: pick(change.scheme, schemeOf, "euler"),
    parameters: { ...defaultsOf(model), ...change.parameters },
    couplingParameters: { ...defaultsOf(coupling), ...change.couplingParameters },
  };
}

export interface Prepared {
  readonly program: Program;
  readonly start: Start;
}

export function prepare(setup: Setup): Prepared {
  const { program } = assemble(setup);
  return { program, start: startOf(setup, program) };
}

export const compile = (
  backend: Backend,
  { program, start }: Prepared,
  options: { readonly slots?: number; readonly variant?: Variant } = {},
): Promise<Kernel> =>
  backend.compile(program, start, {
    slots: options.slots ?? 0,
    ...(options.variant ? { variant: options.variant } : {}),
  });

/** States [step][variable × region] before the first and after each step. */
export async function statesOf(setup: Setup, backend: Backend = reference): Promise<Float64Array[]> {
  const kernel = await compile(backend, prepare(setup));
  const rows = [kernel.state()];
  for (let step = 0; step < setup.steps; step++) {
    const blowUp = kernel.advance(1);
    if (blowUp) throw new Error(`not finite at step ${blowUp.step}`);
    rows.push(kernel.state());
  }
  kernel.dispose();
  return rows;
}

/** The state after the last step. */
export async function endOf(setup: Setup, backend: Backend = reference): Promise<Float64Array> {
  const kernel = await compile(backend, prepare(setup));
  for (let done = 0; done < setup.steps;) {
    const count = Math.min(kernel.blockSteps, setup.steps - done);
    const blowUp = kernel.advance(count);
    if (blowUp) throw new Error(`not finite at step ${blowUp.step}`);
    done += count;
  }
  const state = kernel.state();
  kernel.dispose();
  return state;
}

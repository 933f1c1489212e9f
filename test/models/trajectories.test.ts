import { describe, expect, it } from "vitest";
import type { Connectome } from "../../src/core/connectome.js";
import { couplings } from "../../src/couplings/index.js";
import { assemble } from "../../src/engine/assemble.js";
import type { Setup } from "../../src/engine/setup.js";
import { startOf } from "../../src/engine/start.js";
import { schemes } from "../../src/integrators/index.js";
import { model as declared } from "../../src/ir/form.js";
import type { Coupling, Model, Scheme } from "../../src/ir/declare.js";
import { backends } from "../../src/kernels/index.js";
import type { Backend } from "../../src/kernels/kernel.js";
import { models } from "../../src/models/index.js";
import historyGolden from "../golden/tvb_history.json" with { type: "json" };
import { decode, fnv1a, mulberry32, uniform } from "../golden/generator.js";
import { goldensIn } from "./goldens.js";

interface Run {
  model: string;
  scheme: string;
  steps: number;
  every: number;
  weights: number[][];
  tract_lengths: number[][];
  parameters: Record<string, number>;
  coupling: { id: string; parameters: Record<string, number> };
  dt: number;
  speed: number;
  past_rows: number;
  past: Record<string, [number, number]>;
  /** As installed, and with TVB's history arrays in double precision. */
  states: string | null;
  double: string;
}
const runs = goldensIn<Run>("tvb-trajectories");

const defaults = (item: Model | Coupling): Record<string, number> =>
  Object.fromEntries(Object.entries(item.parameters).map(([name, p]) => [name, p.default]));

const networkOf = (weights: readonly number[][], lengths: readonly number[][]): Connectome => ({
  labels: weights.map((_, k) => `R${k}`),
  weights: Float64Array.from(weights.flat()),
  tractLengths: Float64Array.from(lengths.flat()),
  centres: undefined,
  orientations: undefined,
  areas: undefined,
  hemispheres: undefined,
  cortical: undefined,
  source: "golden",
});

/** States [step][variable × region] after each step, by a back end. */
async function statesOf(backend: Backend, setup: Setup): Promise<Float64Array[]> {
  const { program } = assemble(setup);
  const kernel = await backend.compile(program, startOf(setup, program), { slots: 1 });
  const rows: Float64Array[] = [];
  for (let step = 0; step < setup.steps; step++) {
    expect(kernel.advance(1)).toBeUndefined();
    rows.push(kernel.state());
  }
  kernel.dispose();
  return rows;
}

const common = {
  noise: undefined,
  transientSteps: 0,
  seed: 0,
  run: 0,
  monitors: [],
  compatTvb: true,
  precision: "f64",
} as const;

function setupOf(name: string, run: Run, steps: number): Setup {
  const model = models[run.model] as Model;
  const coupling = couplings[run.coupling.id] as Coupling;
  const names = Object.keys(model.state);
  const ranges = Object.values(run.past);
  const regions = run.weights.length;
  const stream = mulberry32(fnv1a(`trajectory ${name}`));
  const past = Float64Array.from({ length: run.past_rows * names.length * regions }, (_, at) =>
    uniform(stream, ...(ranges[Math.floor(at / regions) % names.length] ?? [NaN, NaN])),
  );
  return {
    ...common,
    connectome: networkOf(run.weights, run.tract_lengths),
    model,
    parameters: { ...defaults(model), ...run.parameters },
    coupling,
    couplingParameters: { ...defaults(coupling), ...run.coupling.parameters },
    scheme: schemes[run.scheme] as Scheme,
    dtMs: run.dt,
    conductionSpeed: run.speed,
    steps,
    initial: { kind: "history", values: past, steps: run.past_rows },
  };
}

/** Largest difference of each variable, as a share of its spread over the stored samples. */
function differences(rows: readonly Float64Array[], expected: Float64Array, run: Run): number[] {
  const regions = run.weights.length;
  const variables = Object.keys(run.past).length;
  const size = variables * regions;
  expect(expected.length).toBe((run.steps / run.every) * size);
  expect(rows.length).toBeGreaterThanOrEqual(4 * run.every);
  return Array.from({ length: variables }, (_, v) => {
    let [low, high, worst] = [Infinity, -Infinity, 0];
    for (let sample = 0; sample < rows.length / run.every; sample++)
      for (let i = 0; i < regions; i++) {
        const wanted = expected[sample * size + v * regions + i] ?? NaN;
        const got = rows[(sample + 1) * run.every - 1]?.[v * regions + i] ?? NaN;
        [low, high] = [Math.min(low, wanted), Math.max(high, wanted)];
        worst = Math.max(worst, Number.isFinite(got) ? Math.abs(got - wanted) : Infinity);
      }
    return worst / (high > low ? high - low : 1);
  });
}

it("has a TVB trajectory for every model that TVB has", () => {
  const ofTvb = Object.values(models).filter(({ tvb }) => tvb);
  const tested = new Set(Object.values(runs).flatMap(({ model, states }) => (states === null ? [] : [model])));
  expect(ofTvb.map(({ id }) => id).sort()).toEqual([...tested].sort());
});

describe.each(Object.values(backends))("$id: trajectories against TVB 2.10.0 with delays, compat: tvb", (backend) => {
  // The slow back end goes a fifth of the way; elsewhere both are held to the same bits.
  const share = backend.id === "reference" ? 0.2 : 1;
  it.each(Object.entries(runs).filter(([, { states }]) => states !== null))("%s, as installed", async (name, run) => {
    const rows = await statesOf(backend, setupOf(name, run, share * run.steps));
    for (const difference of differences(rows, decode(run.states ?? ""), run)) expect(difference).toBeLessThan(1e-9);
  });

  it.each(Object.entries(runs))("%s, with TVB's history in double precision", async (name, run) => {
    const rows = await statesOf(backend, { ...setupOf(name, run, share * run.steps), singleHistory: false });
    for (const difference of differences(rows, decode(run.double), run)) expect(difference).toBeLessThan(1e-10);
  });
});

describe.each(Object.values(backends))("$id: TVB's propagation table", (backend) => {
  it("is reproduced exactly: delays, orientation, and the step a delay of d takes to arrive", async () => {
    const { weights, tract_lengths: lengths, speed, dt, past, table } = historyGolden;
    const relay = declared({
      id: "relay",
      about: "Adds what arrives.",
      papers: [],
      time: "dimensionless",
      state: { x: { unit: "1", start: [0, 100], about: "sum" } },
      parameters: {},
      sends: ["x"],
      inputs: { c: { unit: "1", about: "what arrives" } },
      equations: { x: "c" },
      observe: ["x"],
    });
    const regions = weights.length;
    const rows = await statesOf(backend, {
      ...common,
      connectome: networkOf(weights, lengths),
      model: relay,
      parameters: {},
      coupling: couplings["scaling"] as Coupling,
      couplingParameters: { a: 1 },
      scheme: schemes["euler"] as Scheme,
      dtMs: dt,
      conductionSpeed: speed,
      steps: table.length,
      initial: { kind: "state", values: new Float64Array(regions).fill(past) },
    });
    expect(rows.map((row) => [...row])).toEqual(table);
  });
});

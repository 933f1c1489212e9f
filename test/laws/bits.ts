import { expect } from "vitest";
import { couplings } from "../../src/couplings/index.js";
import type { Regional, Setup } from "../../src/engine/setup.js";
import { schemes } from "../../src/integrators/index.js";
import { compose } from "../../src/ir/compose/compose.js";
import { partParameter } from "../../src/ir/compose/parts.js";
import type { Coupling, Model } from "../../src/ir/declare.js";
import type { BlowUp, Kernel, Variant } from "../../src/kernels/kernel.js";
import { reference } from "../../src/kernels/reference/kernel.js";
import { wasm } from "../../src/kernels/wasm/kernel.js";
import { models } from "../../src/models/index.js";
import {
  compile,
  couplingOf,
  defaultsOf,
  matrix,
  modelOf,
  networkOf,
  prepare,
  schemeOf,
  setupOf,
  type Prepared,
} from "../engine/support.js";
import { fnv1a, mulberry32, uniform } from "../golden/generator.js";
import { firstDifference } from "./first-difference.js";

/** A network of several models counts as one more model: bounds, sizes and inputs differ between its regions. */
const several = compose(
  ["reduced-wong-wang", "jansen-rit", "kuramoto"].map((id) => ({ name: id, model: modelOf(id) })),
  [
    {
      send: { "reduced-wong-wang": "S", "jansen-rit": "y1 - y2", kuramoto: "sin(theta)" },
      receive: { "reduced-wong-wang": "c_S", "jansen-rit": "c_y1", kuramoto: "c_theta" },
    },
    { send: { "reduced-wong-wang": "S^2", "jansen-rit": "y0", kuramoto: "0" }, receive: { "jansen-rit": "c_y2" } },
  ],
);
const partCount = several.mixed?.parts.length ?? 1;
const modelNamed = (id: string): Model => (id === several.id ? several : modelOf(id));

/** What is varied: every registered item, and whatever changes the code that a kernel runs. */
export const factors = {
  model: [...Object.keys(models), several.id],
  coupling: Object.keys(couplings),
  scheme: Object.keys(schemes),
  precision: ["f32", "f64"],
  compat: ["correct", "tvb", "tvb in working precision"],
  network: ["long", "short", "mixed", "instant", "no edges", "self links", "one region", "two regions", "wide"],
  variant: ["default", "4×1", "16×2", "20×1", "64×2", "128×1"],
  advance: ["ones", "uneven", "full"],
  initial: ["seeded", "state", "history"],
  startStep: [0, 3, 2 ** 34 - 9],
  parameters: ["scalar", "regional"],
  noise: ["everywhere", "one variable", "some regions"],
} as const;

export interface BitsCase {
  readonly model: string;
  readonly coupling: string;
  readonly scheme: string;
  readonly precision: "f32" | "f64";
  readonly compat: (typeof factors.compat)[number];
  readonly network: (typeof factors.network)[number];
  readonly variant: (typeof factors.variant)[number];
  readonly advance: (typeof factors.advance)[number];
  readonly initial: (typeof factors.initial)[number];
  readonly startStep: number;
  readonly parameters: (typeof factors.parameters)[number];
  readonly noise: (typeof factors.noise)[number];
}

/** A coupling may need more sent expressions than a model has. */
export const fits = ({
  model,
  coupling,
  compat = "correct",
  precision,
}: {
  model?: string;
  coupling?: string;
  compat?: string;
  precision?: string;
}): boolean => {
  if (model === undefined) return true;
  // TVB's way with this model is refused in single precision.
  if (compat !== "correct" && precision === "f32" && modelNamed(model).compat?.double) return false;
  return coupling === undefined || couplingOf(coupling).combines <= modelNamed(model).sends.length;
};

const dtMs = 0.05;

/** Lengths are in steps at speed 1 / dt; "mixed" has links without delay between regions beside delayed ones. */
function connectomeOf(kind: BitsCase["network"], draw: () => number) {
  const regions = { "one region": 1, "two regions": 2, wide: 33, long: 9, "self links": 5 }[kind as string] ?? 10;
  const between = kind !== "self links" && kind !== "no edges";
  const density = regions < 5 ? 1 : 0.4;
  const weights = matrix(regions, (i, j) => {
    const u = draw();
    if (kind === "no edges") return 0;
    if (i === j) return kind === "self links" || draw() < 0.3 ? uniform(draw, -0.1, 0.2) : 0;
    return between && u < density ? uniform(draw, -0.05, 0.2) : 0;
  });
  const delay = (i: number, j: number): number => {
    if (kind === "instant" || i === j) return kind === "self links" ? i % 3 : 0;
    if (kind === "long") return Math.floor(uniform(draw, 17, 60));
    if (kind === "short") return 1 + Math.floor(uniform(draw, 0, 6));
    if (kind === "mixed") return draw() < 0.3 ? 0 : Math.floor(uniform(draw, 1, 40));
    return 1 + Math.floor(uniform(draw, 0, 150));
  };
  return networkOf(
    weights,
    matrix(regions, (i, j) => delay(i, j)),
  );
}

const around = (value: number, regions: number, draw: () => number): Float64Array =>
  Float64Array.from({ length: regions }, () => value * uniform(draw, 0.98, 1.02));

const parametersOf = (item: Model | Coupling, regional: boolean, regions: number, draw: () => number) =>
  Object.fromEntries(
    Object.entries(defaultsOf(item)).map(([name, value]): [string, Regional] => [
      name,
      regional ? around(value, regions, draw) : value,
    ]),
  );

function noiseOf(c: BitsCase, model: Model, regions: number): Record<string, Regional> | undefined {
  if (!schemeOf(c.scheme).noise) return undefined;
  const names = Object.keys(model.state);
  const D = 1e-5;
  if (c.noise === "one variable") return { [names.at(-1) ?? ""]: D };
  return Object.fromEntries(
    names.map((name, v) => [
      name,
      c.noise === "everywhere" ? D : Float64Array.from({ length: regions }, (_, i) => ((i + v) % 3 === 0 ? 0 : D * i)),
    ]),
  );
}

function initialOf(c: BitsCase, model: Model, regions: number, maxDelay: number, draw: () => number): Setup["initial"] {
  if (c.initial === "seeded") return { kind: "seeded" };
  const row = () =>
    Object.values(model.state).flatMap(({ start: [low, high] }) =>
      Array.from({ length: regions }, () => uniform(draw, low + 0.4 * (high - low), low + 0.6 * (high - low))),
    );
  if (c.initial === "state") return { kind: "state", values: Float64Array.from(row()) };
  // More rows than any delay needs: the older ones must not matter to the alignment.
  const steps = maxDelay + 3;
  return { kind: "history", values: Float64Array.from(Array.from({ length: steps }, row).flat()), steps };
}

/** A setup for a case; its numbers depend on the case's name only. */
export function bitsSetup(c: BitsCase): Setup {
  const draw = mulberry32(fnv1a(JSON.stringify(c)));
  const model = modelNamed(c.model);
  const connectome = connectomeOf(c.network, draw);
  const regions = connectome.labels.length;
  const maxDelay = connectome.tractLengths.reduce((a, b) => Math.max(a, b), 0);
  const names = Object.keys(model.state);
  return setupOf({
    connectome,
    model,
    coupling: c.coupling,
    scheme: c.scheme,
    parameters: {
      ...parametersOf(model, c.parameters === "regional", regions, draw),
      ...(model.mixed ? { [partParameter]: Float64Array.from({ length: regions }, (_, i) => i % partCount) } : {}),
    },
    couplingParameters: parametersOf(couplingOf(c.coupling), c.parameters === "regional", regions, draw),
    dtMs,
    conductionSpeed: 1 / dtMs,
    noise: noiseOf(c, model, regions),
    // Often enough around the ring of the longest block.
    steps: 2 * (maxDelay + 70) + 37,
    seed: 2 ** 40 + 12345,
    run: 3,
    initial: initialOf(c, model, regions, maxDelay, draw),
    monitors: [
      {
        name: "raw",
        monitor: { id: "raw", about: "", time: "step", space: "regions" },
        periodMs: 0,
        variables: [...names, `${names[0] ?? ""} * 2 - sin(${names.at(-1) ?? ""})`],
      },
    ],
    compatTvb: c.compat !== "correct",
    ...(c.compat === "tvb in working precision" ? { singleHistory: false } : {}),
    precision: c.precision,
  });
}

/** Everything that a kernel gives out over a run. */
export interface Trace {
  /** [step][observable × region] */
  readonly rows: Float64Array[];
  /** State after each call, by the step after it. */
  readonly states: ReadonlyMap<number, Float64Array>;
  /** Sums of windows of 7 steps (slot 0) and of all steps (slot 1). */
  readonly sums: Float64Array[];
  readonly blowUp: BlowUp | undefined;
}

const windowSteps = 7;

export function trace(kernel: Kernel, { program }: Prepared, steps: number, next: (call: number) => number): Trace {
  const { regions: n } = program;
  const rows: Float64Array[] = [];
  const states = new Map<number, Float64Array>();
  const sums: Float64Array[] = [];
  let blowUp: BlowUp | undefined;
  for (let done = 0, call = 0; done < steps; call++) {
    const count = Math.max(1, Math.min(kernel.blockSteps, steps - done, next(call)));
    blowUp = kernel.advance(count);
    if (blowUp) break;
    for (let k = 0; k < count; k++) {
      const row = new Float64Array(program.observe.length * n);
      program.observe.forEach((_, o) => {
        const { data, offset, stride } = kernel.observed(o);
        for (let i = 0; i < n; i++) row[o * n + i] = data[offset + k * stride + i] ?? NaN;
      });
      rows.push(row);
    }
    for (let from = 0; from < count;) {
      const to = Math.min(count, from + windowSteps - ((done + from) % windowSteps));
      kernel.accumulate(0, from, to);
      from = to;
      if ((done + to) % windowSteps === 0) sums.push(kernel.drain(0));
    }
    kernel.accumulate(1, 0, count);
    done += count;
    states.set(done, kernel.state());
  }
  sums.push(kernel.drain(1));
  kernel.dispose();
  return { rows, states, sums, blowUp };
}

const variants: Readonly<Record<BitsCase["variant"], Variant | undefined>> = {
  default: undefined,
  "4×1": { block: 4, groups: 1 },
  "16×2": { block: 16, groups: 2 },
  "20×1": { block: 20, groups: 1 },
  "64×2": { block: 64, groups: 2 },
  "128×1": { block: 128, groups: 1 },
};
const advances: Readonly<Record<BitsCase["advance"], (call: number) => number>> = {
  ones: () => 1,
  uneven: (call) => 1 + ((call * 7) % 29),
  full: () => Infinity,
};

export function expectSame(wanted: Trace, got: Trace): void {
  // Calls end at other steps, so rows of a call that ended in a fault may be missing.
  const common = wanted.blowUp ? Math.min(wanted.rows.length, got.rows.length) : wanted.rows.length;
  if (!wanted.blowUp) expect(got.rows.length).toBe(common);
  for (let step = 0; step < common; step++)
    expect(firstDifference(wanted.rows[step] ?? [], got.rows[step] ?? []), `rows of step ${step}`).toBeUndefined();
  let compared = 0;
  for (const [step, state] of got.states) {
    const other = wanted.states.get(step);
    if (!other) continue;
    compared++;
    expect(firstDifference(other, state), `state after step ${step}`).toBeUndefined();
  }
  expect(got.blowUp).toEqual(wanted.blowUp);
  if (wanted.blowUp) return;
  expect(compared).toBeGreaterThan(0);
  expect(got.sums.length).toBe(wanted.sums.length);
  wanted.sums.forEach((sum, k) => expect(firstDifference(sum, got.sums[k] ?? []), `sum ${k}`).toBeUndefined());
}

/** Runs a case by both back ends; returns how many steps they took before a value was not finite, of how many. */
export async function checkCase(c: BitsCase): Promise<{ readonly steps: number; readonly of: number }> {
  const setup = bitsSetup(c);
  const made = prepare(setup);
  const prepared = { ...made, start: { ...made.start, step: c.startStep } };
  const slots = 2;
  const truth = trace(await compile(reference, prepared, { slots }), prepared, setup.steps, () => 1);
  const variant = variants[c.variant];
  const kernel = await compile(wasm, prepared, { slots, ...(variant ? { variant } : {}) });
  expectSame(truth, trace(kernel, prepared, setup.steps, advances[c.advance]));
  return { steps: truth.rows.length, of: setup.steps };
}

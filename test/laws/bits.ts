import { expect } from "vitest";
import { couplings } from "../../src/couplings/index.js";
import { assemble } from "../../src/engine/assemble.js";
import { Fault } from "../../src/core/fault.js";
import { partStepper, type PartStatistics } from "../../src/engine/adaptive.js";
import { driveFeed, type DriveFeed } from "../../src/engine/drives.js";
import type { Regional, Setup, StimulusSetup } from "../../src/engine/setup.js";
import { startOf } from "../../src/engine/start.js";
import { schemes } from "../../src/integrators/index.js";
import { compose } from "../../src/ir/compose/compose.js";
import { partParameter } from "../../src/ir/compose/parts.js";
import type { Coupling, Model } from "../../src/ir/declare.js";
import { estimatesError } from "../../src/ir/expand-scheme.js";
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
  network: ["long", "short", "mixed", "instant", "no edges", "self links", "one region", "two regions", "wide", "tiny"],
  variant: ["default", "4×1", "16×2", "20×1", "64×2", "128×1"],
  advance: ["ones", "uneven", "full"],
  initial: ["seeded", "state", "history"],
  startStep: [0, 3, 2 ** 34 - 9],
  parameters: ["scalar", "regional"],
  noise: [
    "none",
    "everywhere",
    "one variable",
    "some regions",
    "multiplicative",
    "correlated",
    "correlated multiplicative",
  ],
  held: ["none", "everywhere", "some regions"],
  stimulus: ["none", "variable", "parameter", "recorded"],
  stepping: ["whole", "parts"],
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
  readonly held: (typeof factors.held)[number];
  readonly stimulus: (typeof factors.stimulus)[number];
  readonly stepping: (typeof factors.stepping)[number];
}

/**
 * Zerlaut's second order takes derivatives of derivatives: with their Jacobian at each of Newton's steps it takes ten seconds
 * to assemble, and TVB's differences of differences over many stages take minutes.
 */
export function isSoonAssembled(model: string, scheme: string, asTvb: boolean): boolean {
  if (!modelNamed(model).compat?.double) return true;
  const { order, steps } = schemeOf(scheme);
  if (asTvb && (order > 4 || steps.some((step) => /solve|diagonal/.test(step)))) return false;
  return steps.filter((step) => step.includes("solve")).length < 3;
}

/**
 * What may stand together, as experiments may ask for it (src/experiment/integration.ts); what is not yet chosen is
 * undefined and no reason to object.
 */
export function fits(choice: Partial<BitsCase>): boolean {
  const { model, coupling, scheme, precision, compat, noise, stepping } = choice;
  const asTvb = compat !== undefined && compat !== "correct";
  // TVB's way with these models is refused in single precision.
  if (asTvb && precision === "f32" && model !== undefined && modelNamed(model).compat?.double) return false;
  // A coupling may need more sent expressions than a model has.
  if (model !== undefined && coupling !== undefined && couplingOf(coupling).combines > modelNamed(model).sends.length)
    return false;
  const multiplicative = noise === "multiplicative" || noise === "correlated multiplicative";
  const correlated = noise === "correlated" || noise === "correlated multiplicative";
  if (multiplicative && model !== undefined && modelNamed(model).mixed) return false;
  if (stepping === "parts" && noise !== undefined && noise !== "none") return false;
  if (scheme === undefined) return true;
  const { noise: taken, map } = schemeOf(scheme);
  if (model !== undefined && !isSoonAssembled(model, scheme, asTvb)) return false;
  if (stepping === "parts" && !estimatesError(schemeOf(scheme))) return false;
  if (noise === undefined || noise === "none") return true;
  // Correlated noise is a drift that any scheme takes but maps; TVB adds it as if it were white.
  if (correlated && !asTvb && map !== true) return true;
  if (correlated && compat === "correct") return false;
  return (
    taken?.kinds.includes(multiplicative ? "multiplicative" : "additive") === true && !(correlated && taken.diagonal)
  );
}

const variants: Readonly<Record<BitsCase["variant"], Variant | undefined>> = {
  default: undefined,
  "4×1": { block: 4, groups: 1 },
  "16×2": { block: 16, groups: 2 },
  "20×1": { block: 20, groups: 1 },
  "64×2": { block: 64, groups: 2 },
  "128×1": { block: 128, groups: 1 },
};
/** Such that steps fall into parts, and errors are above rounding. */
const tolerances = { f64: { relative: 1e-7, absolute: 1e-8 }, f32: { relative: 1e-4, absolute: 1e-5 } } as const;
const shortMs = 0.05;
/** Long enough that steps fall into parts. */
const partedMs = 0.5;

/** Lengths are in steps at speed 1 / dt; "mixed" has links without delay between regions beside delayed ones. */
function connectomeOf(kind: BitsCase["network"], draw: () => number) {
  const regions =
    { "one region": 1, "two regions": 2, wide: 33, long: 9, "self links": 5, tiny: 3 }[kind as string] ?? 10;
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
    if (kind === "tiny") return draw() < 0.3 ? 0 : Math.floor(uniform(draw, 1, 6));
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

/** Multiplicative noise reads the variable itself, a parameter and, where the scheme allows that, another variable. */
function amplitudesOf(c: BitsCase, model: Model): Record<string, string> {
  const names = Object.keys(model.state);
  const [parameter = "1"] = Object.keys(model.parameters);
  const own = schemeOf(c.scheme).noise?.diagonal === true;
  return Object.fromEntries(
    names.map((name, v) => {
      const other = own ? name : (names[(v + 1) % names.length] ?? name);
      return [name, `1 + sin(${name}) / 2 + cos(${other} * ${parameter}) / 4`];
    }),
  );
}

function noiseOf(c: BitsCase, model: Model, regions: number): Pick<Setup, "noise" | "noiseForm"> {
  if (c.noise === "none") return { noise: undefined };
  const names = Object.keys(model.state);
  const D = 1e-5;
  if (c.noise === "one variable") return { noise: { [names.at(-1) ?? ""]: D } };
  const here = (i: number, v: number): number => ((i + v) % 3 === 0 ? 0 : D * (i + 1));
  const some = c.noise === "some regions" || c.noise === "correlated";
  const noise = Object.fromEntries(
    names.map((name, v) => [name, some ? Float64Array.from({ length: regions }, (_, i) => here(i, v)) : D]),
  );
  const noiseForm = {
    ...(c.noise.includes("multiplicative") ? { b: amplitudesOf(c, model) } : {}),
    ...(c.noise.includes("correlated") ? { correlationMs: 0.7 } : {}),
  };
  return { noise, ...(Object.keys(noiseForm).length > 0 ? { noiseForm } : {}) };
}

/** The last variable, in the middle of where it may start; of a model of one variable, not everywhere. */
function heldOf(c: BitsCase, model: Model, regions: number): Setup["clamp"] {
  const states = Object.entries(model.state);
  const [
    name,
    {
      start: [low, high],
    },
  ] = states.at(-1) ?? ["", { start: [0, 0] }];
  const middle = (low + high) / 2;
  if (c.held === "none") return undefined;
  if (c.held === "everywhere" && states.length > 1) return { [name]: middle };
  return { [name]: Float64Array.from({ length: regions }, (_, i) => (i % 3 === 1 ? middle + 0.01 * i : NaN)) };
}

function stimuliOf(c: BitsCase, model: Model, regions: number, draw: () => number): readonly StimulusSetup[] {
  if (c.stimulus === "none") return [];
  const [variable = ""] = Object.keys(model.state);
  const [parameter] = Object.entries(model.parameters).find(([name]) => name !== partParameter) ?? [""];
  const toParameter = c.stimulus === "parameter" && parameter !== "";
  const weights = Float64Array.from({ length: regions }, () => 1e-3 * uniform(draw, 0.5, 1));
  const [rows, columns] = [7, regions];
  return [
    {
      target: toParameter ? { kind: "parameter", name: parameter } : { kind: "variable", name: variable },
      weights: c.stimulus === "variable" ? 1e-3 : weights,
      signal:
        c.stimulus === "recorded"
          ? {
              ...{ kind: "recorded", startMs: 0.2, stepMs: 0.3, rows, columns, between: "linear", outside: "repeat" },
              values: Float64Array.from({ length: rows * columns }, () => uniform(draw, -1, 1)),
            }
          : { kind: "expression", text: "sin(t) + select(t > 1, 1, 0)", values: {} },
    },
  ];
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
  const dtMs = c.stepping === "parts" ? partedMs : shortMs;
  const clamp = heldOf(c, model, regions);
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
    ...noiseOf(c, model, regions),
    ...(clamp ? { clamp } : {}),
    stimuli: stimuliOf(c, model, regions, draw),
    ...(c.stepping === "parts" ? { tolerance: tolerances[c.precision] } : {}),
    // Around the ring of the delays and a block, and some.
    steps: c.stepping === "parts" ? 16 : maxDelay + (variants[c.variant]?.block ?? 64) + 33,
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

/** A program with what drives it, and how it is stepped when steps are taken in parts. */
export interface Driven extends Prepared {
  readonly feed?: DriveFeed;
  readonly inParts?: { readonly setup: Setup; readonly statistics: PartStatistics };
}

export function trace(
  kernel: Kernel,
  { program, feed, inParts }: Driven,
  steps: number,
  next: (call: number) => number,
): Trace {
  const { regions: n } = program;
  const rows: Float64Array[] = [];
  const states = new Map<number, Float64Array>();
  const sums: Float64Array[] = [];
  let blowUp: BlowUp | undefined;
  const stepper = inParts && feed ? partStepper(kernel, program, feed, inParts.setup, inParts.statistics) : undefined;
  for (let done = 0, call = 0; done < steps; call++) {
    const count = Math.max(1, Math.min(kernel.blockSteps, steps - done, next(call)));
    if (!stepper) feed?.fill(kernel, kernel.step(), count);
    blowUp = stepper ? stepper() : kernel.advance(count);
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

/** What a case showed. */
export interface Checked {
  /** Steps before a value was not finite. */
  readonly steps: number;
  readonly of: number;
  /** The most parts of a step. */
  readonly parts: number;
  /** Draws and driven values of each step: none where what is asked for reaches no equation. */
  readonly draws: number;
  readonly drives: number;
}

/** Runs a case by both back ends, which must give out the same. */
export async function checkCase(c: BitsCase): Promise<Checked> {
  const setup = bitsSetup(c);
  const { program, drives: sources, hiddenStart } = assemble(setup);
  const start = { ...startOf(setup, program, hiddenStart), step: c.startStep };
  const feed = driveFeed(sources, setup.dtMs, program.regions);
  const statistics: PartStatistics = { taken: 0, rejected: 0, most: 1 };
  const driven: Driven = { program, start, feed, ...(program.parts ? { inParts: { setup, statistics } } : {}) };
  const slots = 2;
  const slow = await compile(reference, driven, { slots });
  const truth = untilLimit(() => trace(slow, driven, setup.steps, () => 1));
  const { most, taken } = { ...statistics };
  const variant = variants[c.variant];
  const kernel = await compile(wasm, driven, { slots, ...(variant ? { variant } : {}) });
  const [draws, drives] = [program.noise.length, program.drives.length];
  if (typeof truth === "string") {
    // No number of parts keeps the error within the tolerance: the other back end must find the same, at the same step.
    expect(untilLimit(() => trace(kernel, driven, setup.steps, advances[c.advance]))).toBe(truth);
    return { steps: 0, of: setup.steps, parts: most, draws, drives };
  }
  expectSame(truth, trace(kernel, driven, setup.steps, advances[c.advance]));
  expect(statistics.taken).toBe(2 * taken);
  return { steps: truth.rows.length, of: setup.steps, parts: most, draws, drives };
}

/** What it gives, or the text of the fault that says its tolerance cannot be met. */
function untilLimit<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof Fault && error.code === "LIMIT") return error.message;
    throw error;
  }
}

/** What a sweep over many cases showed in all, so that it cannot become empty unseen. */
export function tally() {
  const counts = { cases: 0, finished: 0, noisy: 0, drawn: 0, stimulated: 0, driven: 0, parted: 0, inParts: 0 };
  const seen = new Map<string, Set<unknown>>();
  return {
    counts,
    add: (c: BitsCase, { steps, of, parts, draws, drives }: Checked): void => {
      for (const [name, value] of Object.entries(c)) seen.set(name, (seen.get(name) ?? new Set()).add(value));
      counts.cases++;
      if (steps === of) counts.finished++;
      if (c.noise !== "none") counts.noisy++;
      if (draws > 0) counts.drawn++;
      if (c.stimulus !== "none") counts.stimulated++;
      if (drives > 0) counts.driven++;
      if (c.stepping === "parts") counts.parted++;
      if (parts > 1) counts.inParts++;
    },
    /** Names of factors of which some value was in no case. */
    missing: (): string[] =>
      Object.entries(factors).flatMap(([name, values]) =>
        values.every((value) => seen.get(name)?.has(value)) ? [] : [name],
      ),
  };
}

/** Runs did not soon blow up, noise was drawn, stimuli drove, and steps fell into parts. */
export function expectShown({ counts }: ReturnType<typeof tally>, finished = 0.9): void {
  expect(counts.finished / counts.cases).toBeGreaterThan(finished);
  expect(counts.drawn).toBeGreaterThan(0.9 * counts.noisy);
  expect(counts.driven).toBeGreaterThan(0.9 * counts.stimulated);
  expect(counts.inParts).toBeGreaterThanOrEqual(0.2 * counts.parted);
}

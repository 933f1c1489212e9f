import { expect } from "vitest";
import fc from "fast-check";
import type { Checkpoint } from "../../src/engine/checkpoint.js";
import { runSimulation } from "../../src/engine/run.js";
import type { Setup } from "../../src/engine/setup.js";
import { decodeCheckpoint } from "../../src/experiment/checkpoint-file.js";
import { pack } from "../../src/storage/pack.js";
import { monitors } from "../../src/monitors/index.js";
import { bitsSetup, factors, fits, type BitsCase } from "./bits.js";

/** A run that is cut: at which steps, and which back end takes each leg. */
export interface CutRun {
  readonly setup: Setup;
  readonly cuts: readonly number[];
  readonly backends: readonly string[];
}

const choice = <T>(list: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...list);

const caseOf: fc.Arbitrary<BitsCase> = fc
  .record({
    model: choice(factors.model),
    coupling: choice(factors.coupling),
    scheme: choice(factors.scheme),
    precision: choice(factors.precision),
    compat: choice(factors.compat),
    network: choice(factors.network),
    variant: fc.constant("default" as const),
    advance: fc.constant("full" as const),
    initial: choice(factors.initial),
    startStep: fc.constant(0),
    parameters: choice(factors.parameters),
    noise: choice(factors.noise),
    held: choice(factors.held),
    stimulus: choice(factors.stimulus),
    stepping: choice(factors.stepping),
  })
  .filter((c) => fits(c));

/** Every monitor that needs no more than a network, with a period that no cut respects. */
function monitorsFor(setup: Setup, period: number): Setup["monitors"] {
  const regions = setup.connectome.labels.length;
  const [first = "x"] = Object.keys(setup.model.state);
  const inputs = Object.keys(setup.model.inputs);
  return Object.values(monitors)
    .filter((monitor) => monitor.of !== "inputs" || inputs.length > 0)
    .map((monitor) => ({
      name: monitor.id,
      monitor,
      periodMs: monitor.time === "step" ? setup.dtMs : period * setup.dtMs,
      variables: monitor.of === "inputs" ? inputs : [first, `${first} * 2`],
      ...(monitor.space === "groups" ? { groups: { of: new Uint32Array(regions), names: ["all"] } } : {}),
      ...(monitor.space === "sensors"
        ? { sensors: { names: ["A"], gain: new Float64Array(regions).fill(0.5), noise: Float64Array.of(0.1) } }
        : {}),
    }));
}

export const cutRun: fc.Arbitrary<CutRun> = fc
  .record({
    c: caseOf,
    period: fc.integer({ min: 1, max: 40 }),
    transient: fc.integer({ min: 0, max: 20 }),
    steps: fc.integer({ min: 2, max: 150 }),
    cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 3 }),
    backends: fc.array(choice(["wasm", "reference"]), { minLength: 4, maxLength: 4 }),
  })
  .map(({ c, period, transient, steps: asked, cuts, backends }) => {
    const plain = bitsSetup(c);
    // The steps of this law are long where they fall into parts.
    const steps = c.stepping === "parts" ? Math.min(asked, 40) : asked;
    const setup: Setup = { ...plain, steps, transientSteps: transient };
    const total = steps + transient;
    const places = [...new Set(cuts.map((f) => Math.min(total - 1, 1 + Math.floor(f * (total - 1)))))];
    return {
      setup: { ...setup, monitors: monitorsFor(setup, period) },
      cuts: places.sort((a, b) => a - b),
      backends,
    };
  });

interface Recorded {
  readonly rows: ReadonlyMap<string, readonly number[]>;
  readonly end: Checkpoint;
}

async function record(setup: Setup, backend: string): Promise<Recorded> {
  const rows = new Map<string, number[]>(
    setup.monitors.flatMap(({ name }) =>
      ["time", "start", "end", "data"].map((part) => [`${name} ${part}`, []] as [string, number[]]),
    ),
  );
  const blocks = runSimulation(setup, { backend });
  let next = await blocks.next();
  for (; !next.done; next = await blocks.next()) {
    const { monitor, time, window, data } = next.value;
    rows.get(`${monitor} time`)?.push(...time);
    rows.get(`${monitor} start`)?.push(...(window?.start ?? []));
    rows.get(`${monitor} end`)?.push(...(window?.end ?? []));
    rows.get(`${monitor} data`)?.push(...data.data);
  }
  return { rows, end: next.value.checkpoint };
}

/** The rest of a run from a checkpoint that went through a file. */
const goingOn = (setup: Setup, checkpoint: Checkpoint, steps: number, transientSteps: number): Setup => {
  const stored = { checkpoint, setup, backend: "auto", firstStep: 0, rows: {}, programHash: "" };
  const read = decodeCheckpoint(pack({ format: "laennec checkpoint 1", ...stored }), "test");
  return { ...read.setup, initial: { kind: "checkpoint", checkpoint: read.checkpoint }, steps, transientSteps };
};

/** Asserts that the legs of a cut run are the whole run, to the last bit; whether there was a whole run to compare with. */
export async function checkCutRun({ setup, cuts, backends }: CutRun): Promise<boolean> {
  const total = setup.steps + setup.transientSteps;
  let whole: Recorded;
  try {
    whole = await record(setup, "wasm");
  } catch (error) {
    // Random parameters may blow up, and some combinations are refused: those are other tests' business.
    if (error instanceof Error && /^(BLOWUP|LIMIT|MISMATCH|RANGE)/.test(error.message)) return false;
    throw error;
  }
  const rows = new Map<string, number[]>();
  let leg = setup;
  let from = 0;
  let last: Recorded | undefined;
  for (const [k, until] of [...cuts, total].entries()) {
    // A transient that is over has no steps left; one that a cut falls into goes on behind it.
    const transientSteps = Math.max(0, Math.min(until, setup.transientSteps) - from);
    const steps = until - from - transientSteps;
    leg = k === 0 ? { ...setup, transientSteps, steps } : goingOn(setup, (last as Recorded).end, steps, transientSteps);
    last = await record(leg, backends[k] ?? "wasm");
    for (const [name, values] of last.rows) rows.set(name, [...(rows.get(name) ?? []), ...values]);
    from = until;
  }
  expect(bytes(last?.end.state)).toEqual(bytes(whole.end.state));
  expect(bytes(last?.end.past)).toEqual(bytes(whole.end.past));
  expect([...rows.keys()]).toEqual([...whole.rows.keys()]);
  for (const [name, values] of rows) expect(values, name).toEqual(whole.rows.get(name));
  return true;
}

/** Checks so many random cut runs; returns of how many there was a whole run, and how many had each kind of thing. */
export async function checkCutRuns(numRuns: number, seed: number) {
  const seen = { whole: 0, noise: 0, correlated: 0, held: 0, stimuli: 0, inParts: 0 };
  const check = async (run: CutRun): Promise<void> => {
    if (!(await checkCutRun(run))) return;
    const { noise, noiseForm, clamp, stimuli = [], tolerance } = run.setup;
    seen.whole++;
    if (noise) seen.noise++;
    if (noiseForm?.correlationMs !== undefined) seen.correlated++;
    if (clamp) seen.held++;
    if (stimuli.length > 0) seen.stimuli++;
    if (tolerance) seen.inParts++;
  };
  await fc.assert(fc.asyncProperty(cutRun, check), { numRuns, seed, endOnFailure: true });
  return seen;
}

const bytes = (values: Float64Array | undefined): string =>
  values ? Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("hex") : "";

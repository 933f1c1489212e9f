import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Program, Start } from "../../src/ir/program.js";
import { backends } from "../../src/kernels/index.js";
import type { Kernel } from "../../src/kernels/kernel.js";
import { prepare } from "../engine/support.js";
import { bitsSetup, factors, firstDifference, fits, type BitsCase } from "../laws/bits.js";
import { fillDrives, randomProgram, randomStart, rowsOf, shapes } from "./random-program.js";

/** A run that is cut and goes on from `step`, `state`, `past` and its sums has the bits of the whole run. */

interface Leg {
  readonly backend: string;
  readonly steps: number;
  readonly block: number;
}

const compileFor = async (program: Program, start: Start, { backend, block }: Leg): Promise<Kernel> => {
  const made = await backends[backend]?.compile(program, start, { slots: 1, variant: { block, groups: 1 } });
  if (!made) throw new Error(`no ${backend}`);
  return made;
};

/** Everything a run gives out, its legs one after the other; undefined where a value is not finite. */
async function run(program: Program, first: Start, legs: readonly Leg[]): Promise<number[] | undefined> {
  const out: number[] = [];
  let start = first;
  let sums: Float64Array = new Float64Array(program.observe.length * program.regions);
  for (const leg of legs) {
    const kernel = await compileFor(program, start, leg);
    kernel.setAccumulated(0, sums);
    for (let done = 0; done < leg.steps;) {
      const count = Math.min(kernel.blockSteps, leg.steps - done);
      fillDrives(kernel, program, count);
      if (kernel.advance(count)) return undefined;
      out.push(...rowsOf(kernel, program, count));
      kernel.accumulate(0, 0, count);
      done += count;
    }
    sums = kernel.accumulated(0);
    expect([...kernel.accumulated(0)]).toEqual([...sums]);
    const past = kernel.past();
    start = {
      step: kernel.step(),
      state: kernel.state(),
      past,
      pastRows: past.length / (program.channels * program.regions),
    };
  }
  return [...out, ...sums, ...start.state, ...start.past, start.step];
}

const legs = (most: number): fc.Arbitrary<Leg[]> =>
  fc.array(
    fc.record({
      backend: fc.constantFrom(...Object.keys(backends)),
      steps: fc.integer({ min: 1, max: most }),
      block: fc.constantFrom(4, 8, 16),
    }),
    { minLength: 2, maxLength: 3 },
  );

async function expectWhole(program: Program, start: Start, cuts: readonly Leg[]): Promise<void> {
  const steps = cuts.reduce((sum, leg) => sum + leg.steps, 0);
  const whole = await run(program, start, [{ backend: "reference", steps, block: 4 }]);
  // A map that is applied to a model in continuous time grows without bound: nothing to go on from.
  fc.pre(whole !== undefined);
  expect(firstDifference(whole ?? [], (await run(program, start, cuts)) ?? [])).toBeUndefined();
}

const startSteps = fc.constantFrom(0, 5, 2 ** 34 - 9);

describe("a run in pieces", () => {
  it("equals the whole run: random programs, both back ends, any cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean().chain((parts) => shapes({ parts })),
        legs(30),
        startSteps,
        async (shape, cuts, step) => {
          const program = randomProgram(shape);
          await expectWhole(program, randomStart(program, shape.seed, step), cuts);
        },
      ),
      { numRuns: 120 },
    );
  });

  it("equals the whole run: registered models, couplings and schemes", async () => {
    const cases = fc
      .record(
        Object.fromEntries(
          Object.entries(factors).map(([name, values]) => [name, fc.constantFrom<unknown>(...values)]),
        ),
      )
      .map((c) => c as unknown as BitsCase)
      .filter((c) => fits(c) && c.network !== "wide");
    await fc.assert(
      fc.asyncProperty(cases, legs(24), async (c, cuts) => {
        const { program, start } = prepare(bitsSetup(c));
        await expectWhole(program, { ...start, step: c.startStep }, cuts);
      }),
      { numRuns: 25 },
    );
  });

  it("may go on with other equations for what is sent: the start's row is what its state sends now", async () => {
    const shape = fc.sample(shapes({ parts: false }), 1)[0];
    if (!shape) throw new Error("no sample");
    const program = randomProgram({ ...shape, regions: 5, maxDelay: 12, phases: 2, numpy: false, drives: [] });
    const other = { ...program, send: program.send.map((e) => program.graph.mul(program.graph.constant(0.5), e)) };
    const start = randomStart(program, 3, 0);
    const kernels = await Promise.all(
      Object.keys(backends).map((backend) => compileFor(other, start, { backend, steps: 0, block: 4 })),
    );
    const pasts = kernels.map((kernel) => [...kernel.past()]);
    expect(firstDifference(pasts[0] ?? [], pasts[1] ?? [])).toBeUndefined();
    for (const kernel of kernels) kernel.advance(4);
    expect(firstDifference(kernels[0]?.state() ?? [], kernels[1]?.state() ?? [])).toBeUndefined();
  });
});

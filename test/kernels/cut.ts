import fc from "fast-check";
import { expect } from "vitest";
import type { Program, Start } from "../../src/ir/program.js";
import { backends } from "../../src/kernels/index.js";
import type { Kernel } from "../../src/kernels/kernel.js";
import { firstDifference } from "../laws/first-difference.js";
import { fillDrives, randomProgram, randomStart, rowsOf, shapes } from "./random-program.js";

/** Runs that are cut and go on from `step`, `state`, `past` and their sums. */

export interface Leg {
  readonly backend: string;
  readonly steps: number;
  readonly block: number;
}

export const compileFor = async (program: Program, start: Start, { backend, block }: Leg): Promise<Kernel> => {
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

export const legs = (most: number): fc.Arbitrary<Leg[]> =>
  fc.array(
    fc.record({
      backend: fc.constantFrom(...Object.keys(backends)),
      steps: fc.integer({ min: 1, max: most }),
      block: fc.constantFrom(4, 8, 16),
    }),
    { minLength: 2, maxLength: 3 },
  );

/** Cut anywhere, a run has the bits of the whole one. */
export async function expectWhole(program: Program, start: Start, cuts: readonly Leg[]): Promise<void> {
  const steps = cuts.reduce((sum, leg) => sum + leg.steps, 0);
  const whole = await run(program, start, [{ backend: "reference", steps, block: 4 }]);
  // A map that is applied to a model in continuous time grows without bound: nothing to go on from.
  fc.pre(whole !== undefined);
  expect(firstDifference(whole ?? [], (await run(program, start, cuts)) ?? [])).toBeUndefined();
}

/** Random programs, cut anywhere. */
export async function randomInPieces(numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      fc.boolean().chain((parts) => shapes({ parts })),
      legs(30),
      fc.constantFrom(0, 5, 2 ** 34 - 9),
      async (shape, cuts, step) => {
        const program = randomProgram(shape);
        await expectWhole(program, randomStart(program, shape.seed, step), cuts);
      },
    ),
    { numRuns },
  );
}

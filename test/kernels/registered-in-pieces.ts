import fc from "fast-check";
import { prepare } from "../engine/support.js";
import { bitsSetup, factors, fits, type BitsCase } from "../laws/bits.js";
import { expectWhole, legs } from "./cut.js";

/** Random registered models, couplings, schemes and networks, cut anywhere. */
export async function registeredInPieces(numRuns: number): Promise<void> {
  const cases = fc
    .record(
      Object.fromEntries(Object.entries(factors).map(([name, values]) => [name, fc.constantFrom<unknown>(...values)])),
    )
    .map((c) => c as unknown as BitsCase)
    .filter((c) => fits(c) && c.network !== "wide" && c.stepping === "whole");
  await fc.assert(
    fc.asyncProperty(cases, legs(12), async (c, cuts) => {
      const { program, start } = prepare(bitsSetup(c));
      await expectWhole(program, { ...start, step: c.startStep }, cuts);
    }),
    { numRuns },
  );
}

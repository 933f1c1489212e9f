import fc from "fast-check";
import { describe, it } from "vitest";
import { prepare } from "../engine/support.js";
import { bitsSetup, factors, fits, type BitsCase } from "../laws/bits.js";
import { expectWhole, legs } from "./cut.js";

describe("a run in pieces", () => {
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
});

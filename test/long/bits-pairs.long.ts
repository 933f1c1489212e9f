import { describe, expect, it } from "vitest";
import { expectShown, factors, fits, tally, type BitsCase } from "../laws/bits.js";
import { pairwise } from "../laws/pairwise.js";
import { checkAll } from "./check-all.js";

/** As test/laws/bits.test.ts: each two values of any two factors. */
describe("each two values of any two factors", () => {
  const cases = pairwise<typeof factors>(factors, fits) as BitsCase[];
  const shown = tally();

  it.each(factors.model)("%s", async (model) => {
    const mine = cases.filter((c) => c.model === model);
    expect(mine.length).toBeGreaterThanOrEqual(factors.scheme.length);
    await checkAll(mine, mine.length, shown);
  });

  it("were shown", () => {
    expect(shown.counts.cases).toBe(cases.length);
    expect(cases.filter((c) => !fits(c))).toEqual([]);
    expect(shown.missing()).toEqual([]);
    expectShown(shown);
  });
});

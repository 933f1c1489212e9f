import { describe, expect, it } from "vitest";
import { checkCase, expectShown, factors, fits, tally, type BitsCase } from "./bits.js";
import { pairwise } from "./pairwise.js";

/**
 * The WebAssembly back end computes what the reference computes, to the last bit: states, observed rows, sums and blow-ups.
 * Each two values of any two factors occur together in some case, but for those of the factors of many values, which each
 * occur in both precisions; test/long has those pairs too, and whole products.
 */
const many = new Set<string>(["model", "coupling", "scheme", "network", "variant", "noise"]);
const together = (a: string, b: string): boolean =>
  [a, b].includes("precision") || [a, b].join() === "scheme,noise" || !(many.has(a) || many.has(b));

describe("wasm equals the reference to the bit", () => {
  const cases = pairwise<typeof factors>(factors, fits, together) as BitsCase[];
  const shown = tally();

  it.each(cases.map((c) => [Object.values(c).join(", "), c] as const))("%s", async (_, c) => {
    shown.add(c, await checkCase(c));
  });

  it("was shown for every value of every factor, and not on runs that soon blew up", () => {
    expect(shown.counts.cases).toBe(cases.length);
    expect(cases.filter((c) => !fits(c))).toEqual([]);
    expect(shown.missing()).toEqual([]);
    expectShown(shown);
  });
});

import { describe, expect, it } from "vitest";
import { checkCase, factors, fits } from "./bits.js";
import { pairwise } from "./pairwise.js";

/**
 * The WebAssembly back end computes what the reference computes, to the last bit: states, observed rows, sums and blow-ups.
 * Each two values of any two factors occur together in some case; test/long runs the whole product of model,
 * coupling, scheme and precision.
 */
describe("wasm equals the reference to the bit", () => {
  const cases = pairwise(factors, fits);
  const finished: boolean[] = [];

  it.each(cases.map((c) => [Object.values(c).join(", "), c] as const))("%s", async (_, c) => {
    const { steps, of } = await checkCase(c);
    finished.push(steps === of);
  });

  it("was not shown on runs that soon blew up", () => {
    expect(finished.length).toBe(cases.length);
    expect(finished.filter((f) => f).length / cases.length).toBeGreaterThan(0.9);
  });
});

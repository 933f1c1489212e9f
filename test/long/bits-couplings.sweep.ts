import { describe, expect, it } from "vitest";
import { expectShown, factors, fits, tally, type BitsCase } from "../laws/bits.js";
import { checkAll } from "./check-all.js";
import { turn, turned } from "./turned.js";

/** As test/long/bits.sweep.ts: steps in parts, and couplings. */

describe("every model with every scheme that takes steps in parts, and precision", () => {
  const shown = tally();

  it.each(factors.model)("%s", async (model) => {
    let k = model.length;
    const cases = factors.scheme.flatMap((scheme) =>
      factors.precision.flatMap((precision): BitsCase[] => {
        const rest = { ...turned(k++), stepping: "parts" as const, noise: "none" as const };
        const c: BitsCase = { ...rest, model, coupling: "linear", scheme, precision, compat: "correct" };
        return fits(c) ? [c] : [];
      }),
    );
    expect(cases.length).toBeGreaterThanOrEqual(4);
    await checkAll(cases, cases.length, shown);
  });

  it("were shown", () => expectShown(shown));
});

describe("every model with every coupling, precision and mode", () => {
  const shown = tally();

  it.each(factors.model)("%s", async (model) => {
    let k = model.length;
    const cases = factors.coupling.flatMap((coupling) =>
      factors.precision.flatMap((precision) =>
        factors.compat.flatMap((compat): BitsCase[] => {
          const scheme = turn(["heun", "heun-stochastic", "rk4", "euler-maruyama", "ros2"], k);
          const noise = scheme.includes("-") ? "everywhere" : "none";
          const c: BitsCase = { ...turned(k++), model, coupling, scheme, precision, compat, noise };
          return fits(c) ? [c] : [];
        }),
      ),
    );
    // At least every coupling of one sent expression, in single precision in our way and in double in every way.
    expect(cases.length).toBeGreaterThanOrEqual(4 * (factors.coupling.length - 2));
    await checkAll(cases, cases.length, shown);
  });

  it("were shown", () => expectShown(shown));
});

import { describe, expect, it } from "vitest";
import { schemes } from "../../src/integrators/index.js";
import { checkCase, expectShown, factors, fits, isSoonAssembled, tally, type BitsCase } from "../laws/bits.js";
import { checkAll } from "./check-all.js";

/** As test/laws/bits.test.ts: whole products on small networks. Each two values of any two factors: bits-pairs.long.ts. */

const turn = <T>(list: readonly T[], k: number): T => list[k % list.length] as T;

/** The factors of a case that a product does not fix, by turns; lists of different lengths, so that they combine anew. */
const turned = (k: number) => ({
  network: "tiny" as const,
  variant: "4×1" as const,
  advance: turn(factors.advance, k),
  initial: turn(factors.initial, Math.floor(k / 2)),
  startStep: turn(factors.startStep, Math.floor(k / 3)),
  parameters: turn(factors.parameters, Math.floor(k / 5)),
  held: turn(factors.held, Math.floor(k / 7)),
  stimulus: turn(factors.stimulus, Math.floor(k / 11)),
  stepping: "whole" as const,
});

/** Kinds of noise that a scheme takes for a model, without those that differ only in where they act. */
const kinds = factors.noise.filter((noise) => noise !== "one variable" && noise !== "some regions");

describe("every model with every scheme, kind of noise and precision", () => {
  const shown = tally();

  it.each(factors.model)("%s", async (model) => {
    let k = model.length;
    const cases = factors.scheme.flatMap((scheme) =>
      kinds.flatMap((noise) =>
        factors.precision.flatMap((precision): BitsCase[] => {
          const c: BitsCase = {
            ...turned(k++),
            model,
            coupling: "linear",
            scheme,
            precision,
            compat: "correct",
            noise,
          };
          return fits(c) ? [c] : [];
        }),
      ),
    );
    // Counted apart from `fits`: no noise with any scheme, correlated with all but maps, white with those that take it;
    // in networks of several models none that is multiplicative.
    const each = model.includes("-and-") ? 1 : 2;
    const wanted = Object.values(schemes)
      .filter(({ id }) => isSoonAssembled(model, id, false))
      .map((s) => 1 + (s.map ? 0 : each) + (s.noise ? each : 0));
    await checkAll(cases, 2 * wanted.reduce((sum, n) => sum + n, 0), shown);
  });

  it("were shown", () => expectShown(shown));
});

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

it.each(factors.precision)(
  "the model that takes long to assemble with the trapezoidal rule, in %s",
  async (precision) => {
    const [id] = factors.model.filter((model) => !isSoonAssembled(model, "theta", false));
    expect(id).toBe("zerlaut-adaptation-second-order");
    const rest = { ...turned(1), coupling: "linear", compat: "correct", noise: "everywhere" } as const;
    const { steps, of } = await checkCase({ ...rest, model: id ?? "", scheme: "theta", precision });
    expect(steps).toBe(of);
  },
);

import { describe, expect, it } from "vitest";
import { schemes } from "../../src/integrators/index.js";
import { checkCase, expectShown, factors, fits, isSoonAssembled, tally, type BitsCase } from "../laws/bits.js";
import { checkAll } from "./check-all.js";
import { turned } from "./turned.js";

/** As test/laws/bits.test.ts: whole products on small networks. Each two values of any two factors: bits-pairs.long.ts. */

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

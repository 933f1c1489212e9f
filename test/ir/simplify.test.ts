import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseEquation } from "../../src/ir/parse.js";
import { simplify } from "../../src/ir/simplify.js";
import { topological, type Expr, type Graph } from "../../src/ir/graph.js";
import { at, graph, point, samples, scopeOf, valueOf, valuesOf } from "./expressions.js";

const simplified = (text: string) => {
  const g = graph();
  const [node] = simplify(g, [parseEquation(g, text, scopeOf(g))]);
  const [wanted] = [(other: string) => parseEquation(g, other, scopeOf(g))];
  return { node, wanted };
};

describe("simplification", () => {
  it.each([
    ["x + 0", "x"],
    ["0 + x", "x"],
    ["x - 0", "x"],
    ["x - x", "0"],
    ["0 - x", "-x"],
    ["x * 1", "x"],
    ["1 * x", "x"],
    ["x * 0", "0"],
    ["x / 1", "x"],
    ["0 / x", "0"],
    ["-(-x)", "x"],
    ["x + -y", "x - y"],
    ["x - -y", "x + y"],
    ["2 * 3 + x", "6 + x"],
    ["x^1", "x"],
    ["x^0", "1"],
    ["x^2", "x * x"],
    ["x^3", "x * (x * x)"],
    ["x^0.5", "sqrt(x)"],
    ["x^-1", "1 / x"],
    ["select(1 < 2, x, y)", "x"],
    ["select(1 > 2, x, y)", "y"],
    ["select(x < y, z, z)", "z"],
  ])("makes %s into %s", (text, expected) => {
    const { node, wanted } = simplified(text);
    expect(node).toBe(wanted(expected));
  });

  it.each(["exp(1)", "x^0.3", "x^17", "x / y", "x + y", "select(x < y, x, y)", "min(x, y)"])(
    "leaves %s as it is",
    (text) => {
      const { node, wanted } = simplified(text);
      expect(node).toBe(wanted(text));
    },
  );

  it("is done once: a second time changes nothing", () => {
    fc.assert(
      fc.property(samples({ elementary: true, jumps: true }), (sample) => {
        const g = graph();
        const once = simplify(g, [parseEquation(g, sample.text, scopeOf(g))]);
        expect(simplify(g, once)[0]).toBe(once[0]);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps the value of every finite expression, to the rounding of powers", () => {
    let compared = 0;
    fc.assert(
      fc.property(samples({ elementary: true, jumps: false }), point, (sample, p) => {
        const g = graph();
        const whole = parseEquation(g, sample.text, scopeOf(g));
        // Finite through and through: 0 * Infinity is not kept, and nothing that is finite leads there.
        const parts = partsOf(g, whole, p);
        if (!parts.every((value) => Math.abs(value) < 1e6)) return;
        // How much an error in one part may matter at most: the product of all magnitudes on the way.
        const size = parts.reduce((most, value) => most * (1 + Math.abs(value)), 1);
        const [simple = whole] = simplify(g, [whole]);
        const [wanted, got] = [valueOf(g, whole, at(p)), valueOf(g, simple, at(p))];
        compared++;
        expect(Math.abs(got - wanted)).toBeLessThanOrEqual(1e-12 * size);
      }),
      { numRuns: 2000 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  it("keeps the value exactly where there are no powers", () => {
    fc.assert(
      fc.property(samples({ elementary: true, jumps: true }), point, (sample, p) => {
        if (sample.text.includes("^")) return;
        const g = graph();
        const whole = parseEquation(g, sample.text, scopeOf(g));
        if (!partsOf(g, whole, p).every(Number.isFinite)) return;
        const [simple = whole] = simplify(g, [whole]);
        // The sign of a zero may change.
        expect(valueOf(g, simple, at(p)) + 0).toBe(valueOf(g, whole, at(p)) + 0);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Values of all numbers on the way to an expression's. */
const partsOf = (g: Graph, whole: Expr, p: [number, number, number]): number[] =>
  valuesOf(
    g,
    topological([whole]).filter((node) => node.type === "float"),
    at(p),
  );

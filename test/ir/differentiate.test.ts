import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differentiate } from "../../src/ir/differentiate.js";
import type { Expr, Graph } from "../../src/ir/graph.js";
import { parseEquation } from "../../src/ir/parse.js";
import { models } from "../../src/models/index.js";
import { evaluatorOf, expressionsOf, valuesOf } from "../models/support.js";
import { mulberry32, uniform } from "../golden/generator.js";
import { at, graph, names, point, samples, scopeOf, valueOf } from "./expressions.js";

/** Central differences, extrapolated (Ridders); undefined where they do not settle, as near a pole. */
function numeric(f: (h: number) => number, scale: number): { slope: number; error: number } | undefined {
  let h = 0.05 * scale;
  let row = [(f(h) - f(-h)) / (2 * h)];
  let best = { slope: NaN, error: Infinity };
  for (let k = 1; k < 12; k++) {
    h /= 1.6;
    const next = [(f(h) - f(-h)) / (2 * h)];
    for (let j = 1, factor = 1.6 ** 2; j <= k; j++, factor *= 1.6 ** 2) {
      const [finer = NaN, coarser = NaN] = [next[j - 1], row[j - 1]];
      const value = (finer * factor - coarser) / (factor - 1);
      next.push(value);
      const error = Math.max(Math.abs(value - finer), Math.abs(value - coarser));
      if (error < best.error) best = { slope: value, error };
    }
    row = next;
  }
  return best.error < 1e-6 * (1 + Math.abs(best.slope)) ? best : undefined;
}

const near = (got: number, { slope, error }: { slope: number; error: number }): void =>
  expect(Math.abs(got - slope), `${got} and ${slope}`).toBeLessThanOrEqual(20 * error + 1e-7 * (1 + Math.abs(slope)));

describe("the derivative", () => {
  it.each([
    ["3", "0"],
    ["y", "0"],
    ["x", "1"],
    ["x * y", "y"],
    ["x^2", "2 * x"],
    ["exp(x)", "exp(x)"],
    ["sin(x)", "cos(x)"],
    ["cos(x)", "-sin(x)"],
    ["log(x)", "1 / x"],
    ["exp(y)", "0"],
    ["floor(x)", "0"],
    ["select(x < y, x, z)", "select(x < y, 1, 0)"],
  ])("of %s by x is %s", (text, expected) => {
    const g = graph();
    const made = differentiate(g, parseEquation(g, text, scopeOf(g)), "x");
    const [p, wanted] = [{ x: 1.3, y: 2.1, z: 0.4 }, parseEquation(g, expected, scopeOf(g))];
    expect(valueOf(g, made, p)).toBeCloseTo(valueOf(g, wanted, p), 14);
    expect(made.kind === "const").toBe(wanted.kind === "const");
  });

  it("of random smooth expressions is that of finite differences", () => {
    let [compared, undefinedThere] = [0, 0];
    const away = point.map((p) => p.map((v, k) => (Math.abs(v) < 0.1 ? 0.3 + k : v)) as typeof p);
    fc.assert(
      fc.property(samples({ elementary: true, jumps: false }), away, fc.constantFrom(...names), (sample, p, by) => {
        if (sample.text.length > 200) return;
        const g = graph();
        const node = parseEquation(g, sample.text, scopeOf(g));
        const value = (h: number): number => valueOf(g, node, { ...at(p), [by]: (at(p)[by] as number) + h });
        if (!(Math.abs(value(0)) < 1e4)) return;
        const found = numeric(value, 1);
        if (!found || Math.abs(found.slope) > 1e4) return;
        const slope = valueOf(g, differentiate(g, node, by), at(p));
        // Such as sqrt(x * y - y * x), which is 0 everywhere: the formula is 0 / 0.
        if (!Number.isFinite(slope)) undefinedThere++;
        else near(slope, found);
        compared++;
      }),
      { numRuns: 1500 },
    );
    expect(compared).toBeGreaterThan(500);
    expect(undefinedThere).toBeLessThan(compared / 100);
  });

  it.each([
    "sin",
    "cos",
    "tan",
    "exp",
    "expm1",
    "log",
    "log1p",
    "sinh",
    "cosh",
    "tanh",
    "logistic",
    "invexprel",
    "erf",
    "erfc",
    "atan",
    "asin",
    "acos",
    "cbrt",
    "sqrt",
    "abs",
  ])("of %s is right over its range, also near 0", (name) => {
    const g = graph();
    const node = parseEquation(g, `${name}(x)`, scopeOf(g));
    const derivative = differentiate(g, node, "x");
    const positive = ["log", "log1p", "sqrt"].includes(name);
    const inside = ["asin", "acos"].includes(name) ? 0.25 : 1;
    for (const point of [...(positive ? [] : [-3.1, -0.7, -1e-3, -2e-5]), 3e-5, 1.1e-4, 1e-3, 0.3, 1, 2.9]) {
      const x = point * inside;
      // Half the way to the point where the function ends, or has a kink.
      const found = numeric(
        (h) => valueOf(g, node, { x: x + h }),
        Math.min(inside, positive || name === "abs" || name === "cbrt" ? 10 * Math.abs(x) : inside),
      );
      if (!found) throw new Error(`differences of ${name} at ${x} do not settle`);
      near(valueOf(g, derivative, { x }), found);
    }
  });

  it("of powers knows constant and variable exponents", () => {
    const g = graph();
    for (const text of ["x^2.5", "x^y", "y^x", "x^x", "(x + 1)^(x * y)", "x^-3", "2^x", "pow(x, 1/3)"]) {
      const node = parseEquation(g, text, scopeOf(g));
      const found = numeric((h) => valueOf(g, node, { x: 1.3 + h, y: 2.1 }), 1);
      if (!found) throw new Error(text);
      near(valueOf(g, differentiate(g, node, "x"), { x: 1.3, y: 2.1 }), found);
    }
  });

  it("of whole powers is right where the base is negative", () => {
    const g = graph();
    for (const n of [-3, -1, 1, 2, 5, 17]) {
      const slope = differentiate(g, parseEquation(g, `x^${n}`, scopeOf(g)), "x");
      expect(valueOf(g, slope, { x: -1.3 }) / (n * (-1.3) ** (n - 1))).toBeCloseTo(1, 12);
    }
  });

  it("of 0^n is right: x^2 has slope 0 at 0, and x has 1", () => {
    const g = graph();
    const slope = (text: string) => valueOf(g, differentiate(g, parseEquation(g, text, scopeOf(g)), "x"), { x: 0 });
    expect([slope("x^2"), slope("x^1"), slope("x^3"), slope("5 * x^1.5")]).toEqual([0, 1, 0, 0]);
  });

  it.each(Object.values(models))(
    "of $id: the Jacobian is that of finite differences at many states",
    (model) => {
      // In test/long, which runs this file too, at four times as many.
      const trials = expect.getState().testPath?.endsWith(".long.ts") ? 40 : 10;
      const { graph: g, equations }: { graph: Graph; equations: readonly Expr[] } = expressionsOf(model);
      const states = Object.keys(model.state);
      const draw = mulberry32(5);
      const entries = equations.flatMap((equation) => states.map((name) => differentiate(g, equation, name)));
      const jacobian = evaluatorOf(g, entries, states, valuesOf(model, {}));
      let compared = 0;
      for (let trial = 0; trial < trials; trial++) {
        const values = Object.fromEntries([
          ...valuesOf(model, {}),
          ...Object.entries(model.state).map(
            ([
              name,
              {
                start: [low, high],
              },
            ]): [string, number] => [name, uniform(draw, low, high)],
          ),
        ]);
        const slopes = jacobian(states.map((name) => values[name] ?? NaN));
        equations.forEach((equation, row) =>
          states.forEach((name, k) => {
            const [low, high] = model.state[name]?.start ?? [0, 1];
            const found = numeric(
              (h) => valueOf(g, equation, { ...values, [name]: (values[name] ?? NaN) + h }),
              (high - low) / 50,
            );
            if (!found) return;
            compared++;
            near(slopes[row * states.length + k] ?? NaN, found);
          }),
        );
      }
      // Where a variable starts at one value only, that may be a kink, and no difference is taken.
      const wide = Object.values(model.state).filter(({ start: [low, high] }) => low < high).length;
      expect(compared).toBeGreaterThan(0.9 * trials * states.length * wide);
    },
    30_000,
  );
});

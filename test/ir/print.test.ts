import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseEquation } from "../../src/ir/parse.js";
import { latexName, printLatex, printText } from "../../src/ir/print.js";
import { simplify } from "../../src/ir/simplify.js";
import { differentiate } from "../../src/ir/differentiate.js";
import type { Expr, Graph } from "../../src/ir/graph.js";
import { models } from "../../src/models/index.js";
import { tablesIn } from "../../src/ir/tables.js";
import { expressionsOf } from "../models/support.js";
import { at, graph, point, samples, scopeOf, valueOf } from "./expressions.js";

const any = samples({ elementary: true, jumps: true });
/** Reads what was printed; the scope is that of the expression. */
const again = (g: Graph, node: Expr, scope = scopeOf(g)): Expr => parseEquation(g, printText(node), scope);

describe("printed text", () => {
  it("is read back with the same value, to the bit", () => {
    fc.assert(
      fc.property(any, point, (sample, p) => {
        if (sample.text.length > 1500) return;
        const g = graph();
        const node = parseEquation(g, sample.text, scopeOf(g));
        expect(valueOf(g, again(g, node), at(p))).toEqual(valueOf(g, node, at(p)));
      }),
      { numRuns: 1500 },
    );
  });

  it("is read back as the very same node", () => {
    fc.assert(
      fc.property(any, (sample) => {
        if (sample.text.length > 1500) return;
        const g = graph();
        const node = parseEquation(g, sample.text, scopeOf(g));
        expect(again(g, node)).toBe(node);
      }),
      { numRuns: 1500 },
    );
  });

  it("is read back after simplification and differentiation, which bring negative numbers", () => {
    fc.assert(
      fc.property(samples({ elementary: true, jumps: false }), point, (sample, p) => {
        if (sample.text.length > 300) return;
        const g = graph();
        const whole = parseEquation(g, sample.text, scopeOf(g));
        const [simple = whole] = simplify(g, [whole]);
        for (const node of [simple, differentiate(g, simple, "x")]) {
          const text = printText(node);
          if (text.length > 3500 || /NaN|Infinity/.test(text)) continue;
          expect(again(g, node)).toBe(node);
          expect(valueOf(g, again(g, node), at(p))).toEqual(valueOf(g, node, at(p)));
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["(x + y) + z", "x + y + z"],
    ["x + (y + z)", "x + (y + z)"],
    ["x - (y - z)", "x - (y - z)"],
    ["(x * y) / z", "x * y / z"],
    ["x / (y * z)", "x / (y * z)"],
    ["(-x)^2", "(-x)^2"],
    ["-(x^2)", "-x^2"],
    ["(x^y)^z", "(x^y)^z"],
    ["x^(y^z)", "x^y^z"],
    ["x * (-y)", "x * -y"],
    ["-(x + y)", "-(x + y)"],
    ["x < y ? 1 : 2", "select(x < y, 1, 2)"],
    ["(x < y and y < z) or x > 1 ? 1 : 2", "select(x < y and y < z or x > 1, 1, 2)"],
    ["not (x < y) ? 1 : 2", "select(not (x < y), 1, 2)"],
    ["pi * 1e-7 * 2e21", "pi * 1e-7 * 2e+21"],
  ])("of %s is %s", (text, printed) => {
    const g = graph();
    expect(printText(parseEquation(g, text, scopeOf(g)))).toBe(printed);
  });

  it.each(Object.values(models))("of the equations of $id is read back as the same nodes", (model) => {
    const g = graph();
    // Definitions by their names, as documents show them: written out, some equations are longer than text may be.
    const symbols = [...expressionsOf(model).scope.keys()].map((name): [string, Expr] => [name, g.symbol(name)]);
    const named = new Map([...symbols, ...tablesIn(g, model)]);
    for (const text of [...Object.values(model.definitions ?? {}), ...Object.values(model.equations)]) {
      const node = parseEquation(g, text, named);
      expect(again(g, node, named)).toBe(node);
    }
  });
});

describe("LaTeX", () => {
  it.each([
    ["x", "x"],
    ["tau", "\\tau"],
    ["tau_e", "\\tau_{e}"],
    ["tau_e1", "\\tau_{\\mathrm{e1}}"],
    ["y0", "y_{0}"],
    ["theta1", "\\theta_{1}"],
    ["Delta", "\\Delta"],
    ["eta", "\\eta"],
    ["Kop", "\\mathrm{Kop}"],
    ["p_mean", "p_{\\mathrm{mean}}"],
    ["v_th", "v_{\\mathrm{th}}"],
    ["r0_th", "r_{0,\\mathrm{th}}"],
    ["theta1_th", "\\theta_{1,\\mathrm{th}}"],
    ["sigma_tau", "\\sigma_{\\tau}"],
    ["Kop12", "\\mathrm{Kop}_{12}"],
  ])("of the name %s is %s", (name, latex) => expect(latexName(name)).toBe(latex));

  it.each([
    ["(x + y) * z", "\\left(x + y\\right) \\, z"],
    ["x - (y - z)", "x - \\left(y - z\\right)"],
    ["(x + y) / z", "\\frac{x + y}{z}"],
    ["(x / y)^2", "\\left(\\frac{x}{y}\\right)^{2}"],
    ["x^(y + 1)", "x^{y + 1}"],
    ["sqrt(x + 1)", "\\sqrt{x + 1}"],
    ["cbrt(x + 1)", "\\sqrt[3]{x + 1}"],
    ["atan(x) + asin(y)", "\\arctan\\left(x\\right) + \\arcsin\\left(y\\right)"],
    ["erfc(-x)", "\\mathrm{erfc}\\left(-x\\right)"],
    ["exp(-x)", "\\exp\\left(-x\\right)"],
    ["-(x + y)", "-\\left(x + y\\right)"],
    ["x * 1.5e-7", "x \\, 1.5 \\cdot 10^{-7}"],
    ["x * -y", "x \\, \\left(-y\\right)"],
    ["x + -y * z", "x + \\left(-y \\, z\\right)"],
    ["-(-x)", "-\\left(-x\\right)"],
    ["-(x * y)", "-x \\, y"],
    ["-(x + y) * z", "-\\left(x + y\\right) \\, z"],
    ["x < -y ? 1 : 2", "\\begin{cases} 1 & x < -y \\\\ 2 & \\text{otherwise} \\end{cases}"],
    ["x * expm1(y)", "x \\, \\left(e^{y} - 1\\right)"],
  ])("of %s is %s", (text, latex) => {
    const g = graph();
    expect(printLatex(parseEquation(g, text, scopeOf(g)))).toBe(latex);
  });

  it("gives a negative number one pair of brackets, and only where it follows an operator or is a base", () => {
    const g = graph();
    const [x, minus] = [parseEquation(g, "x", scopeOf(g)), g.constant(-2)];
    const shown = (node: Expr) => printLatex(node);
    expect(shown(g.call("exp", [g.call("mul", [minus, x])]))).toBe("\\exp\\left(-2 \\, x\\right)");
    const sum = g.call("add", [g.call("mul", [minus, x]), x]);
    expect(shown(g.call("mul", [sum, x]))).toBe("\\left(-2 \\, x + x\\right) \\, x");
    expect(shown(g.call("mul", [x, minus]))).toBe("x \\, \\left(-2\\right)");
    expect(shown(g.call("sub", [x, g.call("mul", [minus, x])]))).toBe("x - \\left(-2 \\, x\\right)");
    expect(shown(g.call("pow", [minus, x]))).toBe("\\left(-2\\right)^{x}");
    expect(shown(g.call("pow", [x, minus]))).toBe("x^{-2}");
  });

  it("has paired braces and parentheses, whatever the expression", () => {
    fc.assert(
      fc.property(any, (sample) => {
        if (sample.text.length > 1500) return;
        const g = graph();
        const latex = printLatex(parseEquation(g, sample.text, scopeOf(g)));
        let depth = 0;
        for (const character of latex) {
          if (character === "{") depth++;
          if (character === "}") depth--;
          expect(depth).toBeGreaterThanOrEqual(0);
        }
        expect(depth).toBe(0);
        expect(latex.split("\\left").length).toBe(latex.split("\\right").length);
        expect(latex.split("\\begin").length).toBe(latex.split("\\end").length);
      }),
      { numRuns: 500 },
    );
  });
});

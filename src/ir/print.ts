import type { Expr } from "./graph.js";
import { isReading, type Op } from "./ops.js";

/** Binding strength of operators, as the parser has them: `not` binds as a sign does, so `not (a < b)` needs its parentheses. */
export const strength: Readonly<Partial<Record<Op, number>>> = {
  or: 1,
  and: 2,
  not: 7,
  lt: 4,
  le: 4,
  gt: 4,
  ge: 4,
  eq: 4,
  ne: 4,
  add: 5,
  sub: 5,
  mul: 6,
  div: 6,
  neg: 7,
  pow: 8,
};

const symbols: Partial<Record<Op, string>> = {
  or: "or",
  and: "and",
  lt: "<",
  le: "<=",
  gt: ">",
  ge: ">=",
  eq: "==",
  ne: "!=",
  add: "+",
  sub: "-",
  mul: "*",
  div: "/",
  pow: "^",
};

const printNumber = (value: number): string =>
  value === Math.PI ? "pi" : Object.is(value, -0) ? "(-0)" : value < 0 ? `(${value})` : String(value);

/** Equation text that `parseEquation` reads back into the same graph. */
export function printText(node: Expr, outer = 0): string {
  if (node.kind === "const") return printNumber(node.value);
  if (node.kind === "symbol") return node.name;
  if (node.kind === "table") return node.table.name;
  if (isReading(node.op)) {
    const [table, ...places] = node.args.map((a) => printText(a));
    return `${table ?? ""}(${places.join(", ")})`;
  }
  const own = strength[node.op];
  if (own === undefined) return `${node.op}(${node.args.map((a) => printText(a)).join(", ")})`;
  const [a, b] = node.args;
  if (!a) return "";
  let text: string;
  if (!b) text = `${node.op === "not" ? "not " : "-"}${printText(a, own)}`;
  else if (node.op === "pow") text = `${printText(a, own + 1)}^${printText(b, own)}`;
  else text = `${printText(a, own)} ${symbols[node.op]} ${printText(b, own + 1)}`;
  return own < outer ? `(${text})` : text;
}

const greek = new Set(
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega".split(
    " ",
  ),
);

/** `tau_e1` becomes \tau_{\mathrm{e1}}; `y0` becomes y_{0}; `r0_th` becomes r_{0,\mathrm{th}}. */
export function latexName(name: string): string {
  const [, stem = name, digits = "", rest = ""] = /^([A-Za-z]+)(\d*)(?:_(.*))?$/.exec(name) ?? [];
  const indices = [digits, ...rest.split("_")].filter((part) => part !== "").map(latexWord);
  return indices.length > 0 ? `${latexWord(stem)}_{${indices.join(",")}}` : latexWord(stem);
}

/** Letters in a row are italic in TeX, as if multiplied: words are set upright. */
function latexWord(word: string): string {
  if (greek.has(word)) return `\\${word}`;
  return /^(.|\d+)$/.test(word) ? word : `\\mathrm{${word.replaceAll("_", "\\_")}}`;
}

const latexFunctions: Partial<Record<Op, string>> = {
  exp: "\\exp",
  log: "\\ln",
  sin: "\\sin",
  cos: "\\cos",
  tan: "\\tan",
  sinh: "\\sinh",
  cosh: "\\cosh",
  tanh: "\\tanh",
  atan: "\\arctan",
  asin: "\\arcsin",
  acos: "\\arccos",
  min: "\\min",
  max: "\\max",
};

const latexComparisons: Partial<Record<Op, string>> = {
  lt: "<",
  le: "\\le",
  gt: ">",
  ge: "\\ge",
  eq: "=",
  ne: "\\ne",
  and: "\\wedge",
  or: "\\vee",
};

const brackets = (text: string): string => `\\left(${text}\\right)`;

/** What follows an operator: a minus sign right after it needs brackets, and only one pair of them. */
function afterSign(node: Expr, outer = 0): string {
  const text = printLatex(node, outer);
  return text.startsWith("-") ? brackets(text) : text;
}

/** A negative number binds as a negated one does; one with a power of ten as a product. */
function latexNumber(value: number, outer: number): string {
  if (value === Math.PI) return "\\pi";
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "\\mathrm{NaN}" : `${value < 0 ? "-" : ""}\\infty`;
  const [digits = "", exponent] = String(value).split("e");
  const text = exponent ? `${digits} \\cdot 10^{${Number(exponent)}}` : digits;
  return outer > 7 && (value < 0 || exponent) ? brackets(text) : text;
}

/** LaTeX of an expression, for documents. */
export function printLatex(node: Expr, outer = 0): string {
  if (node.kind === "const") return latexNumber(node.value, outer);
  if (node.kind === "symbol") return latexName(node.name);
  if (node.kind === "table") return latexName(node.table.name);
  if (isReading(node.op)) {
    const [table, ...places] = node.args.map((x) => printLatex(x));
    return `${table ?? ""}\\left(${places.join(", ")}\\right)`;
  }
  const [a, b, c] = node.args;
  if (!a) return "";
  // e^x - 1 is written as a difference.
  const own = strength[node.op === "expm1" ? "sub" : node.op] ?? 9;
  const wrap = (text: string) => (own < outer ? brackets(text) : text);
  switch (node.op) {
    case "add":
      return b ? wrap(`${printLatex(a, own)} + ${afterSign(b, own)}`) : "";
    case "sub":
      return b ? wrap(`${printLatex(a, own)} - ${afterSign(b, own + 1)}`) : "";
    case "mul":
      return b ? wrap(`${printLatex(a, own)} \\, ${afterSign(b, own)}`) : "";
    case "div":
      return b ? `\\frac{${printLatex(a)}}{${printLatex(b)}}` : "";
    case "neg":
      return wrap(`-${afterSign(a, strength.mul)}`);
    case "pow":
      return b ? `${a.kind === "call" ? brackets(printLatex(a)) : printLatex(a, 9)}^{${printLatex(b)}}` : "";
    case "sqrt":
      return `\\sqrt{${printLatex(a)}}`;
    case "cbrt":
      return `\\sqrt[3]{${printLatex(a)}}`;
    case "abs":
      return `\\left|${printLatex(a)}\\right|`;
    case "floor":
      return `\\lfloor ${printLatex(a)} \\rfloor`;
    case "not":
      return `\\neg ${printLatex(a, own)}`;
    case "select":
      return b && c
        ? `\\begin{cases} ${printLatex(b)} & ${printLatex(a)} \\\\ ${printLatex(c)} & \\text{otherwise} \\end{cases}`
        : "";
    case "logistic":
      return `\\frac{1}{1 + e^{-\\left(${printLatex(a)}\\right)}}`;
    case "invexprel":
      return `\\frac{${printLatex(a)}}{1 - e^{-\\left(${printLatex(a)}\\right)}}`;
    case "expm1":
      return wrap(`e^{${printLatex(a)}} - 1`);
    case "log1p":
      return `\\ln\\left(1 + ${afterSign(a)}\\right)`;
    default: {
      const comparison = latexComparisons[node.op];
      if (comparison && b) return wrap(`${printLatex(a, own)} ${comparison} ${printLatex(b, own)}`);
      const name = latexFunctions[node.op] ?? `\\mathrm{${node.op}}`;
      return `${name}\\left(${node.args.map((x) => printLatex(x)).join(", ")}\\right)`;
    }
  }
}

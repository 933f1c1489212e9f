import type { Expr } from "./graph.js";
import type { Op } from "./ops.js";

/** Binding strength of operators, as the parser has them: `not` binds as a sign does, so `not (a < b)` needs its parentheses. */
const strength: Partial<Record<Op, number>> = {
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

/** `tau_e1` becomes \tau_{e1}; `y0` becomes y_{0}. */
export function latexName(name: string): string {
  const match = /^([A-Za-z]+?)_?(\d+|_.*)?$/.exec(name);
  const [, stem = name, rest = ""] = match ?? [];
  const [head = stem, ...tail] = name.includes("_") ? name.split("_") : [stem, ...(rest ? [rest] : [])];
  const shown = greek.has(head) ? `\\${head}` : head.length > 1 ? `\\mathrm{${head}}` : head;
  const digits = greek.has(head.replace(/\d+$/, "")) ? /\d+$/.exec(head)?.[0] : undefined;
  const subs = tail.filter((t) => t !== "").map((t) => (t.length > 1 ? `\\mathrm{${t}}` : t));
  return `${digits ? `\\${head.replace(/\d+$/, "")}` : shown}${[...(digits ? [digits] : []), ...subs].length ? `_{${[...(digits ? [digits] : []), ...subs].join(",")}}` : ""}`;
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

/** LaTeX of an expression, for documents. */
export function printLatex(node: Expr, outer = 0): string {
  if (node.kind === "const") {
    if (node.value === Math.PI) return "\\pi";
    const [digits = "", exponent] = String(node.value).split("e");
    const text = exponent ? `${digits} \\cdot 10^{${Number(exponent)}}` : digits;
    return node.value < 0 && outer > 5 ? `\\left(${text}\\right)` : text;
  }
  if (node.kind === "symbol") return latexName(node.name);
  const [a, b, c] = node.args;
  if (!a) return "";
  const own = strength[node.op] ?? 9;
  const wrap = (text: string) => (own < outer ? `\\left(${text}\\right)` : text);
  switch (node.op) {
    case "add":
      return b ? wrap(`${printLatex(a, own)} + ${printLatex(b, own)}`) : "";
    case "sub":
      return b ? wrap(`${printLatex(a, own)} - ${printLatex(b, own + 1)}`) : "";
    case "mul":
      return b ? wrap(`${printLatex(a, own)} \\, ${printLatex(b, own)}`) : "";
    case "div":
      return b ? `\\frac{${printLatex(a)}}{${printLatex(b)}}` : "";
    case "neg":
      return wrap(`-${printLatex(a, own)}`);
    case "pow":
      return b ? `${a.kind === "call" ? `\\left(${printLatex(a)}\\right)` : printLatex(a, 9)}^{${printLatex(b)}}` : "";
    case "sqrt":
      return `\\sqrt{${printLatex(a)}}`;
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
      return `\\ln\\left(1 + ${printLatex(a)}\\right)`;
    default: {
      const comparison = latexComparisons[node.op];
      if (comparison && b) return wrap(`${printLatex(a, own)} ${comparison} ${printLatex(b, own)}`);
      const name = latexFunctions[node.op] ?? `\\mathrm{${node.op}}`;
      return `${name}\\left(${node.args.map((x) => printLatex(x)).join(", ")}\\right)`;
    }
  }
}

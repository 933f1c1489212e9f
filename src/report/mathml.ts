import { strength } from "../ir/print.js";
import { parseSyntax, type Syntax } from "../ir/syntax.js";
import { escapeHtml, raw, type Html } from "./html.js";

/** Binding strength as of printed text; a fraction is drawn as one piece. */
const strengthOf = (op: string): number =>
  op !== "div" && Object.hasOwn(strength, op) ? (strength[op as keyof typeof strength] ?? 9) : 9;

const signs: Readonly<Record<string, string>> = {
  or: "∨",
  and: "∧",
  lt: "<",
  le: "≤",
  gt: ">",
  ge: "≥",
  eq: "=",
  ne: "≠",
  add: "+",
  sub: "−",
};

const greek: Readonly<Record<string, string>> = {
  alpha: "α",
  beta: "β",
  gamma: "γ",
  delta: "δ",
  epsilon: "ε",
  zeta: "ζ",
  eta: "η",
  theta: "θ",
  kappa: "κ",
  lambda: "λ",
  mu: "μ",
  nu: "ν",
  xi: "ξ",
  pi: "π",
  rho: "ρ",
  sigma: "σ",
  tau: "τ",
  phi: "φ",
  chi: "χ",
  psi: "ψ",
  omega: "ω",
  Gamma: "Γ",
  Delta: "Δ",
  Theta: "Θ",
  Lambda: "Λ",
  Xi: "Ξ",
  Pi: "Π",
  Sigma: "Σ",
  Phi: "Φ",
  Psi: "Ψ",
  Omega: "Ω",
};

/** One MathML element; text is escaped. */
const tag = (name: string, children: Html | string | readonly Html[], attributes = ""): Html => {
  const inner =
    typeof children === "string"
      ? escapeHtml(children)
      : [children]
          .flat()
          .map((child) => child.html)
          .join("");
  return raw(`<${name}${attributes}>${inner}</${name}>`);
};
const row = (...children: readonly Html[]): Html => tag("mrow", children);
const sign = (text: string): Html => tag("mo", text);
const prefix = (text: string): Html => tag("mo", text, ' form="prefix"');
const postfix = (text: string): Html => tag("mo", text, ' form="postfix"');
const name = (text: string): Html => tag("mi", text);
const upright = (text: string): Html => tag("mi", text, ' mathvariant="normal"');
const parentheses = (inner: Html): Html => row(prefix("("), inner, postfix(")"));

/**
 * An equation for the page: `d left / dt = text`, or `left = text`, as MathML, which browsers draw without any script.
 * Text that is no equation of ours is shown as text.
 */
export function equation(left: string, text: string, kind: "derivative" | "definition"): Html {
  try {
    const derivative = () => tag("mfrac", [row(name("d"), symbol(left)), row(name("d"), name("t"))]);
    const shown = kind === "derivative" ? derivative() : symbol(left);
    return tag("div", tag("math", row(shown, sign("="), expression(parseSyntax(text), 0)), ' displaystyle="true"'));
  } catch {
    return tag("div", `${kind === "derivative" ? `d${left}/dt` : left} = ${text}`, ' class="code"');
  }
}

/** `tau_e` → τ with index e; `y0` → y with index 0. */
export function symbol(text: string): Html {
  const [, stem = text, digits = "", rest = ""] = /^([A-Za-z]+)(\d*)(?:_(.+))?$/.exec(text) ?? [];
  const base = name((Object.hasOwn(greek, stem) ? greek[stem] : undefined) ?? stem);
  const index = [digits, ...rest.split("_")].filter((part) => part !== "").join(",");
  return index === "" ? base : tag("msub", [base, upright(index)]);
}

/** @param outer binding strength of what stands around it: a weaker expression gets parentheses */
export function expression(node: Syntax, outer: number): Html {
  if (node.kind === "number") return number(node.value);
  if (node.kind === "name") return symbol(node.name);
  const own = strengthOf(node.name);
  const inner = operation(node.name, node.args, own);
  if (inner === undefined) {
    const list = node.args.flatMap((arg, k) => [
      ...(k > 0 ? [tag("mo", ",", ' separator="true"')] : []),
      expression(arg, 0),
    ]);
    return row(upright(node.name), parentheses(row(...list)));
  }
  return own < outer ? parentheses(inner) : inner;
}

/** What follows an operator: a minus sign right after it needs parentheses. */
function afterSign(node: Syntax, outer: number): Html {
  return startsWithMinus(node) ? parentheses(expression(node, 0)) : expression(node, outer);
}

/** Of what is drawn: a sum within a product is in parentheses, and a fraction or a power begins with no sign of its own. */
function startsWithMinus(node: Syntax): boolean {
  if (node.kind !== "call") return false;
  if (node.name === "neg") return true;
  const [first] = node.args;
  if (first === undefined || !["add", "sub", "mul"].includes(node.name)) return false;
  const bracketed = first.kind === "call" && strengthOf(first.name) < strengthOf(node.name);
  return !bracketed && startsWithMinus(first);
}

/** What is written in another way than as a function; undefined for the rest. */
function operation(op: string, [a, b, c]: readonly Syntax[], own: number): Html | undefined {
  if (a === undefined) return undefined;
  const infix = Object.hasOwn(signs, op) ? signs[op] : undefined;
  if (infix !== undefined && b)
    return row(
      expression(a, own),
      sign(infix),
      op === "add" ? afterSign(b, own) : op === "sub" ? afterSign(b, own + 1) : expression(b, own + 1),
    );
  if (op === "mul" && b)
    return row(
      expression(a, own),
      tag("mo", needsDot(a, b) ? "·" : "\u2062", ' lspace="0.08em" rspace="0.08em"'),
      afterSign(b, own + 1),
    );
  if (op === "div" && b) return tag("mfrac", [expression(a, 0), expression(b, 0)]);
  if (op === "pow" && b)
    return tag("msup", [a.kind === "call" ? parentheses(expression(a, 0)) : expression(a, 9), expression(b, 0)]);
  if (op === "select" && b && c) {
    const cell = (content: Html) => tag("mtd", content);
    const otherwise = tag("mtr", [cell(expression(c, 0)), cell(tag("mtext", "otherwise"))]);
    return row(
      tag("mo", "{", ' form="prefix" stretchy="true"'),
      tag(
        "mtable",
        [tag("mtr", [cell(expression(b, 0)), cell(expression(a, 0))]), otherwise],
        ' columnalign="left left"',
      ),
    );
  }
  if (op === "neg") return row(prefix("−"), afterSign(a, strengthOf("mul")));
  if (op === "not") return row(prefix("¬"), expression(a, own));
  if (op === "sqrt") return tag("msqrt", expression(a, 0));
  if (op === "abs") return row(prefix("|"), expression(a, 0), postfix("|"));
  if (op === "exp") return tag("msup", [name("e"), expression(a, 0)]);
  if (op === "logistic")
    return tag("mfrac", [
      tag("mn", "1"),
      row(tag("mn", "1"), sign("+"), tag("msup", [name("e"), row(prefix("−"), afterSign(a, strengthOf("mul")))])),
    ]);
  return undefined;
}

/** 2 · 3, and a · bc where letters would run together into one name. */
function needsDot(a: Syntax, b: Syntax): boolean {
  const first = (node: Syntax): Syntax =>
    node.kind === "call" && (node.name === "mul" || node.name === "pow") && node.args[0] ? first(node.args[0]) : node;
  const long = (node: Syntax) =>
    node.kind === "name" && /^[A-Za-z]{2,}/.test(node.name) && !Object.hasOwn(greek, node.name.split(/[_\d]/)[0] ?? "");
  const start = first(b);
  return start.kind === "number" || long(start) || long(a);
}

function number(value: number): Html {
  const [digits = "", exponent] = String(value).split("e");
  if (exponent === undefined) return tag("mn", digits);
  return row(tag("mn", digits), sign("·"), tag("msup", [tag("mn", "10"), tag("mn", String(Number(exponent)))]));
}

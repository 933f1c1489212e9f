import { parseSyntax, type Syntax } from "../ir/syntax.js";
import { html, type Html } from "./html.js";

/** Binding strength of operators, as in ordinary notation. */
const strengths: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  not: 3,
  lt: 4,
  le: 4,
  gt: 4,
  ge: 4,
  eq: 4,
  ne: 4,
  add: 5,
  sub: 5,
  mul: 6,
  neg: 6,
  div: 7,
  pow: 8,
};

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

/**
 * An equation for the page: `d name / dt = expression`, or `name = expression`, as MathML, which browsers draw without
 * any script. Text that is no equation of ours is shown as text.
 */
export function equation(name: string, text: string, kind: "derivative" | "definition"): Html {
  try {
    const left =
      kind === "derivative"
        ? html`<mfrac
            ><mrow><mi>d</mi>${symbol(name)}</mrow><mrow><mi>d</mi><mi>t</mi></mrow></mfrac
          >`
        : symbol(name);
    return html`<div>
      <math displaystyle="true"><mrow>${left}<mo>=</mo>${expression(parseSyntax(text), 0)}</mrow></math>
    </div>`;
  } catch {
    return html`<div class="code">${kind === "derivative" ? `d${name}/dt` : name} = ${text}</div>`;
  }
}

/** `tau_e` → τ with index e; `y0` → y with index 0. */
export function symbol(name: string): Html {
  const [, stem = name, digits = "", rest = ""] = /^([A-Za-z]+)(\d*)(?:_(.+))?$/.exec(name) ?? [];
  const shown = Object.hasOwn(greek, stem) ? greek[stem] : stem;
  const base = html`<mi>${shown}</mi>`;
  const index = [digits, ...rest.split("_")].filter((part) => part !== "").join(",");
  return index === "" ? base : html`<msub>${base}<mi mathvariant="normal">${index}</mi></msub>`;
}

export function expression(node: Syntax, outer: number): Html {
  if (node.kind === "number") return number(node.value);
  if (node.kind === "name") return symbol(node.name);
  const { name, args } = node;
  const [a, b, c] = args;
  const own = strengths[name] ?? 9;
  const wrap = (inner: Html): Html => (own < outer ? parentheses(inner) : html`<mrow>${inner}</mrow>`);
  const sign = Object.hasOwn(signs, name) ? signs[name] : undefined;
  if (sign !== undefined && a && b)
    return wrap(html`${expression(a, own)}<mo>${sign}</mo>${expression(b, own + (name === "add" ? 0 : 1))}`);
  if (name === "mul" && a && b)
    return wrap(
      html`${expression(a, own)}<mo lspace="0.08em" rspace="0.08em">${needsDot(a, b) ? "·" : "\u2062"}</mo
        >${expression(b, own)}`,
    );
  if (name === "div" && a && b) return html`<mfrac>${expression(a, 0)}${expression(b, 0)}</mfrac>`;
  if (name === "pow" && a && b)
    return html`<msup
      >${a.kind === "call" ? parentheses(expression(a, 0)) : expression(a, 9)}${expression(b, 0)}</msup
    >`;
  if (name === "neg" && a) return wrap(html`<mo form="prefix">−</mo>${expression(a, own)}`);
  if (name === "not" && a) return wrap(html`<mo form="prefix">¬</mo>${expression(a, own)}`);
  if (name === "sqrt" && a) return html`<msqrt>${expression(a, 0)}</msqrt>`;
  if (name === "abs" && a)
    return html`<mrow><mo form="prefix">|</mo>${expression(a, 0)}<mo form="postfix">|</mo></mrow>`;
  if (name === "exp" && a) return html`<msup><mi>e</mi>${expression(a, 0)}</msup>`;
  if (name === "logistic" && a)
    return html`<mfrac
      ><mn>1</mn
      ><mrow
        ><mn>1</mn><mo>+</mo
        ><msup
          ><mi>e</mi><mrow><mo form="prefix">−</mo>${expression(a, 6)}</mrow></msup
        ></mrow
      ></mfrac
    >`;
  if (name === "select" && a && b && c)
    return html`<mrow
      ><mo form="prefix" stretchy="true">{</mo
      ><mtable columnalign="left left"
        ><mtr><mtd>${expression(b, 0)}</mtd><mtd>${expression(a, 0)}</mtd></mtr
        ><mtr
          ><mtd>${expression(c, 0)}</mtd><mtd><mtext>otherwise</mtext></mtd></mtr
        ></mtable
      ></mrow
    >`;
  const list = args.map((arg, k) => html`${k > 0 ? html`<mo separator="true">,</mo>` : ""}${expression(arg, 0)}`);
  return html`<mrow><mi mathvariant="normal">${name}</mi>${parentheses(html`${list}`)}</mrow>`;
}

const parentheses = (inner: Html): Html => html`<mrow><mo form="prefix">(</mo>${inner}<mo form="postfix">)</mo></mrow>`;

/** 2 · 3, and a·bc where letters would run together into one name. */
function needsDot(a: Syntax, b: Syntax): boolean {
  if (b.kind === "number") return true;
  const first = (node: Syntax): Syntax =>
    node.kind === "call" && (node.name === "mul" || node.name === "pow") && node.args[0] ? first(node.args[0]) : node;
  const start = first(b);
  const long = (node: Syntax) =>
    node.kind === "name" && /^[A-Za-z]{2,}/.test(node.name) && !Object.hasOwn(greek, node.name.split(/[_\d]/)[0] ?? "");
  return start.kind === "number" || long(start) || long(a);
}

function number(value: number): Html {
  const [digits = "", exponent] = String(value).split("e");
  return exponent === undefined
    ? html`<mn>${digits}</mn>`
    : html`<mrow
        ><mn>${digits}</mn><mo>·</mo><msup><mn>10</mn><mn>${Number(exponent)}</mn></msup></mrow
      >`;
}

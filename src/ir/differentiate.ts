import { fault } from "../core/fault.js";
import { topological, type Expr, type Graph } from "./graph.js";
import { isReading } from "./ops.js";
import { simplify } from "./simplify.js";
import { spelledOut } from "./tables.js";

type Derivative = (g: Graph, args: readonly Expr[], partials: readonly Expr[], self: Expr) => Expr;

const one = (g: Graph): Expr => g.constant(1);
const square = (g: Graph, x: Expr): Expr => g.mul(x, x);
const bell = (g: Graph, x: Expr, height: number): Expr =>
  g.mul(g.constant(height), g.call("exp", [g.neg(square(g, x))]));
/** sqrt(1 - x^2), factored: near 1 the difference is exact. */
const circle = (g: Graph, x: Expr): Expr => g.call("sqrt", [g.mul(g.sub(one(g), x), g.add(one(g), x))]);
/** Chain rule for a function of one argument, from its derivative. */
const chain =
  (slope: (g: Graph, x: Expr, self: Expr) => Expr): Derivative =>
  (g, [x], [dx], self) =>
    x && dx ? g.mul(slope(g, x, self), dx) : g.constant(0);

const get = (list: readonly Expr[], k: number): Expr => {
  const node = list[k];
  if (!node) throw fault("BUG", "an operation lacks an argument");
  return node;
};

/** Piecewise functions are differentiated branch by branch; at the switching points the value of one side is given. */
const table: Readonly<Record<string, Derivative>> = {
  add: (g, _, d) => g.add(get(d, 0), get(d, 1)),
  sub: (g, _, d) => g.sub(get(d, 0), get(d, 1)),
  mul: (g, a, d) => g.add(g.mul(get(d, 0), get(a, 1)), g.mul(get(a, 0), get(d, 1))),
  div: (g, a, d, self) => g.div(g.sub(get(d, 0), g.mul(self, get(d, 1))), get(a, 1)),
  neg: (g, _, d) => g.neg(get(d, 0)),
  abs: chain((g, x) => g.select(g.call("lt", [x, g.constant(0)]), g.constant(-1), one(g))),
  sqrt: chain((g, _, self) => g.div(g.constant(0.5), self)),
  min: (g, a, d) => g.select(g.call("lt", [get(a, 1), get(a, 0)]), get(d, 1), get(d, 0)),
  max: (g, a, d) => g.select(g.call("lt", [get(a, 0), get(a, 1)]), get(d, 1), get(d, 0)),
  select: (g, a, d) => g.select(get(a, 0), get(d, 1), get(d, 2)),
  floor: (g) => g.constant(0),
  // Within a cell of the table.
  lookup: (g) => g.constant(0),
  exp: chain((_, __, self) => self),
  expm1: chain((g, x) => g.call("exp", [x])),
  log: chain((g, x) => g.div(one(g), x)),
  log1p: chain((g, x) => g.div(one(g), g.add(one(g), x))),
  sin: chain((g, x) => g.call("cos", [x])),
  cos: chain((g, x) => g.neg(g.call("sin", [x]))),
  tan: chain((g, _, self) => g.add(one(g), square(g, self))),
  sinh: chain((g, x) => g.call("cosh", [x])),
  cosh: chain((g, x) => g.call("sinh", [x])),
  tanh: chain((g, _, self) => g.sub(one(g), square(g, self))),
  logistic: chain((g, _, self) => g.mul(self, g.sub(one(g), self))),
  // s = x / (1 - e^-x) has s' = s + s (1 - s) / x, and 1/2 + x/6 near 0.
  invexprel: chain((g, x, self) => {
    const near = g.call("lt", [g.call("abs", [x]), g.constant(1e-4)]);
    const series = g.add(g.constant(0.5), g.div(x, g.constant(6)));
    return g.select(near, series, g.add(self, g.div(g.mul(self, g.sub(one(g), self)), x)));
  }),
  erf: chain((g, x) => bell(g, x, 2 / Math.sqrt(Math.PI))),
  erfc: chain((g, x) => bell(g, x, -2 / Math.sqrt(Math.PI))),
  atan: chain((g, x) => g.div(one(g), g.add(one(g), square(g, x)))),
  asin: chain((g, x) => g.div(one(g), circle(g, x))),
  acos: chain((g, x) => g.div(g.constant(-1), circle(g, x))),
  cbrt: chain((g, _, self) => g.div(one(g), g.mul(g.constant(3), square(g, self)))),
  pow: (g, a, d, self) => {
    const [x, n] = [get(a, 0), get(a, 1)];
    if (n.kind === "const") return g.mul(g.mul(n, g.call("pow", [x, g.constant(n.value - 1)])), get(d, 0));
    const inner = g.add(g.mul(get(d, 1), g.call("log", [x])), g.div(g.mul(n, get(d, 0)), x));
    return g.mul(self, inner);
  },
};

/**
 * The partial derivative of an expression by a symbol, simplified. The expression may hold elementary functions but no
 * bit-level primitives.
 */
export function differentiate(graph: Graph, expression: Expr, symbol: string): Expr {
  const partial = new Map<Expr, Expr>();
  const zero = graph.constant(0);
  const tabled = topological([expression]).some((n) => n.kind === "call" && isReading(n.op));
  const whole = tabled ? spelledOut(graph, expression) : expression;
  for (const node of topological([whole])) {
    if (node.kind !== "call") {
      partial.set(node, node.kind === "symbol" && node.name === symbol ? graph.constant(1) : zero);
      continue;
    }
    const partials = node.args.map((a) => partial.get(a) ?? zero);
    const rule = table[node.op];
    if (partials.every((p) => p === zero) || node.type === "bool") partial.set(node, zero);
    else if (!rule) throw fault("BUG", `${node.op} has no derivative`);
    else partial.set(node, rule(graph, node.args, partials, node));
  }
  // Once, at the end: simplifying at every node would take time that grows as the square of the expression.
  return simplify(graph, [partial.get(whole) ?? zero])[0] ?? zero;
}

import { rewrite, type Expr, type Graph } from "./graph.js";

const valueOf = (node: Expr | undefined): number | undefined =>
  node?.kind === "const" && node.type === "float" ? node.value : undefined;

/**
 * Algebra that holds for all finite values: folds + - × ÷ of constants, drops 0 and 1, unrolls small whole powers.
 * Elementary functions of constants are left to `bind`, which computes them with our own functions.
 */
export const simplify = (graph: Graph, outputs: readonly Expr[]): Expr[] =>
  rewrite(outputs, (node, args) => (node.kind === "call" ? simplifyCall(graph, node.op, args) : node));

type Rule = (graph: Graph, args: readonly Expr[]) => Expr | undefined;

const fold =
  (compute: (a: number, b: number) => number): Rule =>
  (graph, [a, b]) => {
    const [x, y] = [valueOf(a), valueOf(b)];
    return x !== undefined && y !== undefined ? graph.constant(compute(x, y)) : undefined;
  };

const rules: Readonly<Record<string, readonly Rule[]>> = {
  add: [
    fold((a, b) => a + b),
    (_, [a, b]) => (valueOf(a) === 0 ? b : valueOf(b) === 0 ? a : undefined),
    (g, [a, b]) =>
      a && b?.kind === "call" && b.op === "neg" && b.args[0] ? simplifyCall(g, "sub", [a, b.args[0]]) : undefined,
  ],
  sub: [
    fold((a, b) => a - b),
    (g, [a, b]) => (valueOf(b) === 0 ? a : a === b ? g.constant(0) : undefined),
    (g, [a, b]) => (valueOf(a) === 0 && b ? simplifyCall(g, "neg", [b]) : undefined),
    (g, [a, b]) =>
      a && b?.kind === "call" && b.op === "neg" && b.args[0] ? simplifyCall(g, "add", [a, b.args[0]]) : undefined,
  ],
  mul: [
    fold((a, b) => a * b),
    (g, [a, b]) => (valueOf(a) === 0 || valueOf(b) === 0 ? g.constant(0) : undefined),
    (_, [a, b]) => (valueOf(a) === 1 ? b : valueOf(b) === 1 ? a : undefined),
    (g, [a, b]) =>
      valueOf(a) === -1 && b
        ? simplifyCall(g, "neg", [b])
        : valueOf(b) === -1 && a
          ? simplifyCall(g, "neg", [a])
          : undefined,
  ],
  div: [fold((a, b) => a / b), (_, [a, b]) => (valueOf(b) === 1 || valueOf(a) === 0 ? a : undefined)],
  neg: [
    (g, [a]) => {
      const x = valueOf(a);
      return x === undefined ? undefined : g.constant(-x);
    },
    (_, [a]) => (a?.kind === "call" && a.op === "neg" ? a.args[0] : undefined),
  ],
  pow: [(g, [a, b]) => (a ? wholePower(g, a, valueOf(b)) : undefined)],
  select: [
    (_, [, a, b]) => (a === b ? a : undefined),
    (g, [c, a, b]) => {
      const truth = c ? constantTruth(g, c) : undefined;
      return truth === undefined ? undefined : truth ? a : b;
    },
  ],
};

function simplifyCall(graph: Graph, op: Parameters<Graph["call"]>[0], args: readonly Expr[]): Expr {
  for (const rule of rules[op] ?? []) {
    const simpler = rule(graph, args);
    if (simpler) return simpler;
  }
  return graph.call(op, args);
}

/** Whole powers up to 16 by repeated squaring, and square roots; anything else stays a `pow`. */
function wholePower(graph: Graph, x: Expr, n: number | undefined): Expr | undefined {
  if (n === undefined) return undefined;
  if (n === 0) return graph.constant(1);
  if (n === 0.5) return graph.call("sqrt", [x]);
  if (!Number.isInteger(n) || Math.abs(n) > 16) return undefined;
  const known = valueOf(x);
  if (known !== undefined && n > 0 && n <= 3)
    return graph.constant(n === 1 ? known : n === 2 ? known * known : known * known * known);
  let result: Expr | undefined;
  let square = x;
  for (let rest = Math.abs(n); rest > 0; rest >>= 1) {
    if (rest & 1) result = result ? graph.mul(result, square) : square;
    if (rest > 1) square = graph.mul(square, square);
  }
  return n < 0 && result ? graph.div(graph.constant(1), result) : result;
}

function constantTruth(graph: Graph, condition: Expr): boolean | undefined {
  if (condition.kind !== "call") return undefined;
  const [a, b] = condition.args.map(valueOf);
  if (condition.op === "not") {
    const inner = condition.args[0] ? constantTruth(graph, condition.args[0]) : undefined;
    return inner === undefined ? undefined : !inner;
  }
  if (a === undefined || b === undefined) return undefined;
  switch (condition.op) {
    case "lt":
      return a < b;
    case "le":
      return a <= b;
    case "gt":
      return a > b;
    case "ge":
      return a >= b;
    case "eq":
      return a === b;
    case "ne":
      return a !== b;
    default:
      return undefined;
  }
}

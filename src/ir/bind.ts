import { lower } from "./elementary/index.js";
import { evaluator } from "./evaluate.js";
import { rewrite, topological, type Expr, type Graph } from "./graph.js";
import { simplify } from "./simplify.js";

/** A number for all regions, or one per region. */
export type BoundValue = number | Float64Array;

export interface Bound {
  readonly outputs: readonly Expr[];
  /** Arrays that the bound expressions read as symbols `regional.0`, `regional.1`, …; one value per region, f64. */
  readonly regional: readonly Float64Array[];
}

type Level = "constant" | "regional" | "dynamic";

const isSum = (node: Expr): boolean => node.kind === "call" && (node.op === "add" || node.op === "sub");
const isProduct = (node: Expr): boolean => node.kind === "call" && (node.op === "mul" || node.op === "div");

/**
 * Gives parameters their values and moves everything that does not change during a run out of the step: constants
 * are folded, and each largest sub-expression of regional parameters becomes one array. Products and sums are regrouped
 * so that their unchanging factors meet; a division by something unchanging becomes a product. All of it is computed in
 * f64 with our own elementary functions, so the result does not depend on the machine.
 */
export function bind(
  graph: Graph,
  outputs: readonly Expr[],
  values: ReadonlyMap<string, BoundValue>,
  regions: number,
): Bound {
  const levelCache = new Map<Expr, Level>();
  const levelOf = (node: Expr): Level => {
    for (const n of levelCache.has(node) ? [] : topological([node])) {
      if (levelCache.has(n)) continue;
      if (n.kind === "const") levelCache.set(n, "constant");
      else if (n.kind === "symbol") {
        const value = values.get(n.name);
        levelCache.set(n, value === undefined ? "dynamic" : typeof value === "number" ? "constant" : "regional");
      } else {
        const levels = n.args.map((a) => levelCache.get(a));
        levelCache.set(
          n,
          levels.includes("dynamic") ? "dynamic" : levels.includes("regional") ? "regional" : "constant",
        );
      }
    }
    return levelCache.get(node) ?? "dynamic";
  };
  const steady = (node: Expr) => levelOf(node) !== "dynamic";

  // Constants first, so that a zero parameter removes its term before anything is regrouped.
  const folded = simplify(
    graph,
    rewrite(outputs, (node, args) => {
      if (node.kind === "symbol") {
        const value = values.get(node.name);
        return typeof value === "number" ? graph.constant(value) : node;
      }
      return node.kind === "call" ? graph.call(node.op, args) : node;
    }),
  );
  const regrouped = rewrite(simplify(graph, folded), (node, args) => {
    if (node.kind !== "call") return node;
    const made = graph.call(node.op, args);
    if (steady(made)) return made;
    return isProduct(made) ? regroupProduct(graph, made, steady) : isSum(made) ? regroupSum(graph, made, steady) : made;
  });
  const regional: Float64Array[] = [];
  const slots = new Map<Expr, Expr>();
  const extract = (node: Expr): Expr => {
    if (node.kind === "const") return node;
    const known = slots.get(node);
    if (known) return known;
    const computed = computeSteady(graph, node, values, regions);
    const made =
      typeof computed === "number" ? graph.constant(computed) : graph.symbol(`regional.${regional.push(computed) - 1}`);
    slots.set(node, made);
    return made;
  };
  // A steady condition becomes a comparison with a computed 0 or 1.
  const extractCondition = (node: Expr): Expr =>
    graph.call("lt", [graph.constant(0), extract(graph.select(node, graph.constant(1), graph.constant(0)))]);
  const freeze = (node: Expr): Expr => (node.type === "bool" ? extractCondition(node) : extract(node));
  // Arguments come first, so the unchanging argument of a changing node is a largest unchanging sub-expression.
  const made = new Map<Expr, Expr>();
  for (const node of topological(regrouped)) {
    if (node.kind !== "call" || steady(node)) made.set(node, node);
    else {
      const args = node.args.map((a) => (steady(a) ? freeze(a) : (made.get(a) ?? a)));
      made.set(node, graph.call(node.op, args));
    }
  }
  const results = regrouped.map((node) => (steady(node) ? freeze(node) : (made.get(node) ?? node)));
  return { outputs: simplify(graph, results), regional };
}

/** c·(a·b) for unchanging c: dynamic factors stay in their own order and grouping. */
function regroupProduct(graph: Graph, node: Expr, steady: (n: Expr) => boolean): Expr {
  let factor: Expr | undefined;
  const scaleBy = (s: Expr, divide: boolean) => {
    factor = divide ? graph.div(factor ?? graph.constant(1), s) : factor ? graph.mul(factor, s) : s;
  };
  const strip = (n: Expr): Expr | undefined => {
    if (steady(n)) {
      scaleBy(n, false);
      return undefined;
    }
    if (n.kind !== "call" || !isProduct(n)) return n;
    const [a, b] = n.args;
    if (!a || !b) return n;
    if (n.op === "div") {
      if (!steady(b)) {
        const top = strip(a);
        return graph.div(top ?? graph.constant(1), b);
      }
      scaleBy(b, true);
      return strip(a);
    }
    const [left, right] = [strip(a), strip(b)];
    return left && right ? graph.mul(left, right) : (left ?? right);
  };
  const dynamic = strip(node);
  if (!dynamic) return node;
  return factor ? graph.mul(factor, dynamic) : dynamic;
}

/** (a + b) + c for unchanging c, which is added last. */
function regroupSum(graph: Graph, node: Expr, steady: (n: Expr) => boolean): Expr {
  let offset: Expr | undefined;
  const strip = (n: Expr, negative: boolean): Expr | undefined => {
    if (steady(n)) {
      offset = offset ? (negative ? graph.sub(offset, n) : graph.add(offset, n)) : negative ? graph.neg(n) : n;
      return undefined;
    }
    if (n.kind !== "call" || !isSum(n)) return n;
    const [a, b] = n.args;
    if (!a || !b) return n;
    const left = strip(a, negative);
    const right = strip(b, n.op === "sub" ? !negative : negative);
    if (left && right) return graph.call(n.op, [left, right]);
    return left ?? (right && n.op === "sub" ? graph.neg(right) : right);
  };
  const dynamic = strip(node, false);
  if (!dynamic || !offset) return node;
  return graph.add(dynamic, offset);
}

/** The value of an unchanging expression: a number when it is the same everywhere. */
function computeSteady(graph: Graph, node: Expr, values: ReadonlyMap<string, BoundValue>, regions: number): BoundValue {
  const { inputs, outputs, registers, run } = evaluator(lower(graph, [node], "f64"), "f64");
  const out = new Float64Array(regions);
  const only = outputs[0] ?? 0;
  let varies = false;
  for (const name of inputs.keys()) varies ||= typeof values.get(name) !== "number";
  for (let region = 0; region < regions; region++) {
    for (const [name, slot] of inputs) {
      const value = values.get(name);
      registers[slot] = value === undefined ? NaN : typeof value === "number" ? value : (value[region] ?? NaN);
    }
    run();
    out[region] = registers[only] ?? NaN;
    if (!varies) return out[region] ?? NaN;
  }
  return out;
}

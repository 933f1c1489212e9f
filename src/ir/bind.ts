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
  const levels = new Map<Expr, Level>();
  const levelOf = (node: Expr): Level => {
    const known = levels.get(node);
    if (known) return known;
    // Nodes are mostly asked for after their arguments, so this rarely walks further than one.
    for (const n of node.kind === "call" && node.args.every((a) => levels.has(a)) ? [node] : topological([node]))
      if (!levels.has(n)) levels.set(n, levelFrom(n, levels, values));
    return levels.get(node) ?? "dynamic";
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
  /** A factor that f32 can hold: merged constants must not leave its range where the steps of the text would not. */
  const ranges = new Map<Expr, boolean>();
  const holdable = (node: Expr): boolean => {
    const known = ranges.get(node);
    if (known !== undefined) return known;
    const computed = computeSteady(graph, node, values, regions);
    const fits = (x: number) => x === 0 || (Math.abs(x) > 1e-36 && Math.abs(x) < 1e36);
    const result = typeof computed === "number" ? fits(computed) : computed.every(fits);
    ranges.set(node, result);
    return result;
  };
  const regrouped = rewrite(simplify(graph, folded), (node, args) => {
    if (node.kind !== "call") return node;
    const made = graph.call(node.op, args);
    if (steady(made)) return made;
    if (made.kind !== "call") return made;
    if (made.op === "mul" || made.op === "div") return regroupProduct(graph, made, steady, holdable);
    return made.op === "add" || made.op === "sub" ? regroupSum(graph, made, steady) : made;
  });
  const regional: Float64Array[] = [];
  const slots = new Map<Expr, Expr>();
  const extract = (node: Expr): Expr => {
    if (node.kind === "const" || node.kind === "table") return node;
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

function levelFrom(n: Expr, levels: ReadonlyMap<Expr, Level>, values: ReadonlyMap<string, BoundValue>): Level {
  if (n.kind === "const" || n.kind === "table") return "constant";
  if (n.kind === "symbol") {
    const value = values.get(n.name);
    return value === undefined ? "dynamic" : typeof value === "number" ? "constant" : "regional";
  }
  const inner = n.args.map((a) => levels.get(a));
  return inner.includes("dynamic") ? "dynamic" : inner.includes("regional") ? "regional" : "constant";
}

/**
 * c·(d·a) becomes (c·d)·a, a / c becomes (1/c)·a, for unchanging c and d. Arguments were regrouped before, so a factor is
 * the first argument of a product; products of two changing parts are left as they are written.
 */
function regroupProduct(
  graph: Graph,
  node: Expr & { readonly kind: "call" },
  steady: (n: Expr) => boolean,
  holdable: (n: Expr) => boolean,
): Expr {
  const [a, b] = node.args;
  if (!a || !b) return node;
  const [factor, dynamic] =
    node.op === "div"
      ? steady(b)
        ? [graph.div(graph.constant(1), b), a]
        : [undefined, node]
      : steady(a)
        ? [a, b]
        : steady(b)
          ? [b, a]
          : [undefined, node];
  if (factor === undefined || (node.op === "div" && !holdable(factor))) return node;
  if (dynamic.kind === "call" && dynamic.op === "mul") {
    const [inner, rest] = dynamic.args;
    if (inner && rest && steady(inner)) {
      const merged = graph.mul(factor, inner);
      if (holdable(merged)) return graph.mul(merged, rest);
    }
  }
  return graph.mul(factor, dynamic);
}

/** (a + c) + d becomes a + (c + d) for unchanging c and d: an offset is the last argument of a sum. */
function regroupSum(graph: Graph, node: Expr & { readonly kind: "call" }, steady: (n: Expr) => boolean): Expr {
  const [a, b] = node.args;
  if (!a || !b) return node;
  const split = (n: Expr): readonly [dynamic: Expr | undefined, offset: Expr | undefined] => {
    if (steady(n)) return [undefined, n];
    const [inner, offset] = n.kind === "call" && n.op === "add" ? n.args : [];
    return inner && offset && steady(offset) ? [inner, offset] : [n, undefined];
  };
  const [left, leftOffset] = split(a);
  const [right, rightOffset] = split(b);
  if (!leftOffset && !rightOffset) return node;
  const minus = node.op === "sub";
  const dynamic =
    left && right ? graph.call(node.op, [left, right]) : (left ?? (right && minus ? graph.neg(right) : right));
  const offset =
    leftOffset && rightOffset
      ? graph.call(node.op, [leftOffset, rightOffset])
      : (leftOffset ?? (rightOffset && minus ? graph.neg(rightOffset) : rightOffset));
  return dynamic && offset ? graph.add(dynamic, offset) : node;
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

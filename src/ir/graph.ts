import { fault } from "../core/fault.js";
import type { Table } from "./tables.js";
import { isPrimitive, opShape, type Elementary, type Op, type Primitive, type ValueType } from "./ops.js";

export type Precision = "f32" | "f64";

/** A node of an expression graph. Nodes are made by a {@link Graph} only; equal nodes of one graph are identical. */
export type Expr =
  | { readonly id: number; readonly kind: "const"; readonly type: "float" | "u32"; readonly value: number }
  | { readonly id: number; readonly kind: "symbol"; readonly type: "float" | "u32"; readonly name: string }
  | { readonly id: number; readonly kind: "table"; readonly type: "table"; readonly table: Table }
  | {
      readonly id: number;
      readonly kind: "call";
      readonly type: ValueType;
      readonly op: Op;
      readonly args: readonly Expr[];
    };

type Binary = (a: Expr, b: Expr) => Expr;
type Unary = (a: Expr) => Expr;

/**
 * Makes hash-consed nodes and nothing else: no operation is reordered, folded or dropped here, so numerical tricks
 * that rely on rounding survive. Algebra is the business of `simplify`.
 */
export interface Graph {
  readonly constant: (value: number) => Expr;
  readonly u32: (value: number) => Expr;
  readonly symbol: (name: string, type?: "float" | "u32") => Expr;
  readonly table: (table: Table) => Expr;
  readonly call: (op: Op, args: readonly Expr[]) => Expr;
  readonly add: Binary;
  readonly sub: Binary;
  readonly mul: Binary;
  readonly div: Binary;
  readonly neg: Unary;
  readonly select: (condition: Expr, yes: Expr, no: Expr) => Expr;
  /** `p0 + x (p1 + x (p2 + …))`, evaluated from the inside (Horner). */
  readonly horner: (x: Expr, coefficients: readonly number[]) => Expr;
}

export function graph(): Graph {
  const nodes = new Map<string, Expr>();
  let nextId = 0;
  const intern = (key: string, make: (id: number) => Expr): Expr => {
    const found = nodes.get(key);
    if (found) return found;
    const made = make(nextId++);
    nodes.set(key, made);
    return made;
  };
  const constant = (value: number): Expr =>
    intern(`c${Object.is(value, -0) ? "-0" : value}`, (id) => ({ id, kind: "const", type: "float", value }));
  const u32 = (value: number): Expr =>
    intern(`u${value >>> 0}`, (id) => ({ id, kind: "const", type: "u32", value: value >>> 0 }));
  const symbol = (name: string, type: "float" | "u32" = "float"): Expr =>
    intern(`s${type}:${name}`, (id) => ({ id, kind: "symbol", type, name }));
  // A table is known by being the same object: `readTable` makes one of each declaration.
  const tables = new Map<Table, Expr>();
  const table = (of: Table): Expr => {
    const made = tables.get(of) ?? { id: nextId++, kind: "table", type: "table", table: of };
    tables.set(of, made);
    return made;
  };
  const call = (op: Op, args: readonly Expr[]): Expr => {
    const expected = opShape(op);
    const wrong = expected.args.length !== args.length || args.some((a, k) => a.type !== expected.args[k]);
    if (wrong)
      throw fault("EQUATION", `${op} takes (${expected.args.join(", ")}), not (${args.map((a) => a.type).join(", ")})`);
    return intern(`${op}(${args.map((a) => a.id).join()})`, (id) => ({
      id,
      kind: "call",
      type: expected.type,
      op,
      args,
    }));
  };
  const add: Binary = (a, b) => call("add", [a, b]);
  const mul: Binary = (a, b) => call("mul", [a, b]);
  return {
    constant,
    u32,
    symbol,
    table,
    call,
    add,
    sub: (a, b) => call("sub", [a, b]),
    mul,
    div: (a, b) => call("div", [a, b]),
    neg: (a) => call("neg", [a]),
    select: (condition, yes, no) => call("select", [condition, yes, no]),
    horner: (x, coefficients) => {
      const [last, ...rest] = coefficients.toReversed();
      if (last === undefined) throw fault("BUG", "a polynomial needs a coefficient");
      return rest.reduce<Expr>((sum, c) => add(constant(c), mul(x, sum)), constant(last));
    },
  };
}

/** All nodes that `outputs` need, each once, arguments before users. Iterative: depth is not limited by the stack. */
export function topological(outputs: readonly Expr[]): Expr[] {
  const order: Expr[] = [];
  const seen = new Set<Expr>();
  const stack: { node: Expr; next: number }[] = [];
  for (const output of outputs) {
    if (seen.has(output)) continue;
    seen.add(output);
    stack.push({ node: output, next: 0 });
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      if (!top) break;
      const argument = top.node.kind === "call" ? top.node.args[top.next++] : undefined;
      if (argument === undefined) {
        order.push(top.node);
        stack.pop();
      } else if (!seen.has(argument)) {
        seen.add(argument);
        stack.push({ node: argument, next: 0 });
      }
    }
  }
  return order;
}

/** Rebuilds expressions bottom-up: `visit` gets each node with its arguments already rebuilt. */
export function rewrite(outputs: readonly Expr[], visit: (node: Expr, args: readonly Expr[]) => Expr): Expr[] {
  const made = new Map<Expr, Expr>();
  const of = (node: Expr): Expr => {
    const found = made.get(node);
    if (!found) throw fault("BUG", "an argument was not rebuilt");
    return found;
  };
  for (const node of topological(outputs)) made.set(node, visit(node, node.kind === "call" ? node.args.map(of) : []));
  return outputs.map(of);
}

/** Names of the symbols that `outputs` read, in order of first use. */
export const symbolsOf = (outputs: readonly Expr[]): string[] =>
  topological(outputs).flatMap((node) => (node.kind === "symbol" ? [node.name] : []));

export const onlyPrimitives = (outputs: readonly Expr[]): boolean =>
  topological(outputs).every((node) => node.kind !== "call" || isPrimitive(node.op));

/** Rewrites an elementary function of `args` into primitives, for one precision. */
export type Lowering = (graph: Graph, args: readonly Expr[], precision: Precision) => Expr;
export type ElementaryTable = Readonly<Record<Elementary, Lowering>>;
export type { Elementary, Op, Primitive };

import { bind, type BoundValue } from "../ir/bind.js";
import { differentiate } from "../ir/differentiate.js";
import { lower } from "../ir/elementary/index.js";
import { readModel } from "../ir/equations.js";
import { evaluator } from "../ir/evaluate.js";
import { graph as newGraph, type Expr, type Graph } from "../ir/graph.js";
import { parseEquation } from "../ir/parse.js";
import { tablesIn } from "../ir/tables.js";
import type { Mass } from "./mass.js";

/** Values of expressions at a point; written into `to` when it is given. */
export type Evaluate = (point: ArrayLike<number>, to?: Float64Array) => Float64Array;

/**
 * The equations of a mass as functions. A point holds the state variables, and behind them the value of the free
 * parameter where there is one.
 */
export interface Flow {
  readonly size: number;
  /** [variable] */
  readonly derivative: Evaluate;
  /** [equation][coordinate of the point], row-major. */
  readonly jacobian: Evaluate;
}

/** Expressions of a mass over the symbols `x.k`, one per coordinate of a point. */
export interface Expressions {
  readonly graph: Graph;
  readonly coordinates: readonly Expr[];
  /** The equations where the coordinates stand for other expressions. */
  readonly equationsAt: (coordinates: readonly Expr[]) => Expr[];
  readonly compile: (outputs: readonly Expr[]) => Evaluate;
}

/** @param free a parameter that is a coordinate instead of a constant */
export function expressionsOf({ model, names, values }: Mass, free?: string): Expressions {
  const graph = newGraph();
  const reader = readModel(model);
  const all = free === undefined ? names : [...names, free];
  const coordinates = all.map((_, k) => graph.symbol(`x.${k}`));
  const constants = new Map<string, BoundValue>(
    Object.entries(values).flatMap(([name, value]) => (name === free ? [] : [[`model.${name}`, value]])),
  );
  return {
    graph,
    coordinates,
    equationsAt: (at) => {
      const scope = new Map(Object.keys(values).map((name) => [name, graph.symbol(`model.${name}`)]));
      all.forEach((name, k) => scope.set(name, at[k] ?? graph.constant(0)));
      return reader.derivatives(graph, scope);
    },
    compile: (outputs) => compile(graph, outputs, constants),
  };
}

function compile(graph: Graph, outputs: readonly Expr[], constants: ReadonlyMap<string, BoundValue>): Evaluate {
  const code = evaluator(lower(graph, bind(graph, outputs, constants, 1).outputs, "f64"), "f64");
  const { registers, run } = code;
  const inputs = [...code.inputs].map(([name, slot]) => ({ slot, from: Number(name.slice(2)) }));
  return (point, to = new Float64Array(outputs.length)) => {
    for (const { slot, from } of inputs) registers[slot] = point[from] ?? NaN;
    run();
    code.outputs.forEach((slot, k) => (to[k] = registers[slot] as number));
    return to;
  };
}

export function flowOf(mass: Mass, free?: string): Flow {
  const { graph, coordinates, equationsAt, compile: compiled } = expressionsOf(mass, free);
  const equations = equationsAt(coordinates);
  return {
    size: mass.names.length,
    derivative: compiled(equations),
    jacobian: compiled(equations.flatMap((e) => coordinates.map((_, k) => differentiate(graph, e, `x.${k}`)))),
  };
}

/**
 * An expression of the state variables, at a point.
 * @throws Fault EQUATION
 */
export function observableOf(mass: Mass, text: string): (point: ArrayLike<number>) => number {
  const { graph, coordinates, compile: compiled } = expressionsOf(mass);
  const scope = new Map([
    ...tablesIn(graph, mass.model),
    ...mass.names.map((name, k): [string, Expr] => [name, coordinates[k] ?? graph.constant(0)]),
  ]);
  const evaluate = compiled([parseEquation(graph, text, scope, `observable "${text.slice(0, 60)}"`)]);
  const value = new Float64Array(1);
  return (point) => evaluate(point, value)[0] as number;
}

/**
 * Second and third derivatives along directions: B(u, v) = d2 f(x + a u + b v) / da db at 0, and C(u, v, w) likewise.
 * One symbol per direction instead of n^3 partial derivatives.
 */
export function directionalDerivatives(mass: Mass): {
  readonly second: (x: ArrayLike<number>, u: ArrayLike<number>, v: ArrayLike<number>) => Float64Array;
  readonly third: (
    x: ArrayLike<number>,
    u: ArrayLike<number>,
    v: ArrayLike<number>,
    w: ArrayLike<number>,
  ) => Float64Array;
} {
  const { graph, coordinates, equationsAt, compile: compiled } = expressionsOf(mass);
  const n = coordinates.length;
  // Symbols x.n … x.4n-1 are the directions; the step lengths a, b, c are differentiated by, then set to 0.
  const lengths = ["a", "b", "c"].map((name) => graph.symbol(name));
  const moved = (count: number) =>
    coordinates.map((x, k) =>
      lengths
        .slice(0, count)
        .reduce((sum, length, d) => graph.add(sum, graph.mul(length, graph.symbol(`x.${n * (d + 1) + k}`))), x),
    );
  const derive = (count: number): Evaluate => {
    const outputs = equationsAt(moved(count)).map((equation) =>
      ["a", "b", "c"].slice(0, count).reduce((e, name) => differentiate(graph, e, name), equation),
    );
    return compiled(atZero(graph, outputs));
  };
  const [second, third] = [derive(2), derive(3)];
  const join = (...parts: readonly ArrayLike<number>[]) => parts.flatMap((part) => Array.from(part));
  return {
    second: (x, u, v) => second(join(x, u, v)),
    third: (x, u, v, w) => third(join(x, u, v, w)),
  };
}

const atZero = (graph: Graph, outputs: readonly Expr[]): Expr[] =>
  bind(graph, outputs, new Map(["a", "b", "c"].map((name): [string, BoundValue] => [name, 0])), 1).outputs.slice();

import type { Model, TableDeclaration } from "./declare.js";
import { rewrite, type Expr, type Graph, type Precision } from "./graph.js";
import { isReading } from "./ops.js";

/** A declared table as expressions hold it. */
export interface Table {
  readonly name: string;
  readonly unit: string;
  readonly axes: TableDeclaration["axes"];
  /** [first axis][second axis] */
  readonly values: Float64Array;
}

/** Places are counted in the working precision: f32 holds whole numbers up to 2^24. */
const mostValues = 2 ** 22;

function decoded(values: Float64Array | string): Float64Array {
  if (typeof values !== "string") return values;
  const bytes = Buffer.from(values, "base64");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: Math.floor(bytes.length / 4) }, (_, k) => view.getFloat32(4 * k, true));
}

/** One object of each declaration and name, however often it is read: graphs know tables by identity. */
const known = new WeakMap<TableDeclaration, Map<string, Table>>();

function readTable(name: string, declaration: TableDeclaration): Table {
  const named = known.get(declaration) ?? new Map<string, Table>();
  const { unit, axes, values } = declaration;
  const table = named.get(name) ?? { name, unit, axes, values: decoded(values) };
  known.set(declaration, named.set(name, table));
  return table;
}

/** The model's tables for the scope of an equation. */
export const tablesIn = (graph: Graph, { tables = {} }: Pick<Model, "tables">): [string, Expr][] =>
  Object.entries(tables).map(([name, declaration]) => [name, graph.table(readTable(name, declaration))]);

/** What is wrong with the form of a table; empty when nothing is. */
export function tableProblems(name: string, declaration: TableDeclaration): string[] {
  const { axes } = declaration;
  const { values } = readTable(name, declaration);
  const size = axes.reduce((product, { count }) => product * count, 1);
  const bad = (wrong: boolean, what: string) => (wrong ? [`table ${name}: ${what}`] : []);
  return [
    ...bad(axes.length !== 1 && axes.length !== 2, `it has ${axes.length} axes, not one or two`),
    ...bad(
      axes.some(({ from, step, count }) => !Number.isFinite(from) || !(step > 0) || !(count >= 2) || count % 1 !== 0),
      "an axis has a finite from, a step above 0 and at least two places",
    ),
    ...bad(values.length !== size, `${values.length} values for ${size} places`),
    ...bad(size > mostValues, `more than ${mostValues} values`),
    ...bad(!values.every(Number.isFinite), "a value is not finite"),
  ];
}

/** The values as a precision holds them. */
export const valuesIn = ({ values }: Table, precision: Precision): Float64Array | Float32Array =>
  precision === "f32" ? Float32Array.from(values) : values;

/**
 * What a table has at a place, in primitives: `args` are the table and one number per axis. NaN stays NaN.
 * The weights are those of the cell's corners, so the value is exact at the places and the same from both sides of a cell.
 */
export function reading(graph: Graph, [table, ...places]: readonly Expr[]): Expr {
  if (table?.kind !== "table") return graph.constant(NaN);
  const { constant, add, sub, mul, call } = graph;
  const cells = table.table.axes.map(({ from, step, count }, k) => {
    const place = mul(sub(places[k] ?? constant(NaN), constant(from)), constant(1 / step));
    const within = call("min", [call("max", [place, constant(0)]), constant(count - 1)]);
    const cell = call("min", [call("floor", [within]), constant(count - 2)]);
    return { cell, beyond: sub(within, cell), count };
  });
  const line = (index: Expr, step: number, beyond: Expr): Expr => {
    const [here, next] = [index, add(index, constant(step))].map((at) => call("lookup", [table, at]));
    return here && next ? between(here, next, beyond) : constant(NaN);
  };
  const between = (a: Expr, b: Expr, share: Expr): Expr => add(mul(a, sub(constant(1), share)), mul(b, share));
  const [first, second] = cells;
  if (!first) return constant(NaN);
  if (!second) return line(first.cell, 1, first.beyond);
  const corner = add(mul(first.cell, constant(second.count)), second.cell);
  return between(
    line(corner, 1, second.beyond),
    line(add(corner, constant(second.count)), 1, second.beyond),
    first.beyond,
  );
}

/** The expression with its readings of tables in primitives, and all else as it is. */
export const spelledOut = (graph: Graph, expression: Expr): Expr =>
  rewrite([expression], (node, args) =>
    node.kind !== "call" ? node : isReading(node.op) ? reading(graph, args) : graph.call(node.op, args),
  )[0] ?? expression;

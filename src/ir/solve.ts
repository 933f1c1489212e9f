import { fault } from "../core/fault.js";
import type { Expr, Graph } from "./graph.js";

/**
 * Writes out the solution of a small linear system by elimination. Entries that are the constant 0 cost nothing; pivots
 * are taken on the diagonal, in the order that fills in fewest zeros (Markowitz 1957), which is fixed when the program
 * is made: there is no exchange of rows while it runs, so the matrix should not be far from 1 minus something stable.
 * @param matrix [row][column]
 */
export function solveLinear(
  graph: Graph,
  matrix: readonly (readonly Expr[])[],
  right: readonly Expr[],
): readonly Expr[] {
  const zero = graph.constant(0);
  const rows = matrix.map((row) => [...row]);
  const values = [...right];
  const entry = (i: number, j: number): Expr => rows[i]?.[j] ?? zero;
  const isZero = (e: Expr): boolean => e === zero;
  const times = (a: Expr, b: Expr): Expr => (isZero(a) || isZero(b) ? zero : graph.mul(a, b));
  const minus = (a: Expr, b: Expr): Expr => (isZero(b) ? a : isZero(a) ? graph.neg(b) : graph.sub(a, b));
  const open = new Set(rows.keys());
  const fill = (k: number): number => {
    let [inRow, inColumn] = [0, 0];
    for (const other of open) {
      if (other === k) continue;
      if (!isZero(entry(k, other))) inRow++;
      if (!isZero(entry(other, k))) inColumn++;
    }
    return inRow * inColumn;
  };
  const solved: { readonly pivot: number; readonly inverse: Expr; readonly later: readonly number[] }[] = [];
  while (open.size > 0) {
    const pivot = [...open].reduce((best, k) => (fill(k) < fill(best) ? k : best));
    if (isZero(entry(pivot, pivot))) throw fault("BUG", "a pivot of the linear system is 0");
    open.delete(pivot);
    const inverse = graph.div(graph.constant(1), entry(pivot, pivot));
    for (const i of open) {
      if (isZero(entry(i, pivot))) continue;
      const factor = graph.mul(entry(i, pivot), inverse);
      const row = rows[i];
      for (const j of open) if (row) row[j] = minus(entry(i, j), times(factor, entry(pivot, j)));
      values[i] = minus(values[i] ?? zero, times(factor, values[pivot] ?? zero));
    }
    solved.push({ pivot, inverse, later: [...open] });
  }
  for (const { pivot, inverse, later } of solved.reverse())
    values[pivot] = times(
      later.reduce((sum, j) => minus(sum, times(entry(pivot, j), values[j] ?? zero)), values[pivot] ?? zero),
      inverse,
    );
  return values;
}

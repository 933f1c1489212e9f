import { fault } from "../core/fault.js";

/** Pearson's r of two vectors; NaN when one is constant. @throws Fault DATA when lengths differ or are below 2 */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length || a.length < 2)
    throw fault("DATA", `cannot correlate ${a.length} values with ${b.length}`, {
      next: "give two equally long lists",
    });
  const meanA = mean(a);
  const meanB = mean(b);
  let [aa, bb, ab] = [0, 0, 0];
  for (let k = 0; k < a.length; k++) {
    const x = (a[k] ?? NaN) - meanA;
    const y = (b[k] ?? NaN) - meanB;
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  return Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb)));
}

/** Spearman's rank correlation; ties share their mean rank. @throws Fault DATA as {@link pearson} */
export const spearman = (a: ArrayLike<number>, b: ArrayLike<number>): number => pearson(ranks(a), ranks(b));

function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from(values, (_, k) => k).sort((i, j) => (values[i] ?? 0) - (values[j] ?? 0));
  const out = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++;
    for (let k = start; k < end; k++) out[order[k] ?? 0] = (start + end - 1) / 2;
    start = end;
  }
  return out;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k] ?? NaN;
  return sum / values.length;
}

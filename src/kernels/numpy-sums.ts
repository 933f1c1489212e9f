import type { Edges, NumpySum } from "../ir/program.js";

/**
 * TVB keeps the coupling history and the weights in single precision, and NumPy adds the products up: the first plus
 * the pairwise sum of the rest. Copying that order is what makes `compat: tvb` follow TVB to the last digits.
 */
export function numpySums(
  edges: Edges,
  value: (edge: number) => number,
  { singleProducts, singleSums }: NumpySum,
  put: (target: number, sum: number) => void,
): void {
  const roundSum = singleSums ? Math.fround : (x: number) => x;
  const round = singleProducts ? Math.fround : (x: number) => x;
  const products = new Float64Array(edges.source.length);
  for (let e = 0; e < products.length; e++) products[e] = round(Math.fround(edges.weight[e] ?? 0) * value(e));
  for (let target = 0; target + 1 < edges.start.length; target++) {
    const from = edges.start[target] ?? 0;
    const end = edges.start[target + 1] ?? 0;
    put(target, end === from ? 0 : roundSum(round((products[from] ?? 0) + pairwise(products, from + 1, end, round))));
  }
}

/** NumPy's pairwise summation: eight running sums per block of up to 128, halves above. */
function pairwise(a: Float64Array, from: number, end: number, round: (x: number) => number): number {
  const n = end - from;
  if (n > 128) {
    const half = Math.floor(n / 2);
    const middle = from + half - (half % 8);
    return round(pairwise(a, from, middle, round) + pairwise(a, middle, end, round));
  }
  let sum = 0;
  let k = from;
  if (n >= 8) {
    const r = a.slice(from, from + 8);
    for (k = from + 8; k + 8 <= end; k += 8) for (let j = 0; j < 8; j++) r[j] = round((r[j] ?? 0) + (a[k + j] ?? 0));
    const [r0 = 0, r1 = 0, r2 = 0, r3 = 0, r4 = 0, r5 = 0, r6 = 0, r7 = 0] = r;
    const low = round(round(r0 + r1) + round(r2 + r3));
    sum = round(low + round(round(r4 + r5) + round(r6 + r7)));
  }
  for (; k < end; k++) sum = round(sum + (a[k] ?? 0));
  return sum;
}

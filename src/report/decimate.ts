/** Positions of the samples that a line is drawn through. */
export type Picked = Uint32Array;

/**
 * Samples to draw so that no peak is lost: the smallest and the largest of each of `buckets` equal stretches, in order,
 * plus the first and the last sample. At most 2·buckets + 2; all samples when there are no more than that.
 */
export function minMaxSamples(values: Float64Array, buckets: number, from = 0, to = values.length): Picked {
  const count = Math.max(0, to - from);
  if (count <= 2 * buckets + 2) return Uint32Array.from({ length: count }, (_, k) => from + k);
  const picked: number[] = [from];
  const add = (at: number) => {
    if (at > (picked.at(-1) ?? -1)) picked.push(at);
  };
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = from + Math.floor((bucket * count) / buckets);
    const end = from + Math.floor(((bucket + 1) * count) / buckets);
    let low = start;
    let high = start;
    for (let k = start + 1; k < end; k++) {
      const value = values[k] ?? NaN;
      if (value < (values[low] ?? NaN)) low = k;
      if (value > (values[high] ?? NaN)) high = k;
    }
    add(Math.min(low, high));
    add(Math.max(low, high));
  }
  add(to - 1);
  return Uint32Array.from(picked);
}

/** Means over `columns` equal stretches of [from, to); fewer columns when there are fewer samples. */
export function bucketMeans(values: Float64Array, columns: number, from = 0, to = values.length): Float64Array {
  const count = Math.max(0, to - from);
  const width = Math.min(columns, count);
  return Float64Array.from({ length: width }, (_, column) => {
    const start = from + Math.floor((column * count) / width);
    const end = from + Math.floor(((column + 1) * count) / width);
    let sum = 0;
    for (let k = start; k < end; k++) sum += values[k] ?? NaN;
    return sum / (end - start);
  });
}

/** A square matrix made small enough to draw: means over blocks of k×k, NaN left out. */
export function shrinkMatrix(
  matrix: Float64Array,
  count: number,
  largest: number,
): { readonly matrix: Float64Array; readonly count: number; readonly block: number } {
  const block = Math.ceil(count / largest);
  if (block <= 1) return { matrix, count, block: 1 };
  const side = Math.ceil(count / block);
  const sums = new Float64Array(side * side);
  const numbers = new Float64Array(side * side);
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) {
      const value = matrix[i * count + j] ?? NaN;
      if (Number.isNaN(value)) continue;
      const at = Math.floor(i / block) * side + Math.floor(j / block);
      sums[at] = (sums[at] ?? 0) + value;
      numbers[at] = (numbers[at] ?? 0) + 1;
    }
  return { matrix: sums.map((sum, at) => sum / (numbers[at] ?? 0)), count: side, block };
}

/** `wanted` positions of 0..count-1, evenly spread, first and last included. */
export function spread(count: number, wanted: number): number[] {
  if (count <= wanted) return Array.from({ length: count }, (_, k) => k);
  return Array.from({ length: wanted }, (_, k) => Math.round((k * (count - 1)) / Math.max(1, wanted - 1)));
}

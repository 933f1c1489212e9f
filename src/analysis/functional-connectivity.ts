import { fault } from "../core/fault.js";
import { checkSignals, type Signals } from "./signals.js";

export interface FunctionalConnectivity {
  readonly regions: readonly string[];
  /** [region, region], row-major, symmetric: Pearson's r, or atanh(r) when asked. NaN where a region is constant. */
  readonly matrix: Float64Array;
  /** Samples that each coefficient rests on. They are rarely independent. */
  readonly samples: number;
  /** Regions that never change: their rows and columns are NaN, the diagonal too. */
  readonly constant: readonly string[];
}

export interface FunctionalConnectivityOptions {
  /** Give Fisher's z = atanh(r); the diagonal becomes Infinity. */
  readonly fisherZ?: boolean;
}

/**
 * Pearson correlation between all pairs of regions, at zero lag.
 * @throws Fault DATA with fewer than two samples, or values that are not finite
 */
export function functionalConnectivity(
  signals: Signals,
  { fisherZ = false }: FunctionalConnectivityOptions = {},
): FunctionalConnectivity {
  const { regions, series } = checkSignals(signals);
  const samples = series[0]?.length ?? 0;
  if (samples < 2)
    throw fault("DATA", `${samples} sample(s) have no correlation`, { next: "record at least two, better hundreds" });
  const standard = series.map(standardise);
  const count = regions.length;
  const matrix = new Float64Array(count * count).fill(NaN);
  for (let i = 0; i < count; i++) {
    const a = standard[i];
    if (a === undefined) continue;
    for (let j = 0; j <= i; j++) {
      const b = standard[j];
      if (b === undefined) continue;
      const r = i === j ? 1 : clamp(dot(a, b));
      matrix[i * count + j] = matrix[j * count + i] = fisherZ ? Math.atanh(r) : r;
    }
  }
  return { regions, matrix, samples, constant: regions.filter((_, region) => standard[region] === undefined) };
}

/** Values above the diagonal, row by row, without NaN: what summaries and comparisons of FC use. */
export function upperTriangle(matrix: Float64Array, count: number): Float64Array {
  const out: number[] = [];
  for (let i = 0; i < count; i++)
    for (let j = i + 1; j < count; j++) {
      const value = matrix[i * count + j];
      if (value !== undefined && !Number.isNaN(value)) out.push(value);
    }
  return Float64Array.from(out);
}

/** Zero mean, unit norm; undefined for a constant series, also for one that is constant but for rounding of its mean. */
function standardise(values: Float64Array): Float64Array | undefined {
  const first = values[0] ?? 0;
  if (values.every((value) => value === first)) return undefined;
  // Deviations from the first sample keep what a large common offset would cost.
  let mean = 0;
  for (const value of values) mean += value - first;
  mean /= values.length;
  const out = values.map((value) => value - first - mean);
  const largest = out.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return undefined;
  let norm = 0;
  for (let k = 0; k < out.length; k++) {
    const scaled = (out[k] ?? 0) / largest;
    out[k] = scaled;
    norm += scaled * scaled;
  }
  const factor = 1 / Math.sqrt(norm);
  for (let k = 0; k < out.length; k++) out[k] = (out[k] ?? 0) * factor;
  return out;
}

/** Four sums at once: faster, and rounding grows more slowly. */
function dot(a: Float64Array, b: Float64Array): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < a.length; k += 4) {
    s0 += (a[k] ?? 0) * (b[k] ?? 0);
    s1 += (a[k + 1] ?? 0) * (b[k + 1] ?? 0);
    s2 += (a[k + 2] ?? 0) * (b[k + 2] ?? 0);
    s3 += (a[k + 3] ?? 0) * (b[k + 3] ?? 0);
  }
  for (; k < a.length; k++) s0 += (a[k] ?? 0) * (b[k] ?? 0);
  return s0 + s1 + (s2 + s3);
}

const clamp = (r: number): number => Math.max(-1, Math.min(1, r));

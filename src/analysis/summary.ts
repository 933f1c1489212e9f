import { fault } from "../core/fault.js";
import { checkSignals, type Signals } from "./signals.js";

export interface Summary {
  readonly mean: number;
  /** Population standard deviation (divides by n), as `numpy.std`. */
  readonly std: number;
  readonly min: number;
  readonly max: number;
}

/** @throws Fault DATA when there are no values */
export function summarise(values: Float64Array): Summary {
  if (values.length === 0) throw fault("DATA", "no values to summarise");
  const first = values[0] ?? 0;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    sum += value - first;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const shift = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - first - shift) ** 2;
  return { mean: first + shift, std: Math.sqrt(squares / values.length), min, max };
}

export interface RegionSummary extends Summary {
  readonly region: string;
}

/** One summary per region. @throws Fault DATA when there are no samples, or values that are not finite */
export function summariseRegions(signals: Signals): readonly RegionSummary[] {
  const { regions, series } = checkSignals(signals);
  return series.map((values, k) => ({ region: regions[k] ?? "", ...summarise(values) }));
}

/** Value below which a share `q` (0..1) of the values lie, linear between neighbours, as `numpy.quantile`; NaN if none. */
export function quantile(values: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return NaN;
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  const a = sorted[low] ?? NaN;
  const b = sorted[Math.min(low + 1, sorted.length - 1)] ?? NaN;
  return a + (b - a) * (at - low);
}

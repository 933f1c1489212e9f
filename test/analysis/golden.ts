import { readFileSync } from "node:fs";
import type { Signals } from "../../src/analysis/signals.js";

/** Answers of NumPy and SciPy, made by test/golden/analysis_scipy.py. */
export interface AnalysisGolden {
  readonly periodMs: number;
  readonly series: readonly (readonly number[])[];
  readonly corrcoef: readonly (readonly number[])[];
  readonly welch: readonly {
    readonly segment: number;
    readonly frequencies: readonly number[];
    readonly density: readonly (readonly number[])[];
  }[];
  readonly summary: Readonly<Record<"mean" | "std" | "min" | "max", readonly number[]>>;
  readonly quantiles: readonly { readonly q: number; readonly value: number }[];
  readonly fft: readonly {
    readonly length: number;
    readonly x: readonly [readonly number[], readonly number[]];
    readonly re: readonly number[];
    readonly im: readonly number[];
  }[];
  readonly ranks: { readonly a: number[]; readonly b: number[]; readonly spearman: number; readonly pearson: number };
}

export const golden = JSON.parse(
  readFileSync(new URL("../golden/analysis-scipy.json", import.meta.url), "utf8"),
) as AnalysisGolden;

export const goldenSignals: Signals = signals(golden.series, golden.periodMs);

export function signals(series: readonly (readonly number[])[], periodMs = 1): Signals {
  return { regions: series.map((_, k) => `R${k}`), series: series.map((row) => Float64Array.from(row)), periodMs };
}

/** Largest |a - b| relative to the largest |b|. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let [worst, scale] = [0, Number.MIN_VALUE];
  for (let k = 0; k < b.length; k++) {
    const difference = Math.abs((a[k] ?? NaN) - (b[k] ?? NaN));
    worst = Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
    scale = Math.max(scale, Math.abs(b[k] ?? NaN));
  }
  return worst / scale;
}

import { fault } from "../core/fault.js";
import { fft } from "./fft.js";
import { checkSignals, type Signals } from "./signals.js";

export interface PowerSpectrum {
  readonly regions: readonly string[];
  /** Hz, from 0 to half the sampling rate. */
  readonly frequencies: Float64Array;
  /** One density per region, one value per frequency, in (unit of the signal)² / Hz; one-sided. */
  readonly density: readonly Float64Array[];
  /** Samples per segment, and how many segments were averaged. */
  readonly segmentSamples: number;
  readonly segments: number;
}

/**
 * Power spectral density by Welch's method (Welch 1967, doi:10.1109/TAU.1967.1161901): periodic Hann window, segments
 * that overlap by half, the mean of each taken off. The same numbers as `scipy.signal.welch` with its defaults.
 *
 * @param segmentSamples samples per segment (default 256); a shorter recording is one segment
 * @throws Fault DATA with fewer than two samples or values that are not finite; USAGE for a bad segment
 */
export function powerSpectrum(signals: Signals, segmentSamples = 256): PowerSpectrum {
  const { regions, series, periodMs } = checkSignals(signals);
  if (!Number.isInteger(segmentSamples) || segmentSamples < 2)
    throw fault("USAGE", `a segment of ${segmentSamples} samples has no spectrum`, { next: "use an integer ≥ 2" });
  const samples = series[0]?.length ?? 0;
  if (samples < 2) throw fault("DATA", `${samples} sample(s) have no spectrum`, { next: "record for longer" });
  const size = Math.min(segmentSamples, samples);
  const hop = size - Math.floor(size / 2);
  const segments = Math.floor((samples - size) / hop) + 1;
  const window = Float64Array.from({ length: size }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size));
  const rate = 1000 / periodMs;
  const scale = 1 / (rate * window.reduce((sum, w) => sum + w * w, 0) * segments);
  const bins = Math.floor(size / 2) + 1;
  const plan = fft(size);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  const density = series.map((values) => {
    const out = new Float64Array(bins);
    for (let segment = 0; segment < segments; segment++) {
      const start = segment * hop;
      let mean = 0;
      for (let n = 0; n < size; n++) mean += values[start + n] ?? 0;
      mean /= size;
      for (let n = 0; n < size; n++) re[n] = ((values[start + n] ?? 0) - mean) * (window[n] ?? 0);
      im.fill(0);
      plan.transform(re, im);
      for (let k = 0; k < bins; k++) out[k] = (out[k] ?? 0) + (re[k] ?? 0) ** 2 + (im[k] ?? 0) ** 2;
    }
    // One-sided: every bin but 0 and, for even sizes, the last stands for two.
    return out.map((power, k) => power * scale * (k === 0 || 2 * k === size ? 1 : 2));
  });
  const frequencies = Float64Array.from({ length: bins }, (_, k) => (k * rate) / size);
  return { regions, frequencies, density, segmentSamples: size, segments };
}

/** Frequency (Hz) of the largest density above 0 Hz; undefined when there is no power there. */
export function peakFrequency(frequencies: Float64Array, density: Float64Array): number | undefined {
  let best: number | undefined;
  let most = 0;
  for (let k = 1; k < density.length; k++)
    if ((density[k] ?? 0) > most) [best, most] = [frequencies[k], density[k] ?? 0];
  return best;
}

import { peakFrequency, powerSpectrum, type PowerSpectrum } from "../analysis/spectrum.js";
import type { Signals } from "../analysis/signals.js";
import { quantile } from "../analysis/summary.js";
import { axis, colours, layout, pack, type Figure } from "./figure.js";
import { html, plotText } from "./html.js";
import { show, showCount, showTime, showUnit } from "./numbers.js";
import { shownRegions } from "./traces-figure.js";

/** Segments long enough for half-hertz bins where the recording allows, and at least seven of them for a mean that is worth the name. */
export function segmentFor(samples: number, periodMs: number): number {
  const twoSeconds = Math.ceil(2000 / periodMs);
  return Math.max(2, Math.min(samples, Math.max(16, Math.min(Math.floor(samples / 4), Math.max(256, twoSeconds)))));
}

export interface SpectrumDigest {
  readonly spectrum: PowerSpectrum;
  /** Hz of each region's largest density; undefined for constants. */
  readonly peaks: readonly (number | undefined)[];
  readonly mean: Float64Array;
}

export function digestSpectrum(signals: Signals): SpectrumDigest {
  const spectrum = powerSpectrum(signals, segmentFor(signals.series[0]?.length ?? 0, signals.periodMs));
  const mean = spectrum.frequencies.map(
    (_, k) => spectrum.density.reduce((sum, row) => sum + (row[k] ?? 0), 0) / spectrum.density.length,
  );
  return { spectrum, mean, peaks: spectrum.density.map((row) => peakFrequency(spectrum.frequencies, row)) };
}

/** Mean over regions, the band that holds four fifths of them, and single regions; both axes logarithmic. */
export function spectrumFigure(
  signals: Signals,
  { spectrum, mean, peaks }: SpectrumDigest,
  variable: string,
  unit: string,
): Figure {
  const { frequencies, density } = spectrum;
  // Bin 0 holds what is left of the mean, and has no place on a logarithmic axis.
  const bins = thinBins(frequencies.length);
  const at = (values: Float64Array) => pack(bins.map((k) => positive(values[k])));
  const x = pack(bins.map((k) => frequencies[k] ?? NaN));
  const across = (q: number) =>
    pack(
      bins.map((k) =>
        positive(
          quantile(
            density.map((row) => row[k] ?? 0),
            q,
          ),
        ),
      ),
    );
  const squared = unit === "1" ? "1" : `(${showUnit(unit)})²`;
  const peak = peakFrequency(frequencies, mean);
  const known = peaks.filter((hz): hz is number => hz !== undefined);
  const most = mean.reduce((a, b) => Math.max(a, b), 0);
  const lowest = bins.reduce((least, k) => Math.min(least, positive(mean[k]) || Infinity), Infinity);
  const nyquist = frequencies.at(-1) ?? 1;
  const highestShown = Math.min(nyquist, 250);
  const single = { type: "scatter", mode: "lines", line: { width: 0.8, color: "rgba(107,118,132,0.55)" } };
  const shown = shownRegions(signals);
  return {
    alt: `Power spectrum of ${variable}: mean over regions, and spread`,
    caption: html`Power spectral density of ${variable} (Welch: Hann window, segments of
    ${showTime(spectrum.segmentSamples * signals.periodMs)}, half overlapping, ${showCount(spectrum.segments)}
    ${spectrum.segments === 1 ? "segment, so a single periodogram" : "segments"}; bins of ${show(frequencies[1], 3)}
    Hz). Blue: mean over regions; band: 10th to 90th percentile of regions; grey: the regions of the figure above.
    ${peak === undefined ? "There is no power above 0 Hz." : `The mean peaks at ${show(peak, 3)} Hz; regions at ${show(quantile(known, 0), 3)} to ${show(quantile(known, 1), 3)} Hz.`}`,
    height: 430,
    data: [
      ...shown.map((region) => ({
        ...single,
        x,
        y: at(density[region] ?? new Float64Array()),
        name: plotText(signals.regions[region] ?? ""),
        hovertemplate: "%{x:.3~g} Hz: %{y:.3~e}",
      })),
      { type: "scatter", mode: "lines", x, y: across(0.1), line: { width: 0 }, hoverinfo: "skip" },
      {
        type: "scatter",
        mode: "lines",
        x,
        y: across(0.9),
        line: { width: 0 },
        fill: "tonexty",
        fillcolor: "rgba(0,114,178,0.18)",
        hoverinfo: "skip",
      },
      {
        type: "scatter",
        mode: "lines",
        x,
        y: at(mean),
        name: "mean",
        line: { width: 2.2, color: colours.blue },
        hovertemplate: "%{x:.3~g} Hz: %{y:.3~e}",
      },
    ],
    layout: layout({
      margin: { l: 74, r: 16, t: 10, b: 48 },
      xaxis: axis("frequency (Hz)", {
        type: "log",
        range: [Math.log10(frequencies[1] ?? 1), Math.log10(highestShown)],
        dtick: nyquist / (frequencies[1] ?? 1) > 30 ? 1 : "D2",
      }),
      yaxis: axis(`power density (${squared === "1" ? "1/Hz" : `${squared}/Hz`})`, {
        type: "log",
        // Below a trillionth of the peak lies rounding, not signal.
        ...(most > 0
          ? { range: [Math.max(Math.log10(lowest) - 0.3, Math.log10(most) - 12), Math.log10(most) + 1] }
          : {}),
        dtick: Math.max(1, Math.ceil(Math.min(12, Math.log10(most / lowest) || 1) / 7)),
      }),
    }),
  };
}

const positive = (value: number | undefined): number => (value !== undefined && value > 0 ? value : NaN);

/** All of the first 400 bins, then evenly on the logarithmic axis. */
function thinBins(count: number): number[] {
  const bins: number[] = [];
  for (let k = 1; k < count; k = Math.max(k + 1, Math.floor(k * 1.004))) bins.push(k);
  return bins;
}

import { peakFrequency, powerSpectrum, type PowerSpectrum } from "../analysis/spectrum.js";
import type { Signals } from "../analysis/signals.js";
import { quantile } from "../analysis/summary.js";
import { axis, colours, decadeTicks, layout, logAxisTicks, pack, type Figure, type JsonObject } from "./figure.js";
import { html, plotText, type Html } from "./html.js";
import { show, showCount, showTime, showUnit } from "./numbers.js";
import type { Noun } from "./recording-words.js";
import { shownRegions } from "./traces-figure.js";

/**
 * Segments of at least two seconds, for bins of half a hertz, where the recording allows seven of them; a power of two,
 * for speed.
 */
export function segmentFor(samples: number, periodMs: number): number {
  const wanted = 2 ** Math.ceil(Math.log2(Math.max(256, 2000 / periodMs)));
  const allowed = 2 ** Math.floor(Math.log2(Math.max(2, samples / 4)));
  return Math.max(Math.min(wanted, allowed), Math.min(16, samples));
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

/** Above it most readers have nothing to look for; zooming out shows the rest. */
const highestHz = 250;

/** Mean over regions, the band that holds four fifths of them, and single regions; both axes logarithmic. */
export function spectrumFigure(
  signals: Signals,
  digest: SpectrumDigest,
  variable: string,
  unit: string,
  noun: Noun = "region",
  also: readonly string[] = [],
): Figure {
  const { spectrum, mean } = digest;
  const { frequencies, density } = spectrum;
  const groups = groupBins(frequencies.length);
  const line = (values: Float64Array) => groups.map(([start, end]) => positive(average(values, start, end)));
  const x = pack(groups.map(([start, end]) => average(frequencies, start, end)));
  const rows = density.map(line);
  const across = (q: number) =>
    pack(
      groups.map((_, k) =>
        quantile(
          rows.map((row) => row[k] ?? NaN).filter((v) => !Number.isNaN(v)),
          q,
        ),
      ),
    );
  const top = Math.min(frequencies.at(-1) ?? 1, highestHz);
  const inView = line(mean).filter((v, k) => v > 0 && (frequencies[groups[k]?.[0] ?? 0] ?? 0) <= top);
  const [low, high] = [Math.log10(Math.min(...inView)), Math.log10(Math.max(...inView))];
  // Below a trillionth of the peak lies rounding, not signal.
  const range = inView.length === 0 ? [-1, 1] : [Math.max(low - 0.5, high - 12), high + 0.7];
  const bottom = frequencies[1] ?? 1;
  const one = density.length === 1;
  const lines = { type: "scatter", mode: "lines", x };
  const hover = { hovertemplate: "%{x:.3~g} Hz: %{y:.3~e}" };
  return {
    kind: "spectrum",
    alt: `Power spectrum of ${variable}${one ? "" : `: mean over ${noun}s, and spread`}`,
    caption: caption(signals, digest, variable, noun),
    height: 430,
    data: [
      ...(one ? [] : spread()),
      {
        ...lines,
        ...hover,
        y: pack(line(mean)),
        name: one ? plotText(signals.regions[0] ?? "") : "mean",
        line: { width: 2.2, color: colours.blue },
      },
    ],
    layout: layout({
      margin: { l: 74, r: 16, t: 10, b: 48 },
      xaxis: axis("frequency (Hz)", {
        type: "log",
        range: [Math.log10(bottom), Math.log10(top)],
        ...logAxisTicks(bottom, frequencies.at(-1) ?? 1),
      }),
      yaxis: axis(`power density (${densityUnit(unit)})`, {
        type: "log",
        range,
        ...decadeTicks(range[0] ?? 0, range[1] ?? 1),
      }),
    }),
  };

  /** Single regions, and the band that holds most of them. */
  function spread(): JsonObject[] {
    return [
      ...shownRegions(signals, undefined, also).map((region) => ({
        ...lines,
        ...hover,
        y: pack(rows[region] ?? []),
        name: plotText(signals.regions[region] ?? ""),
        line: { width: 0.7, color: "rgba(91,102,117,0.38)" },
      })),
      { ...lines, y: across(0.1), line: { width: 0 }, hoverinfo: "skip" },
      {
        ...lines,
        y: across(0.9),
        line: { width: 0 },
        fill: "tonexty",
        fillcolor: "rgba(0,114,178,0.2)",
        hoverinfo: "skip",
      },
    ];
  }
}

function caption(signals: Signals, { spectrum, mean, peaks }: SpectrumDigest, variable: string, noun: Noun): Html {
  const { frequencies, density, segments, segmentSamples } = spectrum;
  const peak = peakFrequency(frequencies, mean);
  const known = peaks.filter((hz): hz is number => hz !== undefined);
  const found =
    peak === undefined
      ? "There is no power above 0 Hz."
      : density.length === 1
        ? `It peaks at ${show(peak, 3)} Hz.`
        : `The mean peaks at ${show(peak, 3)} Hz; single ${noun}s at ${show(quantile(known, 0), 3)} to ${show(quantile(known, 1), 3)} Hz.`;
  const lines =
    density.length === 1
      ? ""
      : `Blue: mean over ${noun}s; band: 10th to 90th percentile of ${noun}s; grey: ${noun === "sensor" ? "some of them" : `the ${noun}s of the time series above`}. `;
  const joined =
    frequencies.length > fineBins ? ` Beyond ${show(frequencies[fineBins], 3)} Hz neighbouring bins are averaged.` : "";
  return html`Power spectral density of ${variable} by Welch's method (Hann window, ${showCount(segments)}
  ${segments === 1 ? "segment" : "half-overlapping segments"} of ${showTime(segmentSamples * signals.periodMs)}, bins of
  ${show(frequencies[1], 3)} Hz). ${lines}${found}${joined}`;
}

const densityUnit = (unit: string): string =>
  unit === "1" || unit === "" ? "1/Hz" : `${/^\w+$/.test(unit) ? unit : `(${showUnit(unit)})`}²/Hz`;

const positive = (value: number): number => (value > 0 ? value : NaN);

const average = (values: Float64Array, start: number, end: number): number =>
  values.subarray(start, end).reduce((sum, v) => sum + v, 0) / (end - start);

/** Bins drawn one by one; the rest in groups, even on the logarithmic axis. */
const fineBins = 1200;

/** [start, end) of what one point stands for. Bin 0 is left out: it has no place on a logarithmic axis. */
function groupBins(count: number): (readonly [number, number])[] {
  const groups: (readonly [number, number])[] = [];
  for (let k = 1; k < count;) {
    const end = Math.min(count, k < fineBins ? k + 1 : Math.floor(k * 1.02));
    groups.push([k, end]);
    k = end;
  }
  return groups;
}

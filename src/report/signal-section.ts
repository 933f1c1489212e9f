import {
  functionalConnectivity,
  upperTriangle,
  type FunctionalConnectivity,
} from "../analysis/functional-connectivity.js";
import { regionsWith, signalsOf, type Signals } from "../analysis/signals.js";
import { peakFrequency } from "../analysis/spectrum.js";
import { quantile, summariseRegions } from "../analysis/summary.js";
import type { Connectome } from "../core/connectome.js";
import type { Recording } from "../engine/setup.js";
import { carpetFigure } from "./carpet-figure.js";
import { note } from "./connectome-section.js";
import { strongest } from "./stimulus-section.js";
import { boldText } from "./bold-section.js";
import { coursesOf } from "./courses.js";
import { correlationFigure, correlationStructureFigure } from "./correlation-figures.js";
import { html, type Html } from "./html.js";
import { startMs, type ReportInput } from "./input.js";
import { counted, show, showCount, showTime, withUnit } from "./numbers.js";
import type { Plates } from "./page.js";
import { nounOf, sensorText, shownName, type Noun } from "./recording-words.js";
import { digestSpectrum, spectrumFigure, type SpectrumDigest } from "./spectrum-figure.js";
import { table } from "./tables.js";
import { tracesFigure } from "./traces-figure.js";

/** One variable of one recording, ready to be shown. */
export interface Shown {
  readonly recording: Recording;
  readonly variable: string;
  readonly unit: string;
  readonly signals: Signals;
  /** Samples before the first value that is not finite. */
  readonly samples: number;
  readonly warnings: readonly string[];
  /** Each is worked out when first asked for. */
  readonly digest: () => SpectrumDigest;
  readonly correlation: () => FunctionalConnectivity;
}

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

/** Takes a variable of a recording up to its first value that is not finite, and says so. */
export function prepare(recording: Recording, variable: string): Shown {
  const at = recording.variables.indexOf(variable);
  const total = recording.time.length;
  const present = regionsWith(recording, variable);
  const samples = present.length === 0 ? 0 : finiteRows(recording, at, present);
  const signals = signalsOf({ ...recording, periodMs: samplingPeriod(recording) }, variable, samples);
  const warnings: string[] = [];
  if (present.length < recording.regions.length)
    warnings.push(
      `${counted(present.length, "region")} of ${recording.regions.length} ${present.length === 1 ? "has" : "have"} this variable: only ${present.length === 1 ? "it is" : "they are"} shown and analysed.`,
    );
  if (samples < total)
    warnings.push(
      `Sample ${samples} (t = ${showTime(recording.time[samples] ?? NaN)}) is the first that is not finite: only what lies before it is shown and analysed.`,
    );
  return {
    recording,
    variable,
    unit: recording.units[at] ?? "1",
    signals,
    samples,
    warnings,
    digest: once(() => digestSpectrum(signals)),
    correlation: once(() => functionalConnectivity(signals)),
  };
}

/** ms between rows as they are stamped: `periodMs` of monitors that see every step need not say it. */
function samplingPeriod({ time, periodMs }: Recording): number {
  const last = time.length - 1;
  const measured = last > 0 ? ((time[last] ?? NaN) - (time[0] ?? NaN)) / last : periodMs;
  return measured > 0 ? measured : 1;
}

function finiteRows({ data, time }: Recording, variable: number, regions: readonly number[]): number {
  const [strideTime = 0, strideVariable = 0, strideRegion = 0] = data.stride;
  for (let t = 0; t < time.length; t++)
    for (const k of regions)
      if (
        !Number.isFinite(data.data[data.offset + t * strideTime + variable * strideVariable + k * strideRegion] ?? NaN)
      )
        return t;
  return time.length;
}

/** What surrounds a recording: the run it belongs to. */
export type Surroundings = Pick<
  ReportInput,
  "connectome" | "recordings" | "stimuli" | "start" | "dtMs" | "transientSteps" | "monitorDetails"
>;

export function signalSection(shown: Shown, run: Surroundings, plates: Plates): Html {
  const { recording, signals, unit, samples } = shown;
  const { connectome } = run;
  const details = run.monitorDetails?.[recording.name] ?? {};
  const noun = nounOf(recording, connectome);
  const bold = recording.monitor === "bold";
  const variable = shownName(recording, shown.variable);
  const every = showTime(signals.periodMs);
  const remark = bold
    ? `This is the connectivity of simulated BOLD, one image every ${every}.`
    : noun === "region" && run.recordings.some(({ monitor }) => monitor === "bold")
      ? `This is the connectivity of the activity itself, every ${every}; that of BOLD is shown with its recording.`
      : "";
  const made = html`${bold ? boldText(recording, details, plates) : ""}${sensorText(recording, details)}`;
  if (samples < 8)
    return html`${made}${note([...shown.warnings, `${counted(samples, "sample")} ${samples === 1 ? "is" : "are"} too few for pictures.`])}`;
  const { time } = recording;
  const name = withUnit(variable, unit);
  const digest = shown.digest();
  const also = [...new Set((run.stimuli ?? []).flatMap((one) => strongest(one, connectome) ?? []))]
    .filter((label) => signals.regions.includes(label))
    .slice(0, 3);
  const common = { signals, also, time, variable, unit, noun, seconds: bold };
  const from = startMs(run);
  const recorded = from + (run.dtMs ?? 0) * (run.transientSteps ?? 0);
  const [first, last] = [time[0] ?? 0, time[samples - 1] ?? 0];
  // A long transient would leave little room for what was recorded.
  const transient = recorded > from && (recorded - from) * 2 <= last - first ? ([from, recorded] as const) : undefined;
  const coursesIn = (start: number) =>
    run.dtMs === undefined ? [] : coursesOf(run.stimuli ?? [], start, Math.max(last, start), run.dtMs);
  const peak = peakFrequency(digest.spectrum.frequencies, digest.mean);
  const detail = detailSamples(samples, signals.periodMs, peak);
  const fc = signals.regions.length > 1 ? shown.correlation() : undefined;
  const still = shown.correlation().constant;
  const constant =
    still.length > 0
      ? [
          `${counted(still.length, noun)} never ${still.length === 1 ? "changes" : "change"}: ${still.slice(0, 10).join(", ")}${still.length > 10 ? ", …" : ""}.`,
        ]
      : [];
  return html`${made}${note([...shown.warnings, ...constant])}
  ${plates.figure(tracesFigure({ ...common, from: 0, to: samples, intro: html`${name}, the whole recording.`, courses: coursesIn(transient ? from : Math.min(recorded, first)), transient }))}
  ${detail < samples ? plates.figure(tracesFigure({ ...common, from: samples - detail, to: samples, intro: html`The last ${showTime(detail * signals.periodMs)} of the same.`, courses: coursesIn(time[samples - detail] ?? 0) })) : ""}
  ${signals.regions.length > 1 ? plates.figure(carpetFigure({ ...common, from: 0, to: samples })) : ""}
  ${peak === undefined ? "" : plates.figure(spectrumFigure(signals, digest, variable, unit, noun, also))}
  ${fc ? correlations(fc, variable, noun, remark, connectome, plates) : ""}
  ${regionTable(shown, variable, noun, digest.peaks, plates)}`;
}

/** Pictures where there is more than a few numbers to see. */
function correlations(
  fc: FunctionalConnectivity,
  variable: string,
  noun: Noun,
  remark: string,
  connectome: Connectome,
  plates: Plates,
): Html | "" {
  const known = upperTriangle(fc.matrix, fc.regions.length);
  if (known.length === 0) return "";
  if (fc.regions.length === 2)
    return html`<p>
      Pearson's r between the two ${noun}s at zero lag, over ${showCount(fc.samples)} samples: ${show(known[0], 3)}.
    </p>`;
  return html`<div class="pair">
    ${plates.figure(correlationFigure(fc, variable, noun, remark))}${known.length > 2 ? plates.figure(correlationStructureFigure(fc, connectome, noun)) : ""}
  </div>`;
}

/** About twenty cycles of the main rhythm, when that is a small part of the recording; else all of it. */
export function detailSamples(samples: number, periodMs: number, peakHz: number | undefined): number {
  if (peakHz === undefined) return samples;
  const wanted = Math.max(200, Math.round((20 * 1000) / peakHz / periodMs));
  return wanted * 3 <= samples ? wanted : samples > 6000 ? Math.round(samples / 6) : samples;
}

function regionTable(
  { signals, unit }: Shown,
  variable: string,
  noun: Noun,
  peaks: readonly (number | undefined)[],
  plates: Plates,
): Html {
  const rows = summariseRegions(signals).map(({ region, mean, std, min, max }, k) => [
    region,
    show(mean),
    show(std),
    show(min),
    show(max),
    show(peaks[k], 3),
  ]);
  const numeric = ["mean", "std", "min", "max", "peak (Hz)"].map((title) => ({ title, numeric: true }));
  return html`<details>
    <summary>Numbers of ${rows.length === 1 ? `the ${noun}` : `all ${counted(rows.length, noun)}`}</summary>
    ${table(plates, html`${withUnit(variable, unit)} by ${noun}.`, [{ title: noun }, ...numeric], rows)}
  </details>`;
}

/** One row per variable of every recording: the numbers to compare runs by. */
export function numbersTable(all: readonly Shown[], plates: Plates): Html {
  const rows = all.map(({ recording, variable, unit, signals, samples, digest, correlation }) => {
    if (samples < 2)
      return [`${recording.name}: ${withUnit(variable, unit)}`, showCount(samples), ...new Array<string>(7).fill("–")];
    const regions = summariseRegions(signals);
    const across = (key: "mean" | "std") => regions.reduce((sum, row) => sum + row[key], 0) / regions.length;
    const peaks = samples < 8 ? [] : digest().peaks.filter((hz) => hz !== undefined);
    const r =
      signals.regions.length > 1 ? upperTriangle(correlation().matrix, signals.regions.length) : new Float64Array();
    return [
      `${recording.name}: ${withUnit(variable, unit)}`,
      showCount(samples),
      showTime(signals.periodMs),
      show(across("mean")),
      show(across("std")),
      show(Math.min(...regions.map(({ min }) => min))),
      show(Math.max(...regions.map(({ max }) => max))),
      show(quantile(peaks, 0.5), 3),
      r.length === 0 ? "–" : show(r.reduce((a, b) => a + b, 0) / r.length, 2),
    ];
  });
  const numeric = ["samples", "every", "mean", "std in time", "min", "max", "peak (Hz)", "mean r"].map((title) => ({
    title,
    numeric: true,
  }));
  return table(
    plates,
    html`All recordings. Mean and standard deviation are means over regions, peak is the median over regions, r the mean
    over pairs of regions.`,
    [{ title: "recording: variable" }, ...numeric],
    rows,
  );
}

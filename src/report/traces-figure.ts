import type { Signals } from "../analysis/signals.js";
import { quantile, summariseRegions } from "../analysis/summary.js";
import type { Course } from "./courses.js";
import { courseStrips } from "./course-strips.js";
import { minMaxSamples, spread } from "./decimate.js";
import { axis, band, colours, layout, pack, type Figure } from "./figure.js";
import { html, plotText, type Html } from "./html.js";
import { counted, show, showTime, showUnit, withUnit } from "./numbers.js";
import type { Noun } from "./recording-words.js";

/** Lines that can be told apart in one picture. */
const mostTraces = 10;
/** Sensors are looked at together, as on a screen of an EEG. */
const mostSensors = 40;
/** Two points per bucket: about as many as a wide screen has columns. */
const mostBuckets = 900;

/** Regions to show: evenly through the order by standard deviation, so both the liveliest and the quietest are there. */
export function shownRegions(signals: Signals, wanted = mostTraces, also: readonly string[] = []): number[] {
  const spreads = summariseRegions(signals).map(({ std }) => std);
  const order = [...spreads.keys()].sort((a, b) => (spreads[a] ?? 0) - (spreads[b] ?? 0) || a - b);
  const must = also.map((label) => signals.regions.indexOf(label)).filter((k) => k >= 0);
  const others = order.filter((k) => !must.includes(k));
  return [...must, ...spread(others.length, wanted - must.length).map((k) => others[k] ?? 0)].sort((a, b) => a - b);
}

export interface TracesPicture {
  readonly signals: Signals;
  /** ms, one per sample */
  readonly time: Float64Array;
  readonly variable: string;
  readonly unit: string;
  /** First and last sample + 1. */
  readonly from: number;
  readonly to: number;
  readonly intro: Html;
  readonly noun?: Noun;
  /** Stimuli over the same time, drawn above. */
  readonly courses?: readonly Course[];
  /** ms: start and end of what was simulated before and not recorded; shown as an empty stretch. */
  readonly transient?: readonly [number, number] | undefined;
  /** Labels that are shown whatever their standard deviation. */
  readonly also?: readonly string[];
  /** Time in s however short the recording. */
  readonly seconds?: boolean;
}

/**
 * Lines under one another on one scale, as in an EEG: distances are the same for all, means are taken off. A single one
 * has an axis of its values.
 */
export function tracesFigure(picture: TracesPicture): Figure {
  const {
    signals,
    time,
    variable,
    unit,
    from,
    to,
    intro,
    noun = "region",
    courses = [],
    transient,
    also = [],
  } = picture;
  const stacked = noun === "sensor";
  const regions = stacked ? spread(signals.regions.length, mostSensors) : shownRegions(signals, mostTraces, also);
  const buckets = regions.length > 2 * mostTraces ? mostBuckets / 2 : mostBuckets;
  const count = regions.length;
  const single = count === 1;
  const parts = regions.map((region) => (signals.series[region] ?? new Float64Array()).subarray(from, to));
  const means = parts.map((values) => values.reduce((sum, v) => sum + v, 0) / (values.length || 1));
  // The widest line, but for the rare extremes, spans 1.4 divisions.
  const widest = Math.max(...parts.map(span));
  const division = niceAbove(widest / 1.4) || 1;
  const last = (time[to - 1] ?? 0) - (time[from] ?? 0);
  const perUnit = picture.seconds === true || (time[to - 1] ?? 0) >= 2000 ? 1000 : 1;
  const few = to - from <= 150;
  const text = unit === "1" ? "" : ` ${showUnit(unit)}`;
  const data = parts.map((values, k) => {
    const picked = minMaxSamples(values, buckets);
    const y = Array.from(picked, (at) =>
      single ? (values[at] ?? NaN) : ((values[at] ?? NaN) - (means[k] ?? 0)) / division - k,
    );
    return {
      type: "scatter",
      mode: few ? "lines+markers" : "lines",
      ...(few ? { marker: { size: 3 } } : {}),
      x: pack(Array.from(picked, (at) => (time[from + at] ?? NaN) / perUnit)),
      y: pack(y, single ? "f8" : "f4"),
      customdata: pack(Array.from(picked, (at) => values[at] ?? NaN)),
      name: plotText(signals.regions[regions[k] ?? 0] ?? ""),
      line: { width: 1, color: k % 2 === 0 ? colours.blue : "#37424f", simplify: false },
      hovertemplate: `%{x:.6~g} ${perUnit === 1000 ? "s" : "ms"}: %{customdata:.5~g}${text}`,
    };
  });
  const thinned = to - from > 2 * buckets + 2;
  const body = 90 + (count > 16 ? 22 : 38) * Math.max(4, count);
  const strips = courseStrips(courses, perUnit, body);
  return {
    kind: to - from < (signals.series[0]?.length ?? 0) ? "detail" : "traces",
    alt: `${variable} of ${counted(count, noun)} over time`,
    caption: html`${intro}
    ${
      single
        ? ""
        : `${count < signals.regions.length ? `${count} of ${signals.regions.length} ${noun}s, ${also.length > 0 && !stacked ? `${also.join(", ")} for ${also.length === 1 ? "it gets a stimulus" : "they get stimuli"}, the others ` : ""}chosen evenly through their order${stacked ? "" : " by standard deviation"}` : `All ${noun}s`}; one scale for all, the distance between two lines is ${show(division)}${text}, each line's mean is taken off.`
    }
    ${strips.caption}
    ${transient ? `Grey: the transient, ${showTime(transient[1] - transient[0])} that were not recorded.` : ""}
    ${thinned ? `Drawn through the smallest and the largest sample of every ${showTime(last / buckets)}, so no peak is lost.` : "Every sample is drawn."}`,
    height: body + strips.height,
    data: [...data, ...strips.data],
    layout: layout({
      margin: { l: 80, r: 16, t: 8, b: 46 },
      xaxis: axis(`time (${perUnit === 1000 ? "s" : "ms"})`, {
        showgrid: true,
        ...(transient ? { range: [transient[0] / perUnit, (time[to - 1] ?? 0) / perUnit] } : {}),
      }),
      ...strips.axes,
      shapes: [
        ...(transient ? [band(transient[0] / perUnit, transient[1] / perUnit, "rgba(91,102,117,0.13)")] : []),
        ...strips.shapes,
      ],
      yaxis: single
        ? axis(withUnit(plotText(variable), unit), { domain: [0, strips.below] })
        : axis("", {
            domain: [0, strips.below],
            tickvals: regions.map((_, k) => -k),
            ticktext: regions.map((region) => plotText(signals.regions[region] ?? "")),
            range: [-count + 0.1, 0.9],
            showline: false,
            ticks: "",
            gridcolor: "#f1f3f5",
          }),
    }),
  };
}

/** Without the rare extremes, unless all but they is flat: then they are what there is to see, such as a way to rest. */
function span(values: Float64Array): number {
  const usual = quantile(values, 0.995) - quantile(values, 0.005);
  const whole = quantile(values, 1) - quantile(values, 0);
  return usual * 20 < whole ? whole : usual;
}

/** The next of 1, 2, 5 × 10^k. */
function niceAbove(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((step) => step * power >= value * (1 - 1e-9)) ?? 10) * power;
}

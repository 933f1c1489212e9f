import type { Html } from "./html.js";

/** A trace, layout or part of one, in Plotly's JSON. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface Figure {
  /** One word for scripts that look for it in the page. */
  readonly kind: string;
  /** What is seen, for readers that do not see it. */
  readonly alt: string;
  readonly caption: Html;
  readonly data: readonly JsonObject[];
  readonly layout: JsonObject;
  /** px */
  readonly height: number;
  /** Left out of prints: pictures that need a graphics card. */
  readonly screenOnly?: boolean;
}

export const ink = { text: "#1c2430", soft: "#5b6675", line: "#d5dae1", paper: "#ffffff", empty: "#e9ebee" } as const;

/** Okabe and Ito's colours, told apart by colour-blind readers too. */
export const colours = {
  blue: "#0072b2",
  orange: "#d55e00",
  green: "#009e73",
  purple: "#7b5ea7",
  grey: "#6b7684",
} as const;

/** ColorBrewer's RdBu, blue for negative, for maps centred at 0. */
export const diverging: readonly (readonly [number, string])[] = (
  [
    "#053061",
    "#2166ac",
    "#4393c3",
    "#92c5de",
    "#d1e5f0",
    "#f7f7f7",
    "#fddbc7",
    "#f4a582",
    "#d6604d",
    "#b2182b",
    "#67001f",
  ] as const
).map((colour, k) => [k / 10, colour]);

/** One hue from light to dark, for counts: white stays "none". */
export const counting: readonly (readonly [number, string])[] = [
  [0, "#c3d9ea"],
  [0.4, "#5b9bc8"],
  [1, "#08306b"],
];

export const font = {
  family: '"Helvetica Neue", Arial, "Liberation Sans", sans-serif',
  size: 12,
  color: ink.text,
} as const;

/** Numbers as Plotly's packed form: a third of the size of text, read without parsing. */
export function pack(values: ArrayLike<number>, kind: "f4" | "f8" = "f4", shape?: readonly number[]): JsonObject {
  const typed = kind === "f4" ? Float32Array.from(values) : Float64Array.from(values);
  const bdata = Buffer.from(typed.buffer, typed.byteOffset, typed.byteLength).toString("base64");
  return { dtype: kind, bdata, ...(shape ? { shape: shape.join(", ") } : {}) };
}

/** An axis in the house style; `title` carries the unit. */
export const axis = (title: string, more: JsonObject = {}): JsonObject => ({
  title: { text: title, standoff: 8, font: { size: 12, color: ink.soft } },
  showline: true,
  linecolor: ink.soft,
  linewidth: 1,
  ticks: "outside",
  ticklen: 4,
  tickcolor: ink.soft,
  tickfont: { size: 11 },
  gridcolor: "#eceff3",
  zeroline: false,
  automargin: true,
  exponentformat: "power",
  ...more,
});

export const layout = (more: JsonObject): JsonObject => ({
  font,
  paper_bgcolor: ink.paper,
  plot_bgcolor: ink.paper,
  margin: { l: 60, r: 16, t: 16, b: 48 },
  showlegend: false,
  hovermode: "closest",
  hoverlabel: { bgcolor: ink.paper, bordercolor: ink.line, font: { ...font } },
  dragmode: "zoom",
  ...more,
});

export const colourBar = (title: string, more: JsonObject = {}): JsonObject => ({
  title: { text: title, side: "right", font: { size: 11, color: ink.soft } },
  thickness: 10,
  outlinewidth: 0,
  len: 1,
  ticks: "outside",
  ticklen: 3,
  tickfont: { size: 11 },
  exponentformat: "power",
  ...more,
});

/** Ticks of a logarithmic scale that is held as log10: whole powers of ten between two values, 6 at most. */
export function powerTicks(low: number, high: number): JsonObject {
  const first = Math.ceil(low - 1e-9);
  const last = Math.floor(high + 1e-9);
  if (last - first < 1) {
    const values = [low, (low + high) / 2, high];
    return { tickvals: values, ticktext: values.map((v) => (10 ** v).toPrecision(2)) };
  }
  const step = Math.max(1, Math.ceil((last - first) / 5));
  const values = Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, k) => first + k * step);
  return { tickvals: values, ticktext: values.map((v) => (v === 0 ? "1" : v === 1 ? "10" : `10<sup>${v}</sup>`)) };
}

/** Equal bins from the smallest to the largest value, as [edges, counts]. */
export function histogram(values: ArrayLike<number>, bins: number, range?: readonly [number, number]) {
  let [low, high] = range ?? [Infinity, -Infinity];
  if (!range)
    for (let k = 0; k < values.length; k++) {
      low = Math.min(low, values[k] ?? NaN);
      high = Math.max(high, values[k] ?? NaN);
    }
  if (high === low) high = low + (Math.abs(low) || 1) * 1e-6;
  const counts = new Float64Array(bins);
  for (let k = 0; k < values.length; k++) {
    const bin = Math.min(bins - 1, Math.floor((((values[k] ?? NaN) - low) / (high - low)) * bins));
    if (bin >= 0) counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const width = (high - low) / bins;
  return { centres: Float64Array.from({ length: bins }, (_, k) => low + (k + 0.5) * width), counts, width };
}

/** Ticks at 1, 2, 5 × 10^k between two values of a logarithmic axis, fewer when the axis is long. */
export function logAxisTicks(low: number, high: number): JsonObject {
  const steps = Math.log10(high / low) > 4 ? [1] : Math.log10(high / low) > 2.8 ? [1, 3] : [1, 2, 5];
  const values: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++)
    for (const step of steps) {
      const value = Number(`${step}e${power}`);
      if (value >= low * 0.999 && value <= high * 1.001) values.push(value);
    }
  return { tickvals: values, ticktext: values.map(String) };
}

/** Ticks at powers of ten of a logarithmic axis that spans [10^low, 10^high]. */
export function decadeTicks(low: number, high: number): JsonObject {
  const { tickvals, ticktext } = powerTicks(low, high);
  return { tickvals: Array.isArray(tickvals) ? tickvals.map((power) => 10 ** Number(power)) : [], ticktext };
}

/** A stretch of time behind a picture. */
export const band = (from: number, to: number, fillcolor: string): JsonObject => ({
  type: "rect",
  xref: "x",
  yref: "paper",
  x0: from,
  x1: to,
  y0: 0,
  y1: 1,
  line: { width: 0 },
  layer: "below",
  fillcolor,
});

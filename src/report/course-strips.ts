import type { Course } from "./courses.js";
import { minMaxSamples } from "./decimate.js";
import { axis, band, colours, pack, type JsonObject } from "./figure.js";
import { plotText } from "./html.js";

/** px of one strip, and how many there is room for. */
const stripHeight = 44;
const mostStrips = 4;
/** More pulses than these would be a grey wall. */
const mostBands = 60;

/** What a figure of traces needs to have stimuli above it, in the same window of time. */
export interface Strips {
  readonly data: readonly JsonObject[];
  readonly axes: JsonObject;
  readonly shapes: readonly JsonObject[];
  /** px that the figure becomes taller. */
  readonly height: number;
  /** Share of the figure's height that is left for the traces. */
  readonly below: number;
  readonly caption: string;
}

export function courseStrips(courses: readonly Course[], perUnit: number, body: number): Strips {
  const shown = courses.filter(({ active }) => active.length > 0).slice(0, mostStrips);
  if (shown.length === 0) return { data: [], axes: {}, shapes: [], height: 0, below: 1, caption: "" };
  const height = stripHeight * shown.length + 10;
  // Plot area without margins.
  const inner = body + height - 54;
  const share = stripHeight / inner;
  const axes = Object.fromEntries(
    shown.map(({ number, target, values }, k) => {
      const name = `yaxis${k + 2}`;
      const low = values.reduce((a, b) => Math.min(a, b), 0);
      const high = values.reduce((a, b) => Math.max(a, b), 0);
      const pad = 0.08 * (high - low);
      return [
        name,
        axis("", {
          domain: [1 - (k + 1) * share + 0.1 * share, 1 - k * share],
          range: [low - pad, high + pad],
          tickvals: [(low + high) / 2],
          ticktext: [`${number}: ${plotText(target)}`],
          tickfont: { size: 11, color: colours.orange },
          showgrid: false,
          ticks: "",
        }),
      ];
    }),
  );
  const bands = shown.flatMap(({ active }) => active);
  const whole = shown[0]?.time;
  const [start, end] = [whole?.[0] ?? 0, whole?.at(-1) ?? 0];
  const partial = bands.filter(([a, b]) => b - a < 0.9 * (end - start));
  const banded = partial.length > 0 && partial.length <= mostBands;
  return {
    data: shown.map(({ time, values }, k) => {
      const picked = minMaxSamples(values, 600);
      return {
        type: "scatter",
        mode: "lines",
        x: pack(
          Array.from(picked, (at) => (time[at] ?? NaN) / perUnit),
          "f8",
        ),
        y: pack(Array.from(picked, (at) => values[at] ?? NaN)),
        yaxis: `y${k + 2}`,
        line: { width: 1.2, color: colours.orange, simplify: false },
        hovertemplate: `stimulus: %{y:.5~g}<extra></extra>`,
      };
    }),
    axes,
    shapes: banded ? partial.map(([a, b]) => band(a / perUnit, Math.min(b, end) / perUnit, "rgba(213,94,0,0.09)")) : [],
    height,
    below: 1 - shown.length * share - 10 / inner,
    caption: `Above, in orange: the stimuli in the same time, by their numbers in the list${banded ? "; shaded where they act" : ""}.`,
  };
}

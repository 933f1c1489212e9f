import type { Signals } from "../analysis/signals.js";
import { quantile } from "../analysis/summary.js";
import { bucketMeans } from "./decimate.js";
import { axis, colourBar, layout, pack, type Figure } from "./figure.js";
import { html, plotText } from "./html.js";
import { showTime, withUnit } from "./numbers.js";
import type { Noun } from "./recording-words.js";

/** Cells of one carpet: about 0.6 MB in the page. */
const mostCells = 120_000;

export interface CarpetPicture {
  readonly signals: Signals;
  readonly time: Float64Array;
  readonly variable: string;
  readonly unit: string;
  readonly from: number;
  readonly to: number;
  readonly noun?: Noun;
  /** Time in s however short the recording. */
  readonly seconds?: boolean;
}

/** Every region over time, as a map. */
export function carpetFigure({
  signals,
  time,
  variable,
  unit,
  from,
  to,
  noun = "region",
  seconds,
}: CarpetPicture): Figure {
  const count = signals.regions.length;
  const columns = Math.max(120, Math.min(900, Math.floor(mostCells / count)));
  const rows = signals.series.map((values) => bucketMeans(values, columns, from, to));
  const width = rows[0]?.length ?? 0;
  const z = new Float64Array(count * width);
  rows.forEach((row, k) => z.set(row, k * width));
  const [low, high] = [quantile(z, 0.005), quantile(z, 0.995)];
  const [start, end] = [time[from] ?? 0, time[to - 1] ?? 0];
  const perUnit = seconds === true || end >= 2000 ? 1000 : 1;
  const each = (to - from) / (width || 1);
  const step = (end - start) / Math.max(1, to - from - 1);
  const x = Array.from({ length: width }, (_, column) => (start + ((column + 0.5) * each - 0.5) * step) / perUnit);
  return {
    kind: "carpet",
    alt: `${variable} of all ${count} ${noun}s over time, as a colour map`,
    caption: html`${variable} of all ${count} ${noun}s, in ${noun === "region" ? "the connectome's" : "their"} order.
    ${each > 1 ? `Each column is the mean of ${showTime(each * step)}; what is faster is averaged out here.` : "Every sample is a column."}
    Colours span the 0.5th to the 99.5th percentile.`,
    height: Math.min(560, 170 + 4 * count),
    data: [
      {
        type: "heatmap",
        z: pack(z, "f4", [count, width]),
        x: pack(x, "f8"),
        y: signals.regions.map(plotText),
        zmin: low,
        zmax: high > low ? high : low + 1,
        colorscale: "Viridis",
        colorbar: colourBar(withUnit(plotText(variable), unit)),
        hovertemplate: `%{y}, %{x:.6~g} ${perUnit === 1000 ? "s" : "ms"}: %{z:.4~g}<extra></extra>`,
      },
    ],
    layout: layout({
      margin: { l: 80, r: 10, t: 8, b: 46 },
      xaxis: axis(`time (${perUnit === 1000 ? "s" : "ms"})`, { showgrid: false }),
      yaxis: axis(noun, {
        type: "category",
        autorange: "reversed",
        nticks: 20,
        tickfont: { size: 9 },
        showgrid: false,
        ticklen: 2,
      }),
    }),
  };
}

import { spearman } from "../analysis/correlation.js";
import { regionCount, type Connectome } from "../core/connectome.js";
import { axis, colours, counting, histogram, layout, pack, powerTicks, type Figure } from "./figure.js";
import { html, plotText } from "./html.js";
import { matrixFigure } from "./matrix-figure.js";
import { eachWeight, strengths, type ConnectomeFacts } from "./network.js";
import { counted, show, showCount } from "./numbers.js";

export function weightsFigure(connectome: Connectome, facts: ConnectomeFacts): Figure {
  const signed = facts.weights.negative > 0;
  return matrixFigure({
    kind: "weights",
    alt: `Matrix of connection weights between ${counted(facts.regions, "region")}`,
    caption: html`Connection weights w<sub>ij</sub>${signed ? "" : ", logarithmic colours"}. Row i holds what region i
    receives from column j. ${signed ? "" : "Grey cells: no connection."}`,
    matrix: connectome.weights,
    labels: connectome.labels,
    columns: "source region j",
    rows: "target region i",
    colours: "weight",
    value: "weight",
    scale: signed ? "linear" : "log",
  });
}

export function tractsFigure(connectome: Connectome): Figure {
  const lengths = connectome.tractLengths.map((mm, k) => (connectome.weights[k] === 0 ? NaN : mm));
  return matrixFigure({
    kind: "tracts",
    alt: "Matrix of tract lengths",
    caption: html`Tract lengths of the connections, in mm. Grey cells: no connection.`,
    matrix: lengths,
    labels: connectome.labels,
    columns: "source region j",
    rows: "target region i",
    colours: "length (mm)",
    value: "mm",
    scale: "linear",
  });
}

/** Distribution of tract lengths, with weights against lengths below it on the same axis. */
export function lengthsFigure(connectome: Connectome, facts: ConnectomeFacts): Figure {
  const lengths: number[] = [];
  const sizes: number[] = [];
  eachWeight(connectome, (target, source, weight, mm) => {
    if (target === source) return;
    lengths.push(mm);
    sizes.push(Math.abs(weight));
  });
  const bins = histogram(lengths, 40, [0, facts.lengths.max || 1]);
  const rank = lengths.length > 2 ? spearman(lengths, sizes) : NaN;
  const cloud = density(lengths, sizes.map(Math.log10), 48, 36);
  return {
    kind: "lengths",
    alt: "Histogram of tract lengths and cloud of weights against lengths",
    caption: html`Tract lengths of the ${showCount(lengths.length)} connections (top; median
      ${show(facts.lengths.median, 3)} mm, longest ${show(facts.lengths.max, 3)} mm) and their weights (bottom; colour:
      connections per cell). Rank correlation of weight and length: ρ<sub>S</sub> = ${show(rank, 2)}.`,
    height: 470,
    data: [
      {
        type: "bar",
        x: pack(bins.centres),
        y: pack(bins.counts),
        width: bins.width,
        marker: { color: colours.blue },
        yaxis: "y2",
        hovertemplate: "%{x:.0f} mm: %{y} connections<extra></extra>",
      },
      { ...cloud, hovertemplate: "%{x:.0f} mm, weight 10^%{y:.2f}: %{z}<extra></extra>" },
    ],
    layout: layout({
      bargap: 0,
      xaxis: axis("tract length (mm)", { anchor: "y", showgrid: false, rangemode: "tozero" }),
      yaxis: axis("weight", { domain: [0, 0.56], ...powerTicks(cloud.low, cloud.high), showgrid: false }),
      yaxis2: axis("connections", { domain: [0.64, 1], rangemode: "tozero" }),
    }),
  };
}

/** Regions in order of what they receive, with what they send. */
export function strengthFigure(connectome: Connectome): Figure {
  const { received, sent } = strengths(connectome);
  const order = [...connectome.labels.keys()].sort((a, b) => (received[b] ?? 0) - (received[a] ?? 0));
  const names = order.map((k) => plotText(connectome.labels[k] ?? ""));
  const pick = (values: Float64Array) => order.map((k) => values[k] ?? 0);
  const same = received.every((value, k) => Math.abs(value - (sent[k] ?? 0)) <= 1e-9 * Math.abs(value));
  return {
    kind: "strength",
    alt: "Strength of every region, strongest first",
    caption: html`Strength of each region: the sum of the weights it
    receives${same ? " (and sends: the weights are symmetric)" : " (dots) and sends (open circles)"}, self links left
    out.`,
    height: 320,
    data: [
      { type: "bar", x: names, y: pack(pick(received)), width: 0.12, marker: { color: "#9db3c4" }, hoverinfo: "skip" },
      ...(same
        ? []
        : [
            {
              type: "scatter",
              mode: "markers",
              x: names,
              y: pack(pick(sent)),
              name: "sends",
              marker: { symbol: "circle-open", size: 6, color: colours.orange },
              hovertemplate: "%{x} sends %{y:.4g}<extra></extra>",
            },
          ]),
      {
        type: "scatter",
        mode: "markers",
        x: names,
        y: pack(pick(received)),
        name: "receives",
        marker: { size: 6, color: colours.blue },
        hovertemplate: "%{x} receives %{y:.4g}<extra></extra>",
      },
    ],
    layout: layout({
      xaxis: axis(`region, of ${showCount(regionCount(connectome))}`, {
        type: "category",
        nticks: 40,
        tickangle: 90,
        tickfont: { size: 9 },
        showgrid: false,
      }),
      yaxis: axis("strength (sum of weights)", { rangemode: "tozero" }),
    }),
  };
}

/** Counts of points on a grid: a cloud of any number of points that stays small. */
export function density(x: readonly number[], y: readonly number[], columns: number, rows: number) {
  const bounds = (list: readonly number[]): readonly [number, number] =>
    list.length === 0
      ? [0, 1]
      : list.reduce<[number, number]>(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
  const [left, right] = bounds(x);
  const [low, high] = bounds(y);
  const cell = (value: number, from: number, to: number, count: number) =>
    to > from ? Math.min(count - 1, Math.floor(((value - from) / (to - from)) * count)) : 0;
  const counts = new Float64Array(columns * rows);
  x.forEach((value, k) => {
    const at = cell(y[k] ?? 0, low, high, rows) * columns + cell(value, left, right, columns);
    counts[at] = (counts[at] ?? 0) + 1;
  });
  const centres = (from: number, to: number, count: number) =>
    Array.from({ length: count }, (_, k) => from + ((k + 0.5) * (to - from || 1)) / count);
  return {
    low,
    high,
    type: "heatmap",
    x: pack(centres(left, right, columns)),
    y: pack(centres(low, high, rows)),
    z: pack(
      counts.map((n) => n || NaN),
      "f4",
      [rows, columns],
    ),
    colorscale: counting,
    showscale: false,
    hoverongaps: false,
  } as const;
}

import { spearman } from "../analysis/correlation.js";
import { upperTriangle, type FunctionalConnectivity } from "../analysis/functional-connectivity.js";
import { quantile } from "../analysis/summary.js";
import { regionCount, type Connectome } from "../core/connectome.js";
import { density } from "./connectome-figures.js";
import { axis, colours, histogram, layout, pack, powerTicks, type Figure } from "./figure.js";
import { html } from "./html.js";
import { matrixFigure } from "./matrix-figure.js";
import { counted, show, showCount } from "./numbers.js";
import type { Noun } from "./recording-words.js";

export function correlationFigure(
  fc: FunctionalConnectivity,
  variable: string,
  noun: Noun = "region",
  remark = "",
): Figure {
  const constant = fc.constant.length;
  return matrixFigure({
    kind: "correlation",
    alt: `Functional connectivity matrix of ${variable}`,
    caption: html`Functional connectivity: Pearson's r between ${noun}s at zero lag, of
      <span class="code">${variable}</span>, over ${showCount(fc.samples)} samples. ${remark}
      ${constant > 0 ? `Grey: ${counted(constant, noun)} that never ${constant === 1 ? "changes" : "change"}.` : ""}`,
    matrix: fc.matrix,
    labels: fc.regions,
    columns: noun,
    rows: noun,
    colours: "r",
    value: "r =",
    scale: "correlation",
  });
}

/** How correlations are distributed, and how they go with the weights where the recording has the connectome's regions. */
export function correlationStructureFigure(
  fc: FunctionalConnectivity,
  connectome: Connectome,
  noun: Noun = "region",
): Figure {
  const all = upperTriangle(fc.matrix, fc.regions.length);
  const bins = histogram(all, 50, [-1, 1]);
  // A sensor may be called as a region is.
  const pairs = noun === "region" ? connectedPairs(fc, connectome) : { weights: [], correlations: [] };
  const enough = pairs.weights.length > 2;
  const rank = enough ? spearman(pairs.weights, pairs.correlations) : NaN;
  const logs = pairs.weights.map(Math.log10);
  const many = logs.length > 4000;
  const cloud = density(logs, pairs.correlations, 48, 40);
  const unconnected = all.length - logs.length;
  return {
    kind: "correlation-structure",
    alt: "Distribution of correlations, and correlations against connection weights",
    caption: html`Correlations of the ${showCount(all.length)} pairs of ${noun}s (top; median
    ${show(quantile(all, 0.5), 2)}, 5th to 95th percentile ${show(quantile(all, 0.05), 2)} to
    ${show(quantile(all, 0.95), 2)}).
    ${
      enough
        ? html`Bottom: the ${showCount(logs.length)} connected pairs by weight (mean of both directions); ρ<sub>S</sub>
            =
            ${show(rank, 2)}${unconnected > 0 ? `; ${showCount(unconnected)} pairs without a tract are left out` : ""}.`
        : noun === "region"
          ? "Fewer than three of these pairs have a weight."
          : noun === "sensor"
            ? "Sensors that see the same regions correlate for that alone."
            : ""
    }
    Samples follow one another closely and pairs share ${noun}s: no test of significance is implied.`,
    height: 470,
    data: [
      {
        type: "bar",
        x: pack(bins.centres),
        y: pack(bins.counts),
        width: bins.width,
        marker: { color: colours.blue },
        yaxis: "y2",
        xaxis: "x2",
        hovertemplate: "r ≈ %{x:.2f}: %{y} pairs<extra></extra>",
      },
      ...(!enough
        ? []
        : many
          ? [{ ...cloud, hovertemplate: "weight 10^%{x:.2f}, r ≈ %{y:.2f}: %{z} pairs<extra></extra>" }]
          : [
              {
                type: "scatter",
                mode: "markers",
                x: pack(logs),
                y: pack(pairs.correlations),
                customdata: pack(pairs.weights),
                marker: { size: 3.2, color: colours.grey, opacity: 0.45 },
                hovertemplate: "weight %{customdata:.3~g}, r = %{y:.2f}<extra></extra>",
              },
            ]),
    ],
    layout: layout({
      bargap: 0,
      margin: { l: 60, r: 16, t: 10, b: 48 },
      xaxis2: axis("r", {
        domain: [0, 1],
        anchor: "y2",
        range: [-1, 1],
        showgrid: false,
        title: { text: "r", standoff: 2, font: { size: 12 } },
      }),
      yaxis2: axis("pairs", { domain: enough ? [0.68, 1] : [0, 1], anchor: "x2", rangemode: "tozero" }),
      ...(enough
        ? {
            xaxis: axis("weight of the connection", { anchor: "y", ...logTicks(logs), showgrid: false }),
            yaxis: axis("r", { domain: [0, 0.52] }),
          }
        : {}),
    }),
  };
}

function logTicks(logs: readonly number[]) {
  const low = logs.reduce((a, b) => Math.min(a, b), Infinity);
  const high = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  return powerTicks(low, high);
}

/** Pairs of regions with a positive mean weight and a known correlation; none unless all regions are the connectome's. */
export function connectedPairs(
  fc: FunctionalConnectivity,
  connectome: Connectome,
): { readonly weights: number[]; readonly correlations: number[] } {
  const count = regionCount(connectome);
  const weights: number[] = [];
  const correlations: number[] = [];
  const index = new Map(connectome.labels.map((label, k) => [label, k]));
  const places = fc.regions.flatMap((label) => index.get(label) ?? []);
  const size = fc.regions.length;
  for (let a = 0; places.length === size && a < size; a++)
    for (let b = a + 1; b < size; b++) {
      const [i = 0, j = 0] = [places[a], places[b]];
      const weight = ((connectome.weights[i * count + j] ?? 0) + (connectome.weights[j * count + i] ?? 0)) / 2;
      const r = fc.matrix[a * size + b] ?? NaN;
      if (weight > 0 && !Number.isNaN(r)) {
        weights.push(weight);
        correlations.push(r);
      }
    }
  return { weights, correlations };
}

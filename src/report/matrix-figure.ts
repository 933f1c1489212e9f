import { shrinkMatrix } from "./decimate.js";
import { axis, colourBar, diverging, ink, layout, pack, powerTicks, type Figure, type JsonObject } from "./figure.js";
import { html, plotText, type Html } from "./html.js";

export interface MatrixPicture {
  readonly kind: string;
  readonly alt: string;
  readonly caption: Html;
  /** [row, column], row-major; NaN is left white. */
  readonly matrix: Float64Array;
  readonly labels: readonly string[];
  /** Titles of columns and rows, and of the colours. */
  readonly columns: string;
  readonly rows: string;
  readonly colours: string;
  readonly scale: "log" | "linear" | "correlation";
  /** How one cell reads: "%{y} ← %{x}: %{…}". */
  readonly value: string;
  readonly height?: number;
}

/** More cells than this cannot be told apart on a screen. */
const largestSide = 400;

/** A square matrix with labels; region 0 at the top left, as matrices are written. */
export function matrixFigure(picture: MatrixPicture): Figure {
  const { labels, scale } = picture;
  const small = shrinkMatrix(picture.matrix, labels.length, largestSide);
  const names = Array.from({ length: small.count }, (_, k) => {
    const first = labels[k * small.block] ?? "";
    return plotText(
      small.block === 1 ? first : `${first} +${Math.min(small.block, labels.length - k * small.block) - 1}`,
    );
  });
  const z = scale === "log" ? small.matrix.map((value) => (value > 0 ? Math.log10(value) : NaN)) : small.matrix;
  const shape = [small.count, small.count];
  // The weights beside their logarithms double the size of the picture: only where that is little.
  const exact = scale === "log" && small.count <= 200;
  const shown = exact ? "%{customdata:.4g}" : scale === "log" ? "10^%{z:.3f}" : "%{z:.4g}";
  const data: JsonObject = {
    type: "heatmap",
    z: pack(z, "f4", shape),
    x: names,
    y: names,
    ...(exact ? { customdata: pack(small.matrix, "f4", shape) } : {}),
    ...colouring(scale, z, picture.colours),
    hovertemplate: `%{y} ← %{x}<br>${picture.value} ${shown}<extra></extra>`,
    hoverongaps: false,
  };
  const labelled = { type: "category", nticks: 20, tickfont: { size: 9 }, showgrid: false, ticklen: 2 };
  return {
    kind: picture.kind,
    alt: picture.alt,
    caption:
      small.block === 1
        ? picture.caption
        : html`${picture.caption} Drawn as means over blocks of ${small.block} × ${small.block} regions.`,
    height: picture.height ?? 470,
    data: [data],
    layout: layout({
      plot_bgcolor: ink.empty,
      margin: { l: 60, r: 10, t: 10, b: 60 },
      xaxis: axis(picture.columns, { ...labelled, tickangle: 90, constrain: "domain" }),
      yaxis: axis(picture.rows, { ...labelled, autorange: "reversed", scaleanchor: "x", constrain: "domain" }),
    }),
  };
}

function colouring(scale: MatrixPicture["scale"], z: Float64Array, title: string): JsonObject {
  let [low, high] = [Infinity, -Infinity];
  for (const value of z) if (!Number.isNaN(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (low > high) [low, high] = [0, 1];
  if (scale === "correlation")
    return {
      zmin: -1,
      zmax: 1,
      colorscale: diverging,
      colorbar: colourBar(title, { tickvals: [-1, -0.5, 0, 0.5, 1] }),
    };
  if (scale === "linear") return { zmin: low, zmax: high, colorscale: "Cividis", colorbar: colourBar(title) };
  return { zmin: low, zmax: high, colorscale: "Viridis", colorbar: colourBar(title, powerTicks(low, high)) };
}

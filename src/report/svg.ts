import { colours, font, ink } from "./figure.js";
import { escapeHtml } from "./html.js";

/** Charts as SVG text that needs nothing else: for papers, and for pages without scripts. */
export type Point = readonly [number, number];

export type Layer =
  | {
      readonly kind: "line";
      readonly points: readonly Point[];
      readonly colour: string;
      readonly width?: number;
      readonly dash?: string;
      readonly opacity?: number;
    }
  | {
      readonly kind: "marker";
      readonly at: Point;
      readonly shape: Shape;
      readonly colour: string;
      /** Filled with this; default the colour. */
      readonly fill?: string;
      readonly size?: number;
      readonly title?: string;
    }
  | {
      readonly kind: "arrow";
      readonly at: Point;
      /** In px, across and up. */
      readonly by: Point;
      readonly colour: string;
      readonly opacity?: number;
    };

export type Shape = "circle" | "square" | "diamond" | "triangle" | "cross";

export interface Axis {
  readonly label: string;
  readonly range: readonly [number, number];
  /** About how many; as many as fit well by default. */
  readonly ticks?: number;
}

/** A line of the legend: a sample and a word. */
export interface Entry {
  readonly label: string;
  readonly colour: string;
  readonly dash?: string;
  readonly shape?: Shape;
  readonly fill?: string;
}

export interface Chart {
  readonly title: string;
  /** What is seen, for readers that do not see it. */
  readonly about: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly layers: readonly Layer[];
  readonly legend: readonly Entry[];
  /** px */
  readonly width?: number;
  readonly height?: number;
  /** Distinguishes charts in one page. */
  readonly id?: string;
}

const margin = { left: 74, right: 20, top: 40, bottom: 56 };
const legendWidth = 176;

/** px with two digits, so that files stay small. */
const px = (v: number): string => String(Number(v.toFixed(2)));

export function svgChart({
  title,
  about,
  x,
  y,
  layers,
  legend,
  width = 860,
  height = 560,
  id = "plot",
}: Chart): string {
  const right = width - margin.right - (legend.length > 0 ? legendWidth : 0);
  const bottom = height - margin.bottom;
  const along = (v: number) => margin.left + ((v - x.range[0]) / (x.range[1] - x.range[0])) * (right - margin.left);
  const up = (v: number) => bottom - ((v - y.range[0]) / (y.range[1] - y.range[0])) * (bottom - margin.top);
  const frame = `x="${margin.left}" y="${margin.top}" width="${px(right - margin.left)}" height="${px(bottom - margin.top)}"`;
  const inner = layers.map((layer) => draw(layer, along, up)).join("\n");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id}-title ${id}-desc" font-family="${escapeHtml(font.family)}" font-size="12" fill="${ink.text}">
<title id="${id}-title">${escapeHtml(title)}</title>
<desc id="${id}-desc">${escapeHtml(about)}</desc>
<rect width="${width}" height="${height}" fill="${ink.paper}"/>
<clipPath id="${id}-clip"><rect ${frame}/></clipPath>
<text x="${margin.left}" y="24" font-size="14" font-weight="600">${escapeHtml(title)}</text>
${axisTicks(x.range, (right - margin.left) / 90)
  .map(
    (t) =>
      `<path d="M${px(along(t))} ${margin.top}V${px(bottom)}" stroke="#eceff3"/><text x="${px(along(t))}" y="${px(bottom + 18)}" text-anchor="middle" font-size="11">${tickText(t, x.range)}</text>`,
  )
  .join("\n")}
${axisTicks(y.range, y.ticks ?? (bottom - margin.top) / 60)
  .map(
    (t) =>
      `<path d="M${margin.left} ${px(up(t))}H${px(right)}" stroke="#eceff3"/><text x="${margin.left - 8}" y="${px(up(t) + 4)}" text-anchor="end" font-size="11">${tickText(t, y.range)}</text>`,
  )
  .join("\n")}
<text x="${px((margin.left + right) / 2)}" y="${height - 14}" text-anchor="middle" fill="${ink.soft}">${escapeHtml(x.label)}</text>
<text transform="translate(18 ${px((margin.top + bottom) / 2)}) rotate(-90)" text-anchor="middle" fill="${ink.soft}">${escapeHtml(y.label)}</text>
<g clip-path="url(#${id}-clip)" fill="none" stroke-linejoin="round" stroke-linecap="round">
${inner}
</g>
<rect ${frame} fill="none" stroke="${ink.soft}"/>
${legend.map((entry, k) => legendLine(entry, right + 18, margin.top + 10 + 21 * k)).join("\n")}
</svg>
`;
}

type Place = (v: number) => number;

function draw(layer: Layer, along: Place, up: Place): string {
  if (layer.kind === "line") {
    const { points, colour, width = 1.6, dash, opacity } = layer;
    const look = `stroke="${colour}" stroke-width="${width}"${dash ? ` stroke-dasharray="${dash}"` : ""}${opacity === undefined ? "" : ` opacity="${opacity}"`}`;
    const path = pathOf(points, along, up);
    return path === "" ? "" : `<path d="${path}" ${look}/>`;
  }
  const [x, y] = [along(layer.at[0]), up(layer.at[1])];
  if (!Number.isFinite(x) || !Number.isFinite(y)) return "";
  if (layer.kind === "marker") {
    const { shape, colour, fill = colour, size = 5, title } = layer;
    return `<path d="${shapePath(shape, x, y, size)}" stroke="${colour}" stroke-width="1.5" fill="${fill}">${title === undefined ? "" : `<title>${escapeHtml(title)}</title>`}</path>`;
  }
  const { by, colour, opacity = 1 } = layer;
  const length = Math.hypot(...by) || 1;
  const [dx, dy] = [by[0], -by[1]];
  const [ux, uy] = [dx / length, dy / length];
  const [x0, y0, x1, y1] = [x - dx / 2, y - dy / 2, x + dx / 2, y + dy / 2];
  const wing = (side: number) => `${px(x1 - 4 * ux + side * 2 * uy)} ${px(y1 - 4 * uy - side * 2 * ux)}`;
  return `<path d="M${px(x0)} ${px(y0)}L${px(x1)} ${px(y1)}M${wing(1)}L${px(x1)} ${px(y1)}L${wing(-1)}" stroke="${colour}" opacity="${opacity}"/>`;
}

/** A path in px; points nearer than a third of a pixel are left out, gaps stay gaps. */
function pathOf(points: readonly Point[], along: Place, up: Place): string {
  let path = "";
  let last: Point | undefined;
  points.forEach((point, k) => {
    const [x, y] = [along(point[0]), up(point[1])].map((v) => Math.max(-1e5, Math.min(1e5, v))) as unknown as Point;
    if (Number.isNaN(x) || Number.isNaN(y)) {
      last = undefined;
      return;
    }
    if (last && k < points.length - 1 && Math.hypot(x - last[0], y - last[1]) < 0.34) return;
    path += `${last ? "L" : "M"}${px(x)} ${px(y)}`;
    last = [x, y];
  });
  return path;
}

function shapePath(shape: Shape, x: number, y: number, r: number): string {
  const m = (dx: number, dy: number) => `${px(x + dx)} ${px(y + dy)}`;
  if (shape === "circle") return `M${m(-r, 0)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
  if (shape === "square") return `M${m(-r, -r)}L${m(r, -r)}L${m(r, r)}L${m(-r, r)}Z`;
  if (shape === "diamond") return `M${m(0, -1.3 * r)}L${m(1.3 * r, 0)}L${m(0, 1.3 * r)}L${m(-1.3 * r, 0)}Z`;
  if (shape === "triangle") return `M${m(0, -1.2 * r)}L${m(1.15 * r, 0.9 * r)}L${m(-1.15 * r, 0.9 * r)}Z`;
  return `M${m(-r, -r)}L${m(r, r)}M${m(r, -r)}L${m(-r, r)}`;
}

function legendLine({ label, colour, dash, shape, fill }: Entry, x: number, y: number): string {
  const sample =
    shape === undefined
      ? `<path d="M${px(x)} ${px(y)}h22" stroke="${colour}" stroke-width="2.2"${dash ? ` stroke-dasharray="${dash}"` : ""}/>`
      : `<path d="${shapePath(shape, x + 11, y, 5)}" stroke="${colour}" stroke-width="1.5" fill="${fill ?? colour}"/>`;
  return `${sample}<text x="${px(x + 30)}" y="${px(y + 4)}">${escapeHtml(label)}</text>`;
}

/** Round values within a range, about `count` of them. */
export function axisTicks([low, high]: readonly [number, number], count: number): number[] {
  const rough = (high - low) / Math.max(2, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((m) => m * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.min(50, Math.max(0, last - first + 1)) }, (_, k) => (first + k) * step);
}

const tickText = (value: number, [low, high]: readonly [number, number]): string => {
  const rounded = Math.abs(value) < 1e-9 * (high - low) ? 0 : Number(value.toPrecision(8));
  const size = Math.max(Math.abs(low), Math.abs(high));
  return size >= 1e5 || size < 1e-3 ? rounded.toExponential().replace("e+", "e") : String(rounded);
};

export { colours, ink };

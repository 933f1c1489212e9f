import { findFixedPoints } from "../../src/dynamics/fixed-points.js";
import { massOf } from "../../src/dynamics/mass.js";
import { phasePlane } from "../../src/dynamics/plane.js";
import { variableUnit } from "../../src/experiment/units.js";
import type { Model } from "../../src/ir/declare.js";
import { drawPhasePlane, labelOf } from "../../src/report/phase-plane-picture.js";
import { colours, svgChart, type Point } from "../../src/report/svg.js";
import { simulate } from "../../src/simulate.js";
import { scenes } from "./scenes.js";

/** Bytes; a page should load on a train. */
const largest = 24_000;
const width = 860;
/** Of a panel that stands alone, beside one other, among several. */
const panelHeights = [300, 250, 220];
/** A panel's title line is needed by the first only. */
const overlap = 32;

/** Points that a line through the others misses by less than `tolerance` px are left out (Ramer, Douglas and Peucker). */
export function thinned(points: readonly Point[], toPx: readonly [number, number], tolerance: number): Point[] {
  const keep = new Uint8Array(points.length);
  const stack: [number, number][] = [[0, points.length - 1]];
  keep[0] = keep[points.length - 1] = 1;
  for (let span = stack.pop(); span; span = stack.pop()) {
    const [from, to] = span;
    const [a, b] = [points[from], points[to]];
    if (!a || !b || to - from < 2) continue;
    const [dx, dy] = [(b[0] - a[0]) * toPx[0], (b[1] - a[1]) * toPx[1]];
    const length = Math.hypot(dx, dy);
    let [far, distance] = [from, -1];
    for (let k = from + 1; k < to; k++) {
      const p = points[k] ?? a;
      const [px, py] = [(p[0] - a[0]) * toPx[0], (p[1] - a[1]) * toPx[1]];
      const off = length === 0 ? Math.hypot(px, py) : Math.abs(px * dy - py * dx) / length;
      if (off > distance) [far, distance] = [k, off];
    }
    if (distance <= tolerance) continue;
    keep[far] = 1;
    stack.push([from, far], [far, to]);
  }
  return points.filter((_, k) => keep[k] === 1);
}

interface Trace {
  readonly label: string;
  readonly points: readonly Point[];
}

/** A real run of one region, left alone. */
async function traces(model: Model): Promise<readonly Trace[]> {
  const scene = scenes[model.id] ?? {};
  const { duration = 1000, transient = 0, dt = 0.1, observe = model.observe, noise } = scene;
  const every = Math.max(1, Math.round(duration / dt / 6000));
  const result = await simulate({
    connectome: { synthetic: { regions: 2, seed: 1 } },
    model: { id: model, parameters: scene.parameters ?? {} },
    coupling: { id: "linear", parameters: { a: 0 } },
    integrator: {
      dt,
      ...(scene.scheme === undefined ? {} : { scheme: scene.scheme }),
      ...(noise ? { noise: { id: "additive", D: noise } } : {}),
    },
    ...(scene.initial ? { initial: { state: scene.initial } } : {}),
    ...(scene.stimulus ? { stimuli: [scene.stimulus] } : {}),
    duration,
    transient,
    seed: 3,
    monitors: [{ id: "subsample", period: every * dt, variables: observe }],
  });
  const recording = Object.values(result.recordings)[0];
  if (!recording) throw new Error(`${model.id}: nothing was recorded`);
  const [, variables = 0, regions = 1] = recording.data.shape;
  const inSeconds = model.time === "ms" && duration > 5000;
  return observe.map((text, v) => ({
    // A function of an angle has no unit.
    label: labelOf(scene.labels?.[v] ?? text, text.includes("(") ? undefined : variableUnit(text, model)),
    points: Array.from(recording.time, (t, row): Point => [
      (t - transient) / (inSeconds ? 1000 : 1),
      Number(recording.data.data[(row * variables + v) * regions]),
    ]),
  }));
}

const extent = (values: readonly number[]): readonly [number, number] => {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const margin = Math.max(0.06 * (high - low), 1e-3 * Math.max(Math.abs(low), Math.abs(high)), 1e-6);
  return [low - margin, high + margin];
};

/** Charts below each other as one picture. */
function stacked(charts: readonly string[], height: number): string {
  const step = height - overlap;
  const total = step * (charts.length - 1) + height;
  const placed = charts.map((chart, k) => `<g transform="translate(0 ${k * step})">\n${chart}</g>\n`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${total}" width="${width}" height="${total}">\n${placed.join("")}</svg>\n`;
}

/** Time series of what is observed, one panel each. */
export async function timePicture(model: Model): Promise<string> {
  const scene = scenes[model.id] ?? {};
  const found = await traces(model);
  const seconds = model.time === "ms" && (scene.duration ?? 1000) > 5000;
  const time = seconds ? "time (s)" : model.time === "ms" ? "time (ms)" : "time (steps of 1 ms, dimensionless)";
  const palette = [colours.blue, colours.orange, colours.green, colours.purple];
  const panelHeight = panelHeights[Math.min(found.length, 3) - 1] ?? 220;
  const draw = (tolerance: number): string => {
    const charts = found.map(({ label, points }, k) => {
      const last = k === found.length - 1;
      const x = [0, points.at(-1)?.[0] ?? 1] as const;
      const y = extent(points.map((p) => p[1]));
      const toPx = [750 / (x[1] - x[0]), (panelHeight - 96) / (y[1] - y[0])] as const;
      return svgChart({
        title: k === 0 ? model.id : "",
        about: `${label} of one region of ${model.id} over time`,
        x: { label: last ? time : "", range: x },
        // Two at least, or one cannot read the scale.
        y: { label, range: y, ticks: 5 },
        layers: [
          {
            kind: "line",
            points: thinned(points, toPx, tolerance),
            colour: palette[k % 4] ?? colours.blue,
            width: 1.3,
          },
        ],
        legend: [],
        width,
        height: panelHeight,
        id: `trace-${k}`,
      });
    });
    return stacked(charts, panelHeight);
  };
  return smallest(model, [0.2, 0.4, 0.7, 1, 1.5, 2.5], draw);
}

/** Nullclines, flow and trajectories of a model of two variables. */
export function planePicture(model: Model): string {
  const names = Object.keys(model.state) as [string, string];
  const { parameters = {}, plane: range } = scenes[model.id] ?? {};
  const mass = massOf(model, { parameters });
  const plane = phasePlane(mass, {
    axes: names,
    fixedPoints: findFixedPoints(mass, { seed: 1 }).points,
    seed: 1,
    ...(range ? { range } : {}),
  });
  const [x, y] = plane.range;
  const toPx = [590 / (x[1] - x[0]), 520 / (y[1] - y[0])] as const;
  const side = Math.round(Math.sqrt(plane.field.length));
  return smallest(model, [0.3, 0.6, 1, 1.5, 2, 3], (tolerance) =>
    drawPhasePlane(model, {
      ...plane,
      field: plane.field.filter((_, k) => (k % side) % 2 === 0 && Math.floor(k / side) % 2 === 0),
      nullclines: plane.nullclines.map(({ variable, lines }) => ({
        variable,
        lines: lines.map((line) => thinned(line, toPx, tolerance)),
      })),
      trajectories: plane.trajectories
        .slice(0, tolerance < 1 ? 6 : tolerance < 2 ? 3 : 1)
        .map((line) => thinned(line, toPx, tolerance)),
      manifolds: plane.manifolds.map(({ kind, line }) => ({ kind, line: thinned(line, toPx, tolerance) })),
    }),
  );
}

function smallest(model: Model, tolerances: readonly number[], draw: (tolerance: number) => string): string {
  for (const tolerance of tolerances) {
    const picture = draw(tolerance);
    if (picture.length < largest) return picture;
  }
  throw new Error(`${model.id}: the picture has ${draw(tolerances.at(-1) ?? 1).length} bytes; shorten its scene`);
}

import type { FixedPoint } from "../dynamics/fixed-points.js";
import type { PhasePlane } from "../dynamics/plane.js";
import type { Model } from "../ir/declare.js";
import { colours, ink } from "./figure.js";
import { svgChart, type Entry, type Layer, type Shape } from "./svg.js";

/** How a fixed point is drawn: filled when stable, empty when not. */
export const markOf = ({ stable, unstable, state, class: name }: FixedPoint): { shape: Shape; fill: string } => ({
  shape:
    name.endsWith("focus") || name === "centre"
      ? "circle"
      : unstable > 0 && unstable < state.length
        ? "diamond"
        : "square",
  fill: stable ? ink.text : ink.paper,
});

export const labelOf = (name: string, unit: string | undefined): string =>
  unit === undefined || unit === "1" || unit === "" ? name : `${name} (${unit})`;

/** Nullclines, flow, trajectories and fixed points of a phase plane, as one SVG. */
export function drawPhasePlane(model: Model, plane: PhasePlane, id = "plane"): string {
  const [nx, ny] = plane.axes;
  const [x, y] = plane.range;
  const nullColours = [colours.orange, colours.blue];
  const width = 860;
  const height = 620;
  // The flow as it looks on the page: turned and stretched with the axes.
  const arrows = plane.field.map(({ at, flow }) => ({
    at,
    by: [(flow[0] / (x[1] - x[0])) * (width - 270), (flow[1] / (y[1] - y[0])) * (height - 96)] as const,
  }));
  const speeds = arrows.map(({ by }) => Math.hypot(...by)).filter((v) => Number.isFinite(v) && v > 0);
  const fastest = speeds.reduce((a, b) => Math.max(a, b), 0);
  const layers: Layer[] = arrows.flatMap(({ at, by }): Layer[] => {
    const speed = Math.hypot(...by);
    if (!(speed > 0) || !Number.isFinite(speed)) return [];
    // Direction is what one looks for; speed spans decades, so it only shades.
    const shade = 0.25 + 0.6 * Math.max(0, 1 + Math.log10(speed / fastest) / 3);
    const length = 15 / speed;
    return [
      { kind: "arrow", at, by: [by[0] * length, by[1] * length], colour: "#9aa4b2", opacity: Number(shade.toFixed(2)) },
    ];
  });
  for (const points of plane.trajectories)
    layers.push({ kind: "line", points, colour: colours.green, width: 1.1, opacity: 0.65 });
  for (const { kind, line } of plane.manifolds)
    layers.push({
      kind: "line",
      points: line,
      colour: colours.purple,
      width: 1.5,
      ...(kind === "stable" ? { dash: "5 4" } : {}),
    });
  plane.nullclines.forEach(({ lines }, k) => {
    for (const points of lines) layers.push({ kind: "line", points, colour: nullColours[k] ?? ink.text, width: 2.4 });
  });
  const columns = [nx, ny].map((name) => Object.keys(model.state).indexOf(name)) as [number, number];
  for (const point of plane.fixedPoints) {
    const at = [point.state[columns[0]] as number, point.state[columns[1]] as number] as const;
    layers.push({ kind: "marker", at, ...markOf(point), colour: ink.text, title: point.class });
  }
  const classes = [...new Map(plane.fixedPoints.map((point) => [point.class, point])).values()];
  const legend: Entry[] = [
    { label: `d${nx}/dt = 0`, colour: colours.orange },
    { label: `d${ny}/dt = 0`, colour: colours.blue },
    { label: "trajectories", colour: colours.green },
    ...(plane.manifolds.length > 0
      ? [
          { label: "leaves a saddle", colour: colours.purple },
          { label: "enters a saddle", colour: colours.purple, dash: "5 4" },
        ]
      : []),
    ...classes.map((point) => ({ label: point.class, colour: ink.text, ...markOf(point) })),
  ];
  const held = Object.keys(plane.held);
  return svgChart({
    id,
    title: `${model.id}: ${ny} against ${nx}`,
    about:
      `Nullclines, direction of the flow, trajectories and fixed points of ${model.id}.` +
      (held.length > 0
        ? ` Nullclines and arrows are for ${Object.entries(plane.held)
            .map(([n, v]) => `${n} = ${Number(v.toPrecision(6))}`)
            .join(", ")}; trajectories and fixed points are those of the whole model, projected.`
        : ""),
    x: { label: labelOf(nx, model.state[nx]?.unit), range: x },
    y: { label: labelOf(ny, model.state[ny]?.unit), range: y },
    layers,
    legend,
    width,
    height,
  });
}

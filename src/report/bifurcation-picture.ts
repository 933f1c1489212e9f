import type { Attractor } from "../dynamics/attractors.js";
import { bifurcationsOf, type Branch, type Continuation } from "../dynamics/continuation.js";
import type { SpecialKind } from "../dynamics/trace.js";
import type { Model } from "../ir/declare.js";
import { colours, ink } from "./figure.js";
import { labelOf } from "./phase-plane-picture.js";
import { svgChart, type Entry, type Layer, type Point, type Shape } from "./svg.js";

const marks: Readonly<Record<SpecialKind, { readonly shape: Shape; readonly label: string; readonly colour: string }>> =
  {
    fold: { shape: "square", label: "fold (saddle-node)", colour: colours.orange },
    hopf: { shape: "circle", label: "Hopf", colour: colours.purple },
    "branch-point": { shape: "diamond", label: "branch point", colour: colours.blue },
    corner: { shape: "triangle", label: "corner of the equations", colour: colours.grey },
    degenerate: { shape: "cross", label: "degenerate", colour: ink.text },
  };

/** Branches of fixed points over a parameter, with bifurcations, and what oscillates about them, as one SVG. */
export function drawBifurcations(
  model: Model,
  continuation: Continuation,
  observe: { readonly text: string; readonly unit: string; readonly of: (state: ArrayLike<number>) => number },
  attractors: readonly Attractor[] = [],
  id = "bifurcation",
): string {
  const layers: Layer[] = [];
  for (const { parameter, least, most } of attractors)
    for (const value of [least, most])
      layers.push({ kind: "marker", at: [parameter, value], shape: "circle", colour: colours.green, size: 1.8 });
  for (const branch of continuation.branches)
    for (const { stable, points } of pieces(branch, observe.of))
      layers.push({
        kind: "line",
        points,
        colour: stable ? ink.text : colours.grey,
        width: stable ? 2.4 : 1.5,
        ...(stable ? {} : { dash: "6 4" }),
      });
  const special = bifurcationsOf(continuation);
  for (const point of special) {
    if (point.special === undefined) continue;
    const { shape, colour, label } = marks[point.special];
    layers.push({
      kind: "marker",
      at: [point.parameter, observe.of(point.state)],
      shape,
      colour,
      fill: point.hopf?.criticality === "subcritical" ? ink.paper : colour,
      title: `${label} at ${continuation.parameter} = ${Number(point.parameter.toPrecision(6))}`,
    });
  }
  const values = layers.flatMap((layer) => (layer.kind === "line" ? layer.points.map((p) => p[1]) : [layer.at[1]]));
  const [low, high] = values
    .filter(Number.isFinite)
    .reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
  const margin = 0.05 * (high - low) || 0.05 * Math.abs(high) || 1;
  const found = new Set(special.map((point) => point.special));
  const hopf = (criticality: string) => special.some((point) => point.hopf?.criticality === criticality);
  const entries: (Entry | false)[] = [
    { label: "stable", colour: ink.text },
    { label: "unstable", colour: colours.grey, dash: "6 4" },
    ...Object.entries(marks).flatMap(([kind, { shape, label, colour }]) =>
      kind !== "hopf" && found.has(kind as SpecialKind) ? [{ label, colour, shape }] : [],
    ),
    hopf("supercritical") && { label: "Hopf, supercritical", colour: colours.purple, shape: "circle" },
    hopf("subcritical") && { label: "Hopf, subcritical", colour: colours.purple, shape: "circle", fill: ink.paper },
    attractors.length > 0 && { label: "oscillation, extremes", colour: colours.green, shape: "circle" },
  ];
  const parameter = continuation.parameter;
  return svgChart({
    id,
    title: `${model.id}: fixed points over ${parameter}`,
    about:
      `Branches of fixed points of ${model.id} over ${parameter}; solid where stable.` +
      (attractors.length > 0 ? " Dots are the extremes of oscillations that simulations ended in." : ""),
    x: { label: labelOf(parameter, model.parameters[parameter]?.unit), range: [continuation.from, continuation.to] },
    y: { label: labelOf(observe.text, observe.unit), range: [low - margin, high + margin] },
    layers,
    legend: entries.filter((entry) => entry !== false),
  });
}

/** A branch cut where its stability changes; neighbours share their end. */
function pieces(
  { points }: Branch,
  of: (state: ArrayLike<number>) => number,
): { readonly stable: boolean; readonly points: Point[] }[] {
  const found: { stable: boolean; points: Point[] }[] = [];
  points.forEach((point, k) => {
    const at = [point.parameter, of(point.state)] as const;
    const next = points[k + 1];
    const stable = point.special === undefined ? point.stable : (next?.stable ?? point.stable);
    const last = found.at(-1);
    if (last) last.points.push(at);
    if (last?.stable !== stable) found.push({ stable, points: [at] });
  });
  return found;
}

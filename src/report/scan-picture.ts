import type { Scan, ScanPoint } from "../dynamics/scan.js";
import { colours } from "./figure.js";
import { svgChart, type Layer } from "./svg.js";

/** Mean and extremes of a signal while a parameter rises and falls, as one SVG. */
export function drawScan(
  { up, down, hysteresis }: Scan,
  labels: { readonly title: string; readonly parameter: string; readonly observed: string },
  id = "scan",
): string {
  const ways: readonly (readonly [readonly ScanPoint[], string, string])[] = [
    [up, colours.orange, "rising"],
    [down, colours.blue, "falling"],
  ];
  const layers = ways.flatMap(([points, colour]): Layer[] => [
    { kind: "line", points: points.map(({ value, least }) => [value, least]), colour, width: 1, dash: "3 3" },
    { kind: "line", points: points.map(({ value, most }) => [value, most]), colour, width: 1, dash: "3 3" },
    { kind: "line", points: points.map(({ value, mean }) => [value, mean]), colour, width: 2.2 },
    ...points.map(({ value, mean }): Layer => ({
      kind: "marker",
      at: [value, mean],
      shape: "circle",
      colour,
      size: 2,
    })),
  ]);
  const values = [...up, ...down].flatMap(({ least, most }) => [least, most]).filter(Number.isFinite);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = 0.05 * (high - low) || 0.05 * Math.abs(high) || 1;
  return svgChart({
    id,
    title: labels.title,
    about:
      "Mean over time (solid) and extremes (dashed) at each value, each run going on from the one before." +
      (hysteresis ? ` The two ways differ from ${hysteresis[0]} to ${hysteresis[1]}.` : ""),
    x: { label: labels.parameter, range: [up[0]?.value ?? 0, up.at(-1)?.value ?? 1] },
    y: { label: labels.observed, range: [low - margin, high + margin] },
    layers,
    legend: [
      ...ways.map(([, colour, label]) => ({ label: `${label}, mean`, colour })),
      ...ways.map(([, colour, label]) => ({ label: `${label}, extremes`, colour, dash: "3 3" })),
    ],
  });
}

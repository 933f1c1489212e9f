import type { Paper, ParameterDeclaration } from "../ir/declare.js";
import { balloonPresets } from "../monitors/balloon/index.js";
import { hrfs } from "../monitors/hrf/index.js";

/** What the option hrf of the monitor bold may be, as titles with lines. */
export function boldSections(
  parameterTable: (parameters: Readonly<Record<string, ParameterDeclaration>>) => readonly string[],
  paperLine: (paper: Paper) => string,
): readonly (readonly [title: string, lines: readonly string[]])[] {
  const shapes = Object.values(hrfs).map((shape): [string, string[]] => {
    const { gain, shift = 0, peak } = shape;
    const signal =
      gain === undefined ? "" : `signal = ${gain} * (convolution ${shift < 0 ? "-" : "+"} ${Math.abs(shift)})`;
    const form = peak === undefined ? shape.equation : `${shape.equation}, scaled to a peak of ${peak}`;
    const lines = [shape.about, form, signal, ...parameterTable(shape.parameters), ...shape.papers.map(paperLine)];
    return [`hrf: ${shape.id}, with t in s`, lines.filter((line) => line !== "")];
  });
  const presets = Object.values(balloonPresets).flatMap(({ id, about, papers, values }) => [
    `${id}: ${about}`,
    `  ${Object.entries(values)
      .map(([name, value]) => `${name} ${Number(value.toPrecision(6))}`)
      .join(", ")}`,
    ...papers.map((paper) => `  ${paperLine(paper)}`),
  ]);
  return [
    ...shapes,
    [
      "hrf: {values: FILE.npy, step: TIME}",
      ["A measured response, lines between its rows; [times], or [times, regions]."],
    ],
    [
      "hrf: {id: balloon-windkessel, preset: …}",
      ["The model of that id (laennec models show balloon-windkessel).", ...presets],
    ],
  ];
}

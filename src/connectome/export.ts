import type { Connectome } from "../core/connectome.js";
import { regionCount } from "../core/connectome.js";
import type { NdArray } from "../core/ndarray.js";
import { ndarray } from "../core/ndarray.js";
import { writeCsv } from "../storage/csv.js";
import { writeNpz, writeZip } from "../storage/npz.js";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Rows of numbers as TVB reads them: separated by blanks, with the shortest digits that give the same f64 back. */
function rowsOf(values: ArrayLike<number>, columns: number, head?: readonly string[]): Uint8Array {
  const lines: string[] = [];
  for (let at = 0; at < values.length; at += columns) {
    let line = head ? (head[at / columns] ?? "") : String(values[at]);
    for (let k = head ? 0 : 1; k < columns; k++) line += ` ${values[at + k]}`;
    lines.push(line);
  }
  return encode(`${lines.join("\n")}\n`);
}

/** TVB separates the label from the numbers by blanks, so a label cannot hold any. */
const tvbLabel = (label: string): string => label.replaceAll(/[\s#,;]+/g, "_");

/** A connectivity zip that TVB loads. Regions without known centres get zeros, which TVB demands. */
export function toTvbZip(connectome: Connectome): Uint8Array {
  const { labels, weights, tractLengths, centres, orientations, areas, cortical, hemispheres } = connectome;
  const n = regionCount(connectome);
  const files = new Map<string, Uint8Array>([
    ["weights.txt", rowsOf(weights, n)],
    ["tract_lengths.txt", rowsOf(tractLengths, n)],
    ["centres.txt", rowsOf(centres ?? new Float64Array(n * 3), 3, labels.map(tvbLabel))],
  ]);
  if (orientations) files.set("average_orientations.txt", rowsOf(orientations, 3));
  if (areas) files.set("areas.txt", rowsOf(areas, 1));
  if (cortical) files.set("cortical.txt", rowsOf(cortical, 1));
  if (hemispheres) files.set("hemispheres.txt", rowsOf(hemispheres, 1));
  return writeZip(files);
}

/** weights.csv and tract_lengths.csv, with labels on rows (targets) and columns (sources). */
export function toCsvPair({ labels, weights, tractLengths }: Connectome): {
  readonly weights: string;
  readonly tractLengths: string;
} {
  const names = { columnNames: labels, rowNames: labels };
  return {
    weights: writeCsv(weights, labels.length, names),
    tractLengths: writeCsv(tractLengths, labels.length, names),
  };
}

/** NumPy arrays: weights and tract_lengths [target, source], region (labels, as text), centres, … */
export function toNpz(connectome: Connectome): Uint8Array {
  const n = regionCount(connectome);
  const { labels, weights, tractLengths, centres, orientations, areas, hemispheres, cortical } = connectome;
  const arrays = new Map<string, NdArray | readonly string[]>([
    ["weights", ndarray(weights, [n, n])],
    ["tract_lengths", ndarray(tractLengths, [n, n])],
    ["region", labels],
  ]);
  if (centres) arrays.set("centres", ndarray(centres, [n, 3]));
  if (orientations) arrays.set("orientations", ndarray(orientations, [n, 3]));
  if (areas) arrays.set("areas", ndarray(areas, [n]));
  if (hemispheres) arrays.set("hemispheres", ndarray(hemispheres, [n]));
  if (cortical) arrays.set("cortical", ndarray(cortical, [n]));
  return writeNpz(arrays, { compress: true });
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};
const xml = (text: string): string => text.replaceAll(/[&<>"']/g, (mark) => entities[mark] ?? mark);

/** A directed GraphML graph for NetworkX, Gephi and others: an edge goes from source to target and has weight and length. */
export function toGraphMl(connectome: Connectome): string {
  const { labels, weights, tractLengths, centres } = connectome;
  const n = regionCount(connectome);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    '  <key id="label" for="node" attr.name="label" attr.type="string"/>',
    ...["x", "y", "z"].map((axis) => `  <key id="${axis}" for="node" attr.name="${axis}" attr.type="double"/>`),
    '  <key id="weight" for="edge" attr.name="weight" attr.type="double"/>',
    '  <key id="length" for="edge" attr.name="length_mm" attr.type="double"/>',
    '  <graph id="connectome" edgedefault="directed">',
  ];
  labels.forEach((label, region) => {
    const place = centres
      ? ["x", "y", "z"].map((axis, k) => `<data key="${axis}">${centres[region * 3 + k]}</data>`).join("")
      : "";
    lines.push(`    <node id="n${region}"><data key="label">${xml(label)}</data>${place}</node>`);
  });
  weights.forEach((weight, k) => {
    if (weight !== 0)
      lines.push(
        `    <edge source="n${k % n}" target="n${Math.floor(k / n)}"><data key="weight">${weight}</data><data key="length">${tractLengths[k]}</data></edge>`,
      );
  });
  return [...lines, "  </graph>", "</graphml>", ""].join("\n");
}

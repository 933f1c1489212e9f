import type { Recording } from "../engine/setup.js";
import { ndarray } from "../core/ndarray.js";
import { writeCsv } from "../storage/csv.js";
import { joinPath, type Disk } from "../storage/disk.js";
import { writeHdf5, type Hdf5Array } from "../storage/hdf5.js";
import { writeNpz } from "../storage/npz.js";
import type { StoredResult } from "./read-result.js";

export const exportFormats = ["npz", "hdf5", "csv"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What `exportResult` writes to: one file, or for csv a folder. */
export const exportName = (format: ExportFormat): string =>
  format === "csv" ? "csv" : `result.${format === "hdf5" ? "h5" : "npz"}`;

/**
 * Writes a result for other programs: npz and hdf5 hold every array of every monitor in one file, csv one file per
 * monitor and variable. Returns the paths written.
 * @throws Fault OUTPUT
 */
export async function exportResult(
  disk: Disk,
  result: StoredResult,
  format: ExportFormat,
  out: string,
): Promise<string[]> {
  if (format === "csv") return writeCsvFiles(disk, result, out);
  const arrays = arraysOf(result);
  const bytes =
    format === "npz"
      ? writeNpz(new Map([...arrays].map(([name, { data }]) => [name.replaceAll("/", "."), data])))
      : await writeHdf5(arrays, { laennec: result.record.laennec, run: JSON.stringify(result.record) });
  await disk.write(out, bytes);
  return [out];
}

/** Names like "temporal-average/data"; texts name the columns of each axis. */
function arraysOf({ recordings, connectome }: StoredResult): Map<string, Hdf5Array> {
  const arrays = new Map<string, Hdf5Array>();
  const add = (name: string, data: Hdf5Array["data"], dimensions: string[], attributes: Record<string, string> = {}) =>
    void arrays.set(name, { data, dimensions, attributes });
  for (const { name, data, time, window, units, variables, regions } of recordings) {
    const times = (key: string, values: Float64Array) =>
      add(`${name}/${key}`, ndarray(values, [time.length]), ["time"], { units: "ms" });
    add(`${name}/data`, data, ["time", "variable", "region"], {
      units: JSON.stringify(units),
      variables: JSON.stringify(variables),
      regions: JSON.stringify(regions),
    });
    times("time", time);
    if (window) {
      times("window_start", window.start);
      times("window_end", window.end);
    }
    add(`${name}/variable`, variables, ["variable"]);
    add(`${name}/variable_units`, units, ["variable"]);
    add(`${name}/region`, regions, ["region"]);
  }
  const { labels, weights, tractLengths, centres } = connectome;
  const n = labels.length;
  const matrix = ["target", "source"];
  add("connectome/weights", ndarray(weights, [n, n]), matrix, { units: "1", labels: JSON.stringify(labels) });
  add("connectome/tract_lengths", ndarray(tractLengths, [n, n]), matrix, { units: "mm" });
  add("connectome/region", labels, ["region"]);
  if (centres) add("connectome/centres", ndarray(centres, [n, 3]), ["region", "xyz"], { units: "mm" });
  return arrays;
}

async function writeCsvFiles(disk: Disk, { recordings }: StoredResult, out: string): Promise<string[]> {
  await disk.makeFolder(out);
  const written: string[] = [];
  for (const recording of recordings)
    for (const [v, variable] of recording.variables.entries()) {
      const word = variable.replaceAll(/[^A-Za-z0-9_]+/g, "_");
      // "x2 - x1" and "x2 + x1" come to the same word.
      const plain = joinPath(out, `${recording.name}-${word}.csv`);
      const path = written.includes(plain) ? joinPath(out, `${recording.name}-${word}-${v}.csv`) : plain;
      await disk.write(path, new TextEncoder().encode(csvOf(recording, v)));
      written.push(path);
    }
  return written;
}

/** Time and one column per region. */
function csvOf({ time, regions, data }: Recording, variable: number): string {
  const width = regions.length + 1;
  const values = new Float64Array(time.length * width);
  const [s0 = 0, s1 = 0, s2 = 0] = data.stride;
  for (let row = 0; row < time.length; row++) {
    values[row * width] = time[row] ?? NaN;
    for (let region = 0; region < regions.length; region++)
      values[row * width + 1 + region] = data.data[data.offset + row * s0 + variable * s1 + region * s2] ?? NaN;
  }
  return writeCsv(values, width, { columnNames: ["time_ms", ...regions] });
}

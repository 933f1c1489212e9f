import type { Recording } from "../engine/setup.js";
import type { NdArray } from "../core/ndarray.js";
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

/** Names like "temporal-average/data". */
function arraysOf({ recordings, connectome }: StoredResult): Map<string, Hdf5Array> {
  const n = connectome.labels.length;
  const matrix = (values: Float64Array): NdArray => ndarray(values, [n, n]);
  return new Map<string, Hdf5Array>([
    ...recordings.flatMap(({ name, data, time, window, units, variables, regions }): [string, Hdf5Array][] => [
      [
        `${name}/data`,
        {
          data,
          dimensions: ["time", "variable", "region"],
          attributes: {
            units: JSON.stringify(units),
            variables: JSON.stringify(variables),
            regions: JSON.stringify(regions),
          },
        },
      ],
      [`${name}/time`, { data: ndarray(time, [time.length]), dimensions: ["time"], attributes: { units: "ms" } }],
      ...(window
        ? ([
            [
              `${name}/window_start`,
              { data: ndarray(window.start, [time.length]), dimensions: ["time"], attributes: { units: "ms" } },
            ],
            [
              `${name}/window_end`,
              { data: ndarray(window.end, [time.length]), dimensions: ["time"], attributes: { units: "ms" } },
            ],
          ] satisfies [string, Hdf5Array][])
        : []),
    ]),
    [
      "connectome/weights",
      {
        data: matrix(connectome.weights),
        dimensions: ["target", "source"],
        attributes: { units: "1", labels: JSON.stringify(connectome.labels) },
      },
    ],
    [
      "connectome/tract_lengths",
      { data: matrix(connectome.tractLengths), dimensions: ["target", "source"], attributes: { units: "mm" } },
    ],
  ]);
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

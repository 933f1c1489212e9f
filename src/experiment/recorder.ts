import type { Disk } from "../storage/disk.js";
import { spaceLabels } from "../engine/observe.js";
import type { Block } from "../engine/setup.js";
import {
  consolidateZarr,
  createZarrArray,
  createZarrGroup,
  writeZarrStrings,
  type ZarrArrayWriter,
  type ZarrGroup,
} from "../storage/zarr.js";
import type { MonitorRecord } from "./provenance.js";
import type { Resolved } from "./resolve.js";

/** Bytes of one chunk of a recording: large enough to read fast, small enough to wait in memory. */
const chunkBytes = 2 ** 22;

/** What a monitor had written at a checkpoint. */
export interface RecordedRows {
  readonly rows: number;
  readonly sha256: Readonly<Record<string, string>>;
}

/** Writes one monitor's blocks. */
export interface Recorder {
  readonly append: (block: Block) => Promise<void>;
  /** Puts every row on disk. Returns how many there are, and checksums by array. */
  readonly flush: () => Promise<RecordedRows>;
  readonly close: () => Promise<void>;
}

/**
 * Starts the Zarr group of a monitor, or goes on with one.
 * @param from rows that stand and count; undefined for a new group
 * @throws Fault OUTPUT
 */
export async function recorder(
  disk: Disk,
  path: string,
  monitor: MonitorRecord,
  { setup }: Pick<Resolved, "setup">,
  from?: RecordedRows,
): Promise<Recorder> {
  const spec = setup.monitors.find(({ name }) => name === monitor.name);
  const regions = spec ? spaceLabels(setup, spec) : setup.connectome.labels;
  const group = await createZarrGroup(
    disk,
    path,
    {
      monitor: monitor.monitor,
      period_ms: monitor.period_ms,
      about: spec?.monitor.about ?? "",
    },
    from !== undefined,
  );
  await writeZarrStrings(group, "variable", monitor.variables, "variable");
  await writeZarrStrings(group, "variable_units", monitor.units, "variable");
  await writeZarrStrings(group, "region", regions, "region");
  const dtype = setup.precision === "f32" ? "f4" : "f8";
  const width = monitor.variables.length * regions.length;
  const chunk = Math.max(
    1,
    Math.min(
      Math.ceil((setup.steps * setup.dtMs) / monitor.period_ms),
      Math.floor(chunkBytes / (width * (dtype === "f4" ? 4 : 8))),
    ),
  );
  const [unit = "1"] = new Set(monitor.units).size === 1 ? monitor.units : ["see variable_units"];
  const rows = await createZarrArray(group, "data", {
    shape: [0, monitor.variables.length, regions.length],
    dtype,
    chunk,
    ...standing(from, "data"),
    dimensions: ["time", "variable", "region"],
    attributes: { units: unit, long_name: monitor.name },
  });
  const times = await timeArray(group, "time", chunk, "time of each row; see docs/time.md", from);
  const windowNames = [
    ["window_start", "start of the mean"],
    ["window_end", "end of the mean"],
  ] as const;
  // Made with the first block that has windows: an empty array beside full ones is no data set.
  let windows: readonly ZarrArrayWriter[] = [];
  const openWindows = async () => {
    windows = await Promise.all(windowNames.map(([name, about]) => timeArray(group, name, chunk, about, from)));
  };
  if (from?.sha256[windowNames[0][0]] !== undefined) await openWindows();
  return {
    flush: async () => {
      const writers: [string, ZarrArrayWriter][] = [
        ["data", rows],
        ["time", times],
      ];
      windows.forEach((writer, k) => writers.push([windowNames[k]?.[0] ?? "", writer]));
      const sha256: Record<string, string> = {};
      for (const [name, writer] of writers) {
        await writer.flush();
        sha256[name] = writer.sha256();
      }
      return { rows: rows.rows, sha256 };
    },
    append: async ({ time, data, window }) => {
      // Rows before their times: a reader of an interrupted run never meets a time without its row.
      await rows.append(data.data);
      await times.append(time);
      if (!window) return;
      if (windows.length === 0) await openWindows();
      for (const [k, values] of [window.start, window.end].entries()) await windows[k]?.append(values);
    },
    close: async () => {
      for (const writer of [rows, times, ...windows]) await writer.close();
      await consolidateZarr(group);
    },
  };
}

const standing = (
  from: RecordedRows | undefined,
  name: string,
): { from?: { readonly rows: number; readonly sha256: string } } =>
  from === undefined ? {} : { from: { rows: from.rows, sha256: from.sha256[name] ?? "" } };

const timeArray = (
  group: ZarrGroup,
  name: string,
  chunk: number,
  about: string,
  from: RecordedRows | undefined,
): Promise<ZarrArrayWriter> =>
  createZarrArray(group, name, {
    shape: [0],
    ...standing(from, name),
    dtype: "f8",
    chunk,
    dimensions: ["time"],
    attributes: { units: "ms", long_name: about },
  });

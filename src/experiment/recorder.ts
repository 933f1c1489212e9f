import { spaceLabels } from "../engine/observe.js";
import type { Block } from "../engine/setup.js";
import { joinPath, type Disk } from "../storage/disk.js";
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

/** Writes one monitor's blocks. */
export interface Recorder {
  readonly append: (block: Block) => Promise<void>;
  /** Puts every row on disk. Returns how many there are. */
  readonly flush: () => Promise<number>;
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
  from?: number,
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
    ...(from === undefined ? {} : { from }),
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
  if (from !== undefined && from > 0 && (await disk.exists(joinPath(path, windowNames[0][0])))) await openWindows();
  return {
    flush: async () => {
      for (const writer of [rows, times, ...windows]) await writer.flush();
      return rows.rows;
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

const timeArray = (
  group: ZarrGroup,
  name: string,
  chunk: number,
  about: string,
  from: number | undefined,
): Promise<ZarrArrayWriter> =>
  createZarrArray(group, name, {
    shape: [0],
    ...(from === undefined ? {} : { from }),
    dtype: "f8",
    chunk,
    dimensions: ["time"],
    attributes: { units: "ms", long_name: about },
  });

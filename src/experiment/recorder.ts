import { spaceLabels } from "../engine/observe.js";
import type { Block } from "../engine/setup.js";
import type { Disk } from "../storage/disk.js";
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
  readonly close: () => Promise<void>;
}

/** Starts the Zarr group of a monitor. @throws Fault OUTPUT */
export async function recorder(
  disk: Disk,
  path: string,
  monitor: MonitorRecord,
  { setup }: Resolved,
): Promise<Recorder> {
  const spec = setup.monitors.find(({ name }) => name === monitor.name);
  const regions = spec ? spaceLabels(setup, spec) : setup.connectome.labels;
  const group = await createZarrGroup(disk, path, {
    monitor: monitor.monitor,
    period_ms: monitor.period_ms,
    about: spec?.monitor.about ?? "",
  });
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
    dimensions: ["time", "variable", "region"],
    attributes: { units: unit, long_name: monitor.name },
  });
  const times = await timeArray(group, "time", chunk, "time of each row; see docs/time.md");
  const windowNames = [
    ["window_start", "start of the mean"],
    ["window_end", "end of the mean"],
  ] as const;
  // Made with the first block that has windows: an empty array beside full ones is no data set.
  let windows: readonly ZarrArrayWriter[] = [];
  return {
    append: async ({ time, data, window }) => {
      // Rows before their times: a reader of an interrupted run never meets a time without its row.
      await rows.append(data.data);
      await times.append(time);
      if (!window) return;
      if (windows.length === 0)
        windows = await Promise.all(windowNames.map(([name, about]) => timeArray(group, name, chunk, about)));
      for (const [k, values] of [window.start, window.end].entries()) await windows[k]?.append(values);
    },
    close: async () => {
      for (const writer of [rows, times, ...windows]) await writer.close();
      await consolidateZarr(group);
    },
  };
}

const timeArray = (group: ZarrGroup, name: string, chunk: number, about: string): Promise<ZarrArrayWriter> =>
  createZarrArray(group, name, {
    shape: [0],
    dtype: "f8",
    chunk,
    dimensions: ["time"],
    attributes: { units: "ms", long_name: about },
  });

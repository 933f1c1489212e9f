import type { Connectome } from "../core/connectome.js";
import { fault } from "../core/fault.js";
import { ndarray } from "../core/ndarray.js";
import type { Block } from "../engine/setup.js";
import { joinPath, type Disk } from "../storage/disk.js";
import {
  consolidateZarr,
  createZarrArray,
  createZarrGroup,
  writeZarrArray,
  writeZarrStrings,
  type ZarrArrayWriter,
  type ZarrGroup,
} from "../storage/zarr.js";
import { monitorFolder, startRecord, type RunRecord } from "./provenance.js";
import type { Deviation } from "./context.js";
import type { Resolved } from "./resolve.js";
import { variableUnit } from "./units.js";

/** Bytes of one chunk of a recording: large enough to read fast, small enough to wait in memory. */
const chunkBytes = 2 ** 22;

/** How a run ended. */
export interface RunEnd {
  readonly backend: string;
  readonly programHash: string;
  readonly stepsDone: number;
  readonly interrupted: boolean;
  readonly statistics?: unknown;
}

/** A result folder that is being written. */
export interface ResultWriter {
  readonly folder: string;
  /** Adds a block; blocks of one monitor come in order. */
  readonly write: (block: Block) => Promise<void>;
  /** Puts every row on disk and says in run.json how the run ended. */
  readonly finish: (end: RunEnd) => Promise<RunRecord>;
  /** Removes what was written: after a fault nothing is left. */
  readonly abandon: () => Promise<void>;
}

/**
 * Starts a result folder: run.json, connectome.zarr and one Zarr group per monitor. While the run lasts run.json says
 * `"status": "running"`, and what is on disk is readable; `finish` makes it "complete" or "interrupted".
 * @throws Fault OUTPUT when the folder holds something (with `force`: something else than an earlier result)
 */
export async function createResult(
  disk: Disk,
  folder: string,
  resolved: Resolved,
  { force = false } = {},
): Promise<ResultWriter> {
  const existed = await prepareFolder(disk, folder, force);
  const { setup } = resolved;
  const record = startRecord(resolved, (text) => variableUnit(text, setup.model));
  const writeRecord = (r: RunRecord) =>
    disk.write(joinPath(folder, "run.json"), new TextEncoder().encode(`${JSON.stringify(r, undefined, 2)}\n`));
  const abandon = async () => {
    const made = ["run.json", "connectome.zarr", ...setup.monitors.map(({ name }) => monitorFolder(name))];
    if (existed) for (const name of made) await disk.remove(joinPath(folder, name));
    else await disk.remove(folder);
  };
  try {
    await writeRecord(record);
    await writeConnectome(disk, joinPath(folder, "connectome.zarr"), setup.connectome);
    const open = new Map<string, Recorder>();
    for (const monitor of record.monitors)
      open.set(monitor.name, await recorder(disk, joinPath(folder, monitor.path), monitor, resolved));
    return {
      folder,
      abandon,
      write: async (block) => {
        const to = open.get(block.monitor);
        if (!to) throw fault("BUG", `a block came for ${block.monitor}, which no one records`);
        await to.append(block);
      },
      finish: async ({ backend, programHash, stepsDone, interrupted, statistics }) => {
        for (const to of open.values()) await to.close();
        const ended: RunRecord = {
          ...record,
          status: interrupted ? "interrupted" : "complete",
          program_hash: programHash,
          backend: { ...record.backend, ran: backend },
          deviations: [...record.deviations, ...endDeviations(record, backend, interrupted, stepsDone)],
          steps_done: stepsDone,
          statistics,
        };
        await writeRecord(ended);
        return ended;
      },
    };
  } catch (error) {
    await abandon().catch(() => undefined);
    throw error;
  }
}

function endDeviations(
  { backend, setup }: RunRecord,
  ran: string,
  interrupted: boolean,
  stepsDone: number,
): Deviation[] {
  const { asked } = backend;
  return [
    ...(asked !== "auto" && asked !== ran
      ? [{ kind: "backend" as const, where: "backend", about: `${asked} was asked, ${ran} ran` }]
      : []),
    ...(interrupted
      ? [
          {
            kind: "interrupted" as const,
            where: "duration",
            about: `stopped after ${stepsDone} of ${setup.transient_steps + setup.steps} steps`,
          },
        ]
      : []),
  ];
}

/** Makes room for a result; true when the folder was there before. */
async function prepareFolder(disk: Disk, folder: string, force: boolean): Promise<boolean> {
  await checkFolder(disk, folder, force);
  const kind = await disk.kind(folder);
  if (kind === "folder") for (const name of await disk.list(folder)) await disk.remove(joinPath(folder, name));
  await disk.makeFolder(folder);
  return kind === "folder";
}

/**
 * That a result may be written there, before anything is computed. With `force` an earlier result may be replaced, and
 * nothing else: a folder of other things is never emptied.
 * @throws Fault OUTPUT
 */
export async function checkFolder(disk: Disk, folder: string, force: boolean): Promise<void> {
  const kind = await disk.kind(folder);
  if (kind === undefined) return;
  const where = folder;
  if (kind === "file")
    throw fault("OUTPUT", "a file has the name of the folder to write", { where, next: "another --out" });
  const names = await disk.list(folder);
  if (names.length === 0) return;
  if (!force)
    throw fault("OUTPUT", "the folder for the result is not empty", {
      where,
      next: "another --out, or --force to replace an earlier result",
    });
  const foreign = names.find((name) => !/^(run\.json|report\.html|[A-Za-z0-9][A-Za-z0-9_.-]*\.zarr)$/.test(name));
  if (!names.includes("run.json") || foreign !== undefined)
    throw fault("OUTPUT", "the folder holds something else than a result, and is left alone", {
      where,
      why: foreign === undefined ? "it has no run.json" : `it holds ${foreign}`,
      next: "another --out",
    });
}

interface Recorder {
  readonly append: (block: Block) => Promise<void>;
  readonly close: () => Promise<void>;
}

async function recorder(
  disk: Disk,
  path: string,
  monitor: RunRecord["monitors"][number],
  { setup }: Resolved,
): Promise<Recorder> {
  const spec = setup.monitors.find(({ name }) => name === monitor.name);
  const regions = spec?.monitor.space === "all" ? ["all"] : spec?.groups ? spec.groups.names : setup.connectome.labels;
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

/** The connectome that ran, so that a result can be drawn and run again without its input files. */
async function writeConnectome(disk: Disk, path: string, connectome: Connectome): Promise<void> {
  const { labels, weights, tractLengths, centres, orientations, areas, hemispheres, cortical, source } = connectome;
  const n = labels.length;
  const group = await createZarrGroup(disk, path, { source: source.replace(/^.*[/\\]/, "") });
  await writeZarrStrings(group, "region", labels, "region");
  const write = async (
    name: string,
    values: ArrayLike<number> | undefined,
    shape: number[],
    dimensions: string[],
    units: string,
  ) => {
    if (values)
      await writeZarrArray(group, name, ndarray(Float64Array.from(values), shape), {
        dimensions,
        attributes: { units },
      });
  };
  const matrix = ["target", "source"];
  await write("weights", weights, [n, n], matrix, "1");
  await write("tract_lengths", tractLengths, [n, n], matrix, "mm");
  await write("centres", centres, [n, 3], ["region", "xyz"], "mm");
  await write("orientations", orientations, [n, 3], ["region", "xyz"], "1");
  await write("areas", areas, [n], ["region"], "mm^2");
  await write("hemispheres", hemispheres, [n], ["region"], "1");
  await write("cortical", cortical, [n], ["region"], "1");
  await consolidateZarr(group);
}

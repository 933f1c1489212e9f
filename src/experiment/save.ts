import { fault } from "../core/fault.js";
import type { Block } from "../engine/setup.js";
import { joinPath, type Disk } from "../storage/disk.js";
import { monitorFolder, startRecord, type RunRecord } from "./provenance.js";
import type { Deviation } from "./context.js";
import type { Resolved } from "./resolve.js";
import { recorder, type Recorder } from "./recorder.js";
import { openFolder } from "./result-folder.js";
import { writeConnectome } from "./save-connectome.js";
import { variableUnit } from "./units.js";

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
  /** Removes what was written: after a fault nothing is left of it, and a result that it was to replace is back. */
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
  const place = await openFolder(disk, folder, force);
  const { setup } = resolved;
  const record = startRecord(resolved, (text) => variableUnit(text, setup.model));
  const writeRecord = (r: RunRecord) =>
    disk.write(joinPath(folder, "run.json"), new TextEncoder().encode(`${JSON.stringify(r, undefined, 2)}\n`));
  const abandon = () =>
    place.undo(["run.json", "connectome.zarr", ...setup.monitors.map(({ name }) => monitorFolder(name))]);
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
        // The result is whole: what cannot be tidied away is no reason to lose it.
        await place.settle().catch(() => undefined);
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

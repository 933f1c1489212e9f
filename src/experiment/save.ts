import { fault } from "../core/fault.js";
import type { Checkpoint } from "../engine/checkpoint.js";
import type { Block } from "../engine/setup.js";
import { joinPath, type Disk } from "../storage/disk.js";
import { shownPath } from "../storage/failure.js";
import { checkpointName, readCheckpoint, writeCheckpoint, type StoredCheckpoint } from "./checkpoint-file.js";
import { readRunRecord } from "./read-result.js";
import { monitorFolder, startRecord, type RunRecord } from "./provenance.js";
import type { Deviation } from "./context.js";
import type { Resolved } from "./resolve.js";
import { recorder, type RecordedRows, type Recorder } from "./recorder.js";
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
  /** Puts every row and a checkpoint on disk, after which the run can be gone on with. */
  readonly keep: (checkpoint: Checkpoint) => Promise<void>;
  /** Adds a block; blocks of one monitor come in order. */
  readonly write: (block: Block) => Promise<void>;
  /** Puts every row on disk and says in run.json how the run ended. */
  readonly finish: (end: RunEnd) => Promise<RunRecord>;
  /** Takes the checkpoint away: of a run that is complete. */
  readonly forget: () => Promise<void>;
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
  const writeRecord = (r: RunRecord) => disk.write(joinPath(folder, "run.json"), recordBytes(r));
  const abandon = () =>
    place.undo([
      "run.json",
      checkpointName,
      "connectome.zarr",
      ...setup.monitors.map(({ name }) => monitorFolder(name)),
    ]);
  try {
    await writeRecord(record);
    await writeConnectome(disk, joinPath(folder, "connectome.zarr"), setup.connectome);
    const open = new Map<string, Recorder>();
    for (const monitor of record.monitors)
      open.set(monitor.name, await recorder(disk, joinPath(folder, monitor.path), monitor, resolved));
    const { initial } = setup;
    const firstStep = initial.kind === "checkpoint" ? initial.checkpoint.step : 0;
    const run = { setup: { ...setup, initial: { kind: "seeded" as const } }, firstStep, backend: resolved.backend };
    return resultWriter({ disk, folder, record, run, doneBefore: 0, open, abandon, settle: place.settle });
  } catch (error) {
    await abandon().catch(() => undefined);
    throw error;
  }
}

/**
 * Opens a result folder to finish the run that it is of, from its checkpoint.
 * @throws Fault FILE, DATA, OUTPUT
 */
export async function continueResult(
  disk: Disk,
  folder: string,
): Promise<{ readonly writer: ResultWriter; readonly stored: StoredCheckpoint; readonly record: RunRecord }> {
  const record = await readRunRecord(disk, folder);
  if (record.status === "complete")
    throw fault("DATA", "the run is complete", {
      where: shownPath(folder),
      next: "an experiment with initial: {checkpoint: …} goes on from it",
    });
  const stored = await readCheckpoint(disk, joinPath(folder, checkpointName), checkpointName);
  const { rows, checkpoint, ...run } = stored;
  const open = new Map<string, Recorder>();
  for (const monitor of record.monitors)
    open.set(
      monitor.name,
      await recorder(
        disk,
        joinPath(folder, monitor.path),
        monitor,
        stored,
        rows[monitor.name] ?? { rows: 0, sha256: {} },
      ),
    );
  const running: RunRecord = {
    ...record,
    status: "running",
    deviations: record.deviations.filter(({ kind }) => kind !== "interrupted"),
  };
  await disk.write(joinPath(folder, "run.json"), recordBytes(running));
  // Nothing is taken away when it fails again: the checkpoint stays, and the run can be gone on with.
  const left = () => Promise.resolve();
  const doneBefore = checkpoint.step - run.firstStep;
  const writer = resultWriter({ disk, folder, record: running, run, doneBefore, open, abandon: left, settle: left });
  return { writer, stored, record };
}

const recordBytes = (record: RunRecord): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(record, undefined, 2)}\n`);

interface WriterParts {
  readonly disk: Disk;
  readonly folder: string;
  readonly record: RunRecord;
  readonly run: Pick<StoredCheckpoint, "setup" | "firstStep" | "backend"> & { readonly programHash?: string };
  /** Steps of the run that were done before it was gone on with. */
  readonly doneBefore: number;
  readonly open: ReadonlyMap<string, Recorder>;
  readonly abandon: () => Promise<void>;
  readonly settle: () => Promise<void>;
}

function resultWriter({ disk, folder, record, run, doneBefore, open, abandon, settle }: WriterParts): ResultWriter {
  const checkpointPath = joinPath(folder, checkpointName);
  return {
    folder,
    abandon,
    keep: async (checkpoint) => {
      const rows: Record<string, RecordedRows> = {};
      for (const [name, to] of open) rows[name] = await to.flush();
      await writeCheckpoint(disk, checkpointPath, {
        programHash: checkpoint.programHash,
        ...run,
        checkpoint,
        rows,
      });
    },
    write: async (block) => {
      const to = open.get(block.monitor);
      if (!to) throw fault("BUG", `a block came for ${block.monitor}, which no one records`);
      await to.append(block);
    },
    forget: () => disk.remove(checkpointPath),
    finish: async ({ backend: ran, programHash, stepsDone: doneNow, interrupted, statistics }) => {
      const stepsDone = doneBefore + doneNow;
      for (const to of open.values()) await to.close();
      const ended: RunRecord = {
        ...record,
        status: interrupted ? "interrupted" : "complete",
        program_hash: run.programHash ?? programHash,
        backend: { ...record.backend, ran },
        deviations: [...record.deviations, ...endDeviations(record, ran, interrupted, stepsDone)],
        steps_done: stepsDone,
        statistics,
      };
      await disk.write(joinPath(folder, "run.json"), recordBytes(ended));
      // The result is whole: what cannot be tidied away is no reason to lose it.
      await settle().catch(() => undefined);
      return ended;
    },
  };
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

import { memoryLimit } from "../core/limits.js";
import { checkMemory, plan } from "../engine/plan.js";
import { runSimulation } from "../engine/run.js";
import type { Setup } from "../engine/setup.js";
import type { Tuning } from "../engine/tune.js";
import type { Disk } from "../storage/disk.js";
import { remainder } from "./checkpoint-file.js";
import type { RunRecord } from "./provenance.js";
import type { Resolved } from "./resolve.js";
import { continueResult, createResult, type ResultWriter } from "./save.js";

export interface RecordOptions {
  readonly force?: boolean;
  /** Stops the run; what was done stays readable, marked "interrupted", and `resumeRun` finishes it. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
  /** Remembers which build of a kernel was fastest; see `openTuning`. */
  readonly tuning?: Tuning;
  /** Milliseconds of the clock between checkpoints. Default: 10 minutes. */
  readonly checkpointEveryMs?: number;
  /** Keep the checkpoint of a complete run, for another to go on from. */
  readonly keepCheckpoint?: boolean;
}

const checkpointEvery = 600_000;

/**
 * Runs a resolved experiment and writes its result folder as it goes. After a fault nothing is left of it.
 * @throws Fault OUTPUT, LIMIT, BACKEND, BLOWUP
 */
export async function recordRun(
  disk: Disk,
  folder: string,
  resolved: Resolved,
  options: RecordOptions = {},
): Promise<RunRecord> {
  // What cannot start is known before the folder is touched; an earlier result is left in peace.
  checkMemory(plan(resolved.setup), memoryLimit());
  const writer = await createResult(disk, folder, resolved, { force: options.force ?? false });
  return record(writer, resolved.setup, resolved.backend, options);
}

/**
 * Finishes the run of a result folder from its checkpoint: the folder then holds what it would, had the run not stopped.
 * @throws Fault FILE, DATA, OUTPUT, LIMIT, BACKEND, BLOWUP
 */
export async function resumeRun(
  disk: Disk,
  folder: string,
  options: Omit<RecordOptions, "force"> & { readonly backend?: Resolved["backend"] } = {},
): Promise<RunRecord> {
  const { writer, stored } = await continueResult(disk, folder);
  return record(writer, remainder(stored), options.backend ?? stored.backend, options);
}

async function record(
  writer: ResultWriter,
  setup: Setup,
  backend: Resolved["backend"],
  { signal, onProgress, tuning, checkpointEveryMs = checkpointEvery, keepCheckpoint = false }: RecordOptions,
): Promise<RunRecord> {
  const { initial } = setup;
  const last = (initial.kind === "checkpoint" ? initial.checkpoint.step : 0) + setup.transientSteps + setup.steps;
  try {
    const blocks = runSimulation(setup, {
      backend,
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
      ...(tuning ? { tuning } : {}),
      checkpointEveryMs,
      onCheckpoint: (checkpoint) => (checkpoint.step < last || keepCheckpoint ? writer.keep(checkpoint) : undefined),
    });
    let next = await blocks.next();
    for (; !next.done; next = await blocks.next()) await writer.write(next.value);
    const ended = await writer.finish(next.value);
    if (!keepCheckpoint && ended.status === "complete") await writer.forget();
    return ended;
  } catch (error) {
    await writer.abandon().catch(() => undefined);
    throw error;
  }
}

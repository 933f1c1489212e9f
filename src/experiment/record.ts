import { memoryLimit } from "../core/limits.js";
import { checkMemory, plan } from "../engine/plan.js";
import { runSimulation } from "../engine/run.js";
import type { Tuning } from "../engine/tune.js";
import type { Disk } from "../storage/disk.js";
import type { RunRecord } from "./provenance.js";
import type { Resolved } from "./resolve.js";
import { createResult } from "./save.js";

export interface RecordOptions {
  readonly force?: boolean;
  /** Stops the run; what was done stays readable, marked "interrupted". */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
  /** Remembers which build of a kernel was fastest; see `openTuning`. */
  readonly tuning?: Tuning;
}

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
  const { force = false, signal, onProgress, tuning } = options;
  // What cannot start is known before the folder is touched; an earlier result is left in peace.
  checkMemory(plan(resolved.setup), memoryLimit());
  const writer = await createResult(disk, folder, resolved, { force });
  try {
    const blocks = runSimulation(resolved.setup, {
      backend: resolved.backend,
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
      ...(tuning ? { tuning } : {}),
    });
    let next = await blocks.next();
    for (; !next.done; next = await blocks.next()) await writer.write(next.value);
    return await writer.finish(next.value);
  } catch (error) {
    await writer.abandon().catch(() => undefined);
    throw error;
  }
}

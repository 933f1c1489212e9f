import { runSimulation } from "../engine/run.js";
import type { Disk } from "../storage/disk.js";
import type { RunRecord } from "./provenance.js";
import type { Resolved } from "./resolve.js";
import { createResult } from "./save.js";

export interface RecordOptions {
  readonly force?: boolean;
  /** Stops the run; what was done stays readable, marked "interrupted". */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
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
  const { force = false, signal, onProgress } = options;
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const own = new AbortController();
  const blocks = runSimulation(resolved.setup, {
    backend: resolved.backend,
    signal: signal ? AbortSignal.any([signal, own.signal]) : own.signal,
    onProgress: (done, total) => {
      begin();
      onProgress?.(done, total);
    },
  });
  // The folder is made once the first steps are done, not at the first block, which may be minutes later: a run that
  // cannot start leaves an earlier result in peace, and a disk that cannot be written is met early.
  const first = blocks.next();
  await Promise.race([first, begun]);
  const writer = await createResult(disk, folder, resolved, { force }).catch(async (error: unknown) => {
    own.abort();
    await first.catch(() => undefined);
    throw error;
  });
  try {
    let next = await first;
    for (; !next.done; next = await blocks.next()) await writer.write(next.value);
    return await writer.finish(next.value);
  } catch (error) {
    await writer.abandon().catch(() => undefined);
    throw error;
  }
}

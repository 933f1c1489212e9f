import { totalmem } from "node:os";

/** Bytes that this process may use: the machine's memory, or the smaller limit of its control group (Slurm, containers). */
export function memoryLimit(): number {
  const limit = process.constrainedMemory();
  // Without a limit Node reports 0 or an absurdly large number.
  return limit > 0 && limit < totalmem() ? limit : totalmem();
}

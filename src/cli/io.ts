import type { Tuning } from "../engine/tune.js";
import type { Disk } from "../storage/disk.js";

/** The outside world, as commands see it; tests hand in another. */
export interface Io {
  readonly disk: Disk;
  /** Standard output: results only. */
  readonly print: (text: string) => void;
  /** Standard error: faults, warnings, progress. */
  readonly warn: (text: string) => void;
  /** Standard error is a terminal: progress may be drawn. */
  readonly terminal: boolean;
  /** All of standard input, at most `maxBytes`. */
  readonly readInput: (maxBytes: number) => Promise<Uint8Array>;
  /** Remembers which build of a kernel was fastest on this machine. */
  readonly tuning?: () => Promise<Tuning>;
  /** Aborted by the first Ctrl-C, or SIGTERM (then that is its reason); a second one ends the process. */
  readonly interruption: () => { readonly signal: AbortSignal; readonly done: () => void };
}

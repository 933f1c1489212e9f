import { fault } from "../core/fault.js";
import type { Checkpoint } from "../engine/checkpoint.js";
import type { Setup } from "../engine/setup.js";
import type { Disk } from "../storage/disk.js";
import type { RecordedRows } from "./recorder.js";
import { pack, unpack } from "../storage/pack.js";

/** Name of the checkpoint in a result folder. */
export const checkpointName = "checkpoint.npz";

const format = "laennec checkpoint 1";

/** A checkpoint with what it takes to finish the run it is of: nothing else needs to be found again. */
export interface StoredCheckpoint {
  readonly checkpoint: Checkpoint;
  /** As the run began, less where it began. */
  readonly setup: Setup;
  /** Absolute step at which the run began. */
  readonly firstStep: number;
  /** Of the whole run. */
  readonly programHash: string;
  readonly backend: "auto" | "wasm" | "reference";
  /** What each monitor had written. */
  readonly rows: Readonly<Record<string, RecordedRows>>;
}

/** One file, replaced at once. @throws Fault OUTPUT */
export const writeCheckpoint = (disk: Disk, path: string, stored: StoredCheckpoint): Promise<void> =>
  disk.write(path, pack({ format, ...stored }));

/** @throws Fault FILE, or DATA for a file that is none, or is damaged */
export async function readCheckpoint(disk: Disk, path: string, name: string): Promise<StoredCheckpoint> {
  return decodeCheckpoint(await disk.read(path), name);
}

/** @throws Fault DATA */
export function decodeCheckpoint(bytes: Uint8Array, name: string): StoredCheckpoint {
  const value = unpack(bytes, name);
  if (typeof value !== "object" || value === null || !("format" in value) || value.format !== format)
    throw fault("DATA", `${name} is no checkpoint of this version`, { next: format });
  return value as unknown as StoredCheckpoint;
}

/** What is left to do of a run. */
export function remainder({ checkpoint, setup, firstStep }: StoredCheckpoint): Setup {
  const done = checkpoint.step - firstStep;
  return {
    ...setup,
    initial: { kind: "checkpoint", checkpoint },
    transientSteps: Math.max(0, setup.transientSteps - done),
    steps: setup.steps - Math.max(0, done - setup.transientSteps),
  };
}

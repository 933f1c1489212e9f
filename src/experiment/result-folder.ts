import { Fault, fault } from "../core/fault.js";
import { joinPath, type Disk } from "../storage/disk.js";
import { shownPath } from "../storage/failure.js";
import type { RunRecord } from "./provenance.js";
import { checkpointName } from "./checkpoint-file.js";
import { readRunRecord } from "./read-result.js";

/** Where an earlier result waits inside its folder until the new one is whole; a rename beside it could be refused. */
const aside = ".laennec-earlier";

/** A folder made ready for a result. */
export interface ResultFolder {
  /** Removes these parts of the new result, and puts the earlier one back. */
  readonly undo: (made: readonly string[]) => Promise<void>;
  /** Lets the earlier result go. */
  readonly settle: () => Promise<void>;
}

/**
 * That a result may be written there, before anything is computed. With `force` an earlier result may be replaced, and
 * nothing else: a folder that holds anything its run.json does not list is left alone.
 * @throws Fault OUTPUT
 */
export async function checkFolder(disk: Disk, folder: string, force: boolean): Promise<void> {
  await earlierResult(disk, folder, force);
}

/** Makes the folder; sets an earlier result aside. @throws Fault OUTPUT */
export async function openFolder(disk: Disk, folder: string, force: boolean): Promise<ResultFolder> {
  const existed = (await disk.kind(folder)) === "folder";
  const earlier = await earlierResult(disk, folder, force);
  const remove = async (names: readonly string[]) => {
    for (const name of names) await disk.remove(joinPath(folder, name));
  };
  const store = joinPath(folder, aside);
  const putBack = async () => {
    if (!(await disk.exists(store))) return;
    for (const name of await runJsonLast(disk, store)) await disk.rename(joinPath(store, name), joinPath(folder, name));
    await disk.remove(store);
  };
  try {
    if (earlier) await setAside(disk, folder, earlier, remove, putBack);
    else await disk.makeFolder(folder);
  } catch (error) {
    await putBack().catch(() => undefined);
    throw error;
  }
  return {
    undo: async (made) => {
      if (!existed) return disk.remove(folder);
      await remove(made);
      await putBack();
    },
    settle: () => (earlier ? disk.remove(store) : Promise.resolve()),
  };
}

async function setAside(
  disk: Disk,
  folder: string,
  earlier: RunRecord,
  remove: (names: readonly string[]) => Promise<void>,
  putBack: () => Promise<void>,
): Promise<void> {
  const store = joinPath(folder, aside);
  if (await disk.exists(store)) {
    // A process ended while it replaced a result. Without its run.json the earlier one was still on its way here.
    if (!(await disk.exists(joinPath(store, "run.json")))) await putBack();
    else if (earlier.status === "running") return remove(partsOf(earlier));
    else await disk.remove(store);
  }
  await disk.makeFolder(store);
  for (const name of await runJsonLast(disk, folder))
    if (name !== aside) await disk.rename(joinPath(folder, name), joinPath(store, name));
}

/** run.json moves last: where it is, the result is whole. */
async function runJsonLast(disk: Disk, folder: string): Promise<string[]> {
  const names = await disk.list(folder);
  return [...names.filter((name) => name !== "run.json"), ...names.filter((name) => name === "run.json")];
}

const partsOf = ({ monitors }: RunRecord): string[] => [
  "run.json",
  "report.html",
  "connectome.zarr",
  checkpointName,
  ...monitors.map(({ path }) => path),
];

async function earlierResult(disk: Disk, folder: string, force: boolean): Promise<RunRecord | undefined> {
  const kind = await disk.kind(folder);
  if (kind === undefined) return undefined;
  const where = shownPath(folder);
  if (kind === "file")
    throw fault("OUTPUT", "a file has the name of the folder to write", { where, next: "another --out" });
  const names = await disk.list(folder);
  if (names.length === 0) return undefined;
  if (!force)
    throw fault("OUTPUT", "the folder for the result is not empty", {
      where,
      next: "another --out, or --force to replace an earlier result",
    });
  const leave = (why: string) =>
    fault("OUTPUT", "the folder holds something else than a result, and is left alone", {
      where,
      why,
      next: "another --out",
    });
  if (!names.includes("run.json")) throw leave("it has no run.json");
  const record = await readRunRecord(disk, folder).catch((error: unknown) => {
    throw error instanceof Fault ? leave(error.what) : error;
  });
  const parts = new Set<unknown>([...partsOf(record), aside]);
  const foreign = names.find((name) => !parts.has(name));
  if (foreign !== undefined) throw leave(`it holds ${foreign}`);
  return record;
}

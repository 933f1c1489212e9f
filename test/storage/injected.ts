import type { FileSystem } from "../../src/storage/disk.js";

const operations = [
  "readFile",
  "writeFile",
  "appendFile",
  "sync",
  "rename",
  "list",
  "kind",
  "makeFolder",
  "remove",
] as const;

/**
 * A file system whose n-th changing call fails: before it does anything, or (writes) after half of the bytes.
 * `calls()` tells how many there were, so that a test can fail each in turn.
 */
export function failingFileSystem(files: FileSystem, failAt: number, code: string, torn = false) {
  let calls = 0;
  const failure = () => Object.assign(new Error(`injected ${code} at /home/someone/secret`), { code });
  const wrap = async <T>(half: (() => Promise<void>) | undefined, work: () => Promise<T>): Promise<T> => {
    if (++calls !== failAt) return work();
    if (torn) await half?.();
    throw failure();
  };
  const halved = (bytes: Uint8Array) => bytes.subarray(0, bytes.length >> 1);
  const wrapped: FileSystem = {
    ...files,
    writeFile: (path, bytes) =>
      wrap(
        () => files.writeFile(path, halved(bytes)),
        () => files.writeFile(path, bytes),
      ),
    appendFile: (path, bytes) =>
      wrap(
        () => files.appendFile(path, halved(bytes)),
        () => files.appendFile(path, bytes),
      ),
    sync: (path) => wrap(undefined, () => files.sync(path)),
    rename: (from, to) => wrap(undefined, () => files.rename(from, to)),
    makeFolder: (path) => wrap(undefined, () => files.makeFolder(path)),
  };
  return { files: wrapped, calls: () => calls, operations };
}

type Step =
  | { readonly kind: "write" | "append"; readonly path: string; readonly bytes: Uint8Array }
  | { readonly kind: "sync"; readonly path: string }
  | { readonly kind: "rename"; readonly path: string; readonly to: string }
  | { readonly kind: "folder"; readonly path: string };

/** Records changes, so that a test can replay what would be on the disk after a power failure at any moment. */
export function recordingFileSystem(files: FileSystem) {
  const steps: Step[] = [];
  const wrapped: FileSystem = {
    ...files,
    writeFile: async (path, bytes) => {
      await files.writeFile(path, bytes);
      steps.push({ kind: "write", path, bytes: bytes.slice() });
    },
    appendFile: async (path, bytes) => {
      await files.appendFile(path, bytes);
      steps.push({ kind: "append", path, bytes: bytes.slice() });
    },
    sync: async (path) => {
      await files.sync(path);
      steps.push({ kind: "sync", path });
    },
    rename: async (from, to) => {
      await files.rename(from, to);
      steps.push({ kind: "rename", path: from, to });
    },
    makeFolder: async (path) => {
      await files.makeFolder(path);
      steps.push({ kind: "folder", path });
    },
  };
  return { files: wrapped, steps };
}

/**
 * The file contents after a power failure behind step `cut`. File bytes that were not synced are lost (`lost`: all, or half: a torn write);
 * names live on or not as `renamesKept` says, unless their folder was synced.
 */
export async function afterPowerLoss(
  steps: readonly Step[],
  cut: number,
  lost: "all" | "half" | "none",
  renamesKept: boolean,
  empty: FileSystem,
): Promise<FileSystem> {
  const done = steps.slice(0, cut);
  const syncedLater = (path: string, from: number) =>
    done.slice(from).some((step) => step.kind === "sync" && step.path === path);
  for (const [at, step] of done.entries()) {
    if (step.kind === "folder") await empty.makeFolder(step.path);
    else if (step.kind === "write" || step.kind === "append") {
      const kept =
        syncedLater(step.path, at) || lost === "none"
          ? step.bytes
          : lost === "half"
            ? step.bytes.subarray(0, step.bytes.length >> 1)
            : new Uint8Array(0);
      await (step.kind === "write" ? empty.writeFile(step.path, kept) : empty.appendFile(step.path, kept));
    } else if (step.kind === "rename") {
      const folder = step.to.includes("/") ? step.to.slice(0, step.to.lastIndexOf("/")) : ".";
      if (renamesKept || syncedLater(folder, at)) await empty.rename(step.path, step.to);
    }
  }
  return empty;
}

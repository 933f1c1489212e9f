import { fault } from "../core/fault.js";
import { faultOf, shownPath } from "./failure.js";
import { memoryFileSystem } from "./memory-file-system.js";
import { nodeFileSystem } from "./node-file-system.js";

/**
 * The few file operations that everything else is made of. Tests inject errors and power losses here: nothing of this
 * project reaches a disk by another way. Paths use "/" and are relative to the file system's root.
 */
export interface FileSystem {
  /** The whole file. @throws when it is larger than `maxBytes` or missing */
  readFile(path: string, maxBytes: number): Promise<Uint8Array>;
  /** Creates or truncates. What was written may be lost by a power failure until `sync`. */
  writeFile(path: string, bytes: Uint8Array): Promise<void>;
  appendFile(path: string, bytes: Uint8Array): Promise<void>;
  /** Flushes a file's bytes, or a folder's names, to the device. */
  sync(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Names in a folder, sorted. */
  list(path: string): Promise<string[]>;
  kind(path: string): Promise<"file" | "folder" | undefined>;
  /** With its parents; no error when it exists. */
  makeFolder(path: string): Promise<void>;
  /** File, or folder with all it holds; no error when missing. */
  remove(path: string): Promise<void>;
}

export interface ReadOptions {
  /** Refuse larger files before reading them. Default {@link defaultReadLimit}. */
  readonly maxBytes?: number;
}

export interface Disk {
  /** @throws Fault FILE when missing, unreadable or larger than the limit */
  read(path: string, options?: ReadOptions): Promise<Uint8Array>;
  /** Atomic and durable: after it, the path holds all of the bytes; if it fails, what was there before. @throws Fault OUTPUT */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Durable. A torn tail is possible after a power failure: records must carry their own checksum. @throws Fault OUTPUT */
  append(path: string, bytes: Uint8Array): Promise<void>;
  list(path: string): Promise<string[]>;
  kind(path: string): Promise<"file" | "folder" | undefined>;
  exists(path: string): Promise<boolean>;
  makeFolder(path: string): Promise<void>;
  /** Durable. Moves a file or folder within one device; what the new name held may be replaced. @throws Fault OUTPUT */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
}

export const defaultReadLimit = 2 ** 31;

const temporarySuffix = ".laennec-part";

/** The same promises over any {@link FileSystem}. */
export function diskOver(files: FileSystem): Disk {
  let writes = 0;
  const guarded = async <T>(code: "FILE" | "OUTPUT", path: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (cause) {
      throw faultOf(code, path, cause);
    }
  };
  return {
    read: (path, { maxBytes = defaultReadLimit } = {}) => guarded("FILE", path, () => files.readFile(path, maxBytes)),
    write: (path, bytes) =>
      guarded("OUTPUT", path, async () => {
        const temporary = `${path}.${process.pid}-${writes++}${temporarySuffix}`;
        try {
          await files.writeFile(temporary, bytes);
          await files.sync(temporary);
          await files.rename(temporary, path);
        } catch (error) {
          // The first error is the one to tell; a leftover part does no harm.
          await files.remove(temporary).catch(() => undefined);
          throw error;
        }
        await files.sync(folderOf(path));
      }),
    append: (path, bytes) =>
      guarded("OUTPUT", path, async () => {
        const fresh = (await files.kind(path)) === undefined;
        await files.appendFile(path, bytes);
        await files.sync(path);
        if (fresh) await files.sync(folderOf(path));
      }),
    list: (path) =>
      guarded("FILE", path, async () => (await files.list(path)).filter((name) => !name.endsWith(temporarySuffix))),
    kind: (path) => guarded("FILE", path, () => files.kind(path)),
    exists: (path) => guarded("FILE", path, async () => (await files.kind(path)) !== undefined),
    makeFolder: (path) =>
      guarded("OUTPUT", path, async () => {
        if ((await files.kind(path)) === "file")
          throw fault("OUTPUT", "a file has the name of the folder to make", { where: shownPath(path) });
        await files.makeFolder(path);
        await files.sync(folderOf(path));
      }),
    rename: (from, to) =>
      guarded("OUTPUT", to, async () => {
        await files.rename(from, to);
        for (const folder of new Set([folderOf(to), folderOf(from)])) await files.sync(folder);
      }),
    remove: (path) => guarded("OUTPUT", path, () => files.remove(path)),
  };
}

/** The machine's disk. With a root, no path can leave it. */
export const nodeDisk = (root?: string): Disk => diskOver(nodeFileSystem(root));

/** A disk in memory, for tests and for exports that never touch a real one. */
export const memoryDisk = (): Disk => diskOver(memoryFileSystem());

export const joinPath = (...parts: readonly string[]): string =>
  parts
    .filter((part) => part !== "" && part !== ".")
    .join("/")
    .replace(/\/{2,}/g, "/") || ".";

export function folderOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end < 0 ? "." : end === 0 ? "/" : path.slice(0, end);
}

/** The last part of a path: "weights.txt". */
export const baseName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);

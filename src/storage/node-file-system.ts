import { open, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { fault } from "../core/fault.js";
import type { FileSystem } from "./disk.js";
import { shownPath } from "./failure.js";

/** The operating system's files. With a root, a path that leaves it is refused. */
export function nodeFileSystem(root?: string): FileSystem {
  const base = root === undefined ? undefined : resolve(root);
  const at = (path: string): string => {
    if (path.includes("\0")) throw fault("FILE", "a path holds a NUL character", { where: shownPath(path) });
    if (base === undefined) return resolve(path);
    const full = resolve(base, path);
    if (full !== base && !full.startsWith(base.endsWith(sep) ? base : base + sep))
      throw fault("FILE", "a path leaves its folder", { where: shownPath(path) });
    return full;
  };
  const withFile = async <T>(
    path: string,
    flags: string,
    work: (file: Awaited<ReturnType<typeof open>>) => Promise<T>,
  ) => {
    const file = await open(at(path), flags);
    try {
      return await work(file);
    } finally {
      await file.close();
    }
  };
  return {
    readFile: (path, maxBytes) =>
      withFile(path, "r", async (file) => {
        const facts = await file.stat();
        if (facts.isDirectory()) throw Object.assign(new Error("folder"), { code: "EISDIR" });
        if (!facts.isFile()) throw fault("FILE", "not a regular file", { where: shownPath(path) });
        if (facts.size > maxBytes) throw tooLarge(path, facts.size, maxBytes);
        const bytes = await file.readFile();
        return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      }),
    writeFile: (path, bytes) => withFile(path, "w", (file) => file.writeFile(bytes)),
    appendFile: (path, bytes) => withFile(path, "a", (file) => file.appendFile(bytes)),
    // Some systems refuse to open or sync folders: their renames are durable by other means.
    sync: async (path) => {
      const isFolder = (await stat(at(path))).isDirectory();
      if (isFolder && process.platform === "win32") return;
      await withFile(path, isFolder ? "r" : "r+", (file) => file.sync());
    },
    rename: (from, to) => rename(at(from), at(to)),
    list: async (path) => (await readdir(at(path))).sort(),
    kind: async (path) => {
      try {
        return (await stat(at(path))).isDirectory() ? "folder" : "file";
      } catch (error) {
        const code = typeof error === "object" && error !== null && "code" in error ? error.code : "";
        if (code === "ENOENT" || code === "ENOTDIR") return undefined;
        throw error;
      }
    },
    makeFolder: (path) => makeFolders(at(path)),
    remove: (path) => rm(at(path), { recursive: true, force: true }),
  };
}

/** Level by level from the nearest folder that exists: Node's own recursive mkdir never ends under /proc. */
async function makeFolders(full: string): Promise<void> {
  const missing: string[] = [];
  for (let path = full; !(await isFolder(path)); path = dirname(path)) {
    if (dirname(path) === path) break;
    missing.push(path);
  }
  for (const path of missing.reverse())
    try {
      await mkdir(path);
    } catch (error) {
      // Another process may have made it meanwhile.
      if (await isFolder(path)) continue;
      throw error instanceof Error && "code" in error && error.code === "EEXIST"
        ? Object.assign(new Error("not a folder"), { code: "ENOTDIR" })
        : error;
    }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );

export const tooLarge = (path: string, bytes: number, maxBytes: number) =>
  fault("FILE", "a file is larger than its limit", {
    where: shownPath(path),
    why: `it has ${bytes} bytes, the limit is ${maxBytes}`,
  });

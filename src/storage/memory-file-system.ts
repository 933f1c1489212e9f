import type { FileSystem } from "./disk.js";
import { tooLarge } from "./node-file-system.js";

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/** "a/./b//c" as "a/b/c"; the root is "". Throws like a missing file for paths above the root. */
function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) throw failure("ENOENT");
  }
  return parts.join("/");
}

const parentOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf("/"), 0));

/** Files in memory. Behaves like POSIX where this project looks: parents must exist, rename replaces. */
export function memoryFileSystem(): FileSystem {
  const files = new Map<string, Uint8Array>();
  const folders = new Set<string>([""]);
  const put = (path: string, bytes: Uint8Array) => {
    if (folders.has(path)) throw failure("EISDIR");
    if (!folders.has(parentOf(path))) throw failure("ENOENT");
    files.set(path, bytes);
  };
  const get = (path: string): Uint8Array => {
    if (folders.has(path)) throw failure("EISDIR");
    const bytes = files.get(path);
    if (bytes === undefined) throw failure("ENOENT");
    return bytes;
  };
  const within = (path: string, folder: string) => folder === "" || path === folder || path.startsWith(`${folder}/`);
  return {
    readFile: async (path, maxBytes) => {
      const bytes = get(clean(path));
      if (bytes.length > maxBytes) throw tooLarge(path, bytes.length, maxBytes);
      return bytes.slice();
    },
    writeFile: async (path, bytes) => put(clean(path), bytes.slice()),
    appendFile: async (path, bytes) => {
      const before = files.get(clean(path)) ?? new Uint8Array(0);
      const after = new Uint8Array(before.length + bytes.length);
      after.set(before);
      after.set(bytes, before.length);
      put(clean(path), after);
    },
    sync: async (path) => {
      if (!folders.has(clean(path))) get(clean(path));
    },
    rename: async (from, to) => {
      const [old, fresh] = [clean(from), clean(to)];
      if (!folders.has(old)) {
        put(fresh, get(old));
        files.delete(old);
        return;
      }
      if (fresh.startsWith(`${old}/`)) throw failure("EINVAL");
      if (files.has(fresh)) throw failure("ENOTDIR");
      if (!folders.has(parentOf(fresh))) throw failure("ENOENT");
      if ([...files.keys(), ...folders].some((name) => name.startsWith(`${fresh}/`))) throw failure("ENOTEMPTY");
      for (const name of [...folders].filter((name) => within(name, old))) {
        folders.delete(name);
        folders.add(fresh + name.slice(old.length));
      }
      for (const [name, bytes] of [...files].filter(([name]) => within(name, old))) {
        files.delete(name);
        files.set(fresh + name.slice(old.length), bytes);
      }
    },
    list: async (path) => {
      const folder = clean(path);
      if (!folders.has(folder)) throw failure(files.has(folder) ? "ENOTDIR" : "ENOENT");
      return [...files.keys(), ...folders]
        .filter((name) => name !== "" && parentOf(name) === folder)
        .map((name) => name.slice(folder === "" ? 0 : folder.length + 1))
        .sort();
    },
    kind: async (path) => {
      const name = clean(path);
      return folders.has(name) ? "folder" : files.has(name) ? "file" : undefined;
    },
    makeFolder: async (path) => {
      for (let name = clean(path); name !== ""; name = parentOf(name)) {
        if (files.has(name)) throw failure("ENOTDIR");
        folders.add(name);
      }
    },
    remove: async (path) => {
      const target = clean(path);
      for (const name of [...files.keys()]) if (within(name, target)) files.delete(name);
      for (const name of [...folders]) if (name !== "" && within(name, target)) folders.delete(name);
    },
  };
}

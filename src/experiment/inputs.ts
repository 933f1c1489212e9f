import { baseName, joinPath, type Disk } from "../storage/disk.js";
import { sha256 } from "../storage/checksum.js";
import type { InputFile } from "./context.js";

/** A disk that notes the checksum of every file read through it, under the role of the moment. */
export interface NotingDisk {
  readonly disk: (role: InputFile["role"]) => Disk;
  readonly inputs: InputFile[];
  readonly note: (role: InputFile["role"], name: string, bytes: Uint8Array) => void;
  /** A path in the experiment, seen from where the experiment is. */
  readonly place: (path: string) => string;
}

/** @param folder where relative paths start: the folder of the experiment file, or "." */
export function notingDisk(disk: Disk, folder: string): NotingDisk {
  const inputs: InputFile[] = [];
  const note: NotingDisk["note"] = (role, name, bytes) =>
    void inputs.push({ role, name, sha256: sha256(bytes), bytes: bytes.length });
  return {
    inputs,
    note,
    place: (path) => (/^([/\\]|[A-Za-z]:[/\\])/.test(path) ? path : joinPath(folder, path)),
    disk: (role) => ({
      ...disk,
      read: async (path, options) => {
        const bytes = await disk.read(path, options);
        note(role, baseName(path), bytes);
        return bytes;
      },
    }),
  };
}

import { joinPath, type Disk } from "./disk.js";

/** What was chosen by timing on this machine, by what it was chosen for. Losing it costs a moment, nothing else. */
export interface TuningFile {
  readonly recall: (key: string) => unknown;
  readonly remember: (key: string, value: unknown) => Promise<void>;
}

/** Entries kept; the oldest go first. */
const most = 500;
const maxBytes = 2 ** 20;

/**
 * Opens `tuning.json` of a folder. A missing or unreadable file counts as empty, and a folder that cannot be written is left alone:
 * tuning never stops a run.
 */
export async function openTuning(disk: Disk, folder: string): Promise<TuningFile> {
  const path = joinPath(folder, "tuning.json");
  const entries = new Map<string, unknown>(await readEntries(disk, path));
  return {
    recall: (key) => entries.get(key),
    remember: async (key, value) => {
      entries.delete(key);
      entries.set(key, value);
      const kept = [...entries].slice(-most);
      try {
        await disk.makeFolder(folder);
        await disk.write(path, new TextEncoder().encode(JSON.stringify(kept)));
      } catch {
        // A read-only home is common on clusters.
      }
    },
  };
}

async function readEntries(disk: Disk, path: string): Promise<[string, unknown][]> {
  try {
    if ((await disk.kind(path)) !== "file") return [];
    const parsed: unknown = JSON.parse(new TextDecoder().decode(await disk.read(path, { maxBytes })));
    if (!Array.isArray(parsed)) return [];
    return parsed.filter((entry): entry is [string, unknown] => Array.isArray(entry) && typeof entry[0] === "string");
  } catch {
    return [];
  }
}

import { fault } from "../core/fault.js";
import { sha256 } from "./checksum.js";
import type { Disk } from "./disk.js";
import { joinPath } from "./disk.js";
import { decodeText } from "./table.js";

/**
 * A folder's own check: `checksums.json` holds the SHA-256 of every file under it, and of the list itself, so that any
 * flipped byte, lost file or added file is found later.
 */
export const manifestName = "checksums.json";

export interface Damage {
  /** Path within the folder. */
  readonly file: string;
  readonly problem: "changed" | "missing" | "added" | "unreadable";
}

/** Every file under a folder, as sorted relative paths. */
export async function filesUnder(disk: Disk, folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await disk.list(folder)) {
    const path = joinPath(folder, name);
    if ((await disk.kind(path)) === "folder")
      found.push(...(await filesUnder(disk, path)).map((file) => `${name}/${file}`));
    else found.push(name);
  }
  return found.sort();
}

/** Writes the checksums of a finished folder. @throws Fault OUTPUT */
export async function writeManifest(disk: Disk, folder: string): Promise<void> {
  const sums: [string, string][] = [];
  for (const file of await filesUnder(disk, folder))
    if (file !== manifestName) sums.push([file, sha256(await disk.read(joinPath(folder, file)))]);
  // Pairs, not an object: that would reorder names such as "10" and "9", and swallow "__proto__".
  const body = { files: sums, all: sha256(JSON.stringify(sums)) };
  await disk.write(joinPath(folder, manifestName), new TextEncoder().encode(`${JSON.stringify(body, undefined, 2)}\n`));
}

/**
 * What is no longer as it was written; empty when all is well. Undamaged files stay usable.
 * @throws Fault FILE when the folder has no checksums, Fault DATA when these are damaged themselves
 */
export async function verifyFolder(disk: Disk, folder: string): Promise<Damage[]> {
  const where = joinPath(folder, manifestName);
  if (!(await disk.exists(where))) throw fault("FILE", "the folder holds no checksums", { where });
  const sums = readSums(decodeText(await disk.read(where, { maxBytes: 2 ** 28 }), where), where);
  const present = new Set(await filesUnder(disk, folder));
  present.delete(manifestName);
  const damage: Damage[] = [];
  for (const [file, sum] of sums) {
    if (!present.delete(file)) {
      damage.push({ file, problem: "missing" });
      continue;
    }
    const found = await disk.read(joinPath(folder, file)).then(sha256, () => undefined);
    if (found !== sum) damage.push({ file, problem: found === undefined ? "unreadable" : "changed" });
  }
  return [...damage, ...[...present].map((file): Damage => ({ file, problem: "added" }))];
}

function readSums(text: string, where: string): [string, string][] {
  const broken = (why: string) => fault("DATA", "the folder's list of checksums is damaged", { where, why });
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw broken("it is not JSON");
  }
  if (typeof body !== "object" || body === null || !("files" in body) || !("all" in body))
    throw broken("it lacks its keys");
  if (!Array.isArray(body.files)) throw broken("it lists no files");
  const sums = body.files.map((pair: unknown): [string, string] => {
    const [file, sum] = Array.isArray(pair) ? (pair as unknown[]) : [];
    if (typeof file !== "string" || typeof sum !== "string") throw broken("an entry is no pair of name and checksum");
    return [file, sum];
  });
  if (sha256(JSON.stringify(sums)) !== body.all) throw broken("its own checksum does not match");
  return sums;
}

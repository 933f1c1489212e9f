import { crc32, inflateRawSync } from "node:zlib";
import { fault } from "../core/fault.js";

/**
 * Reads zip archives in memory; extracts nothing. Format: PKWARE APPNOTE 6.3, without encryption, splitting and zip64.
 *
 * Every size is checked before it is trusted: what entries declare against the limits, what is inflated against what
 * was declared (inflating stops there), checksums against contents, names against tricks that would leave a folder.
 */
export interface ZipLimits {
  readonly maxEntries: number;
  /** Of all entries together, inflated. */
  readonly maxBytes: number;
  /** Inflated over packed, of the whole archive; only asked above `freeBytes`. */
  readonly maxRatio: number;
  /** Archives that inflate to less than this may have any ratio: a sparse matrix as text packs very well. */
  readonly freeBytes: number;
}

export const defaultZipLimits: ZipLimits = { maxEntries: 4096, maxBytes: 2 ** 30, maxRatio: 200, freeBytes: 2 ** 25 };

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

/**
 * Files by name, folders left out. Lazily inflated: `read` may be asked for the few that are needed.
 * @throws Fault DATA for anything hostile or broken
 */
export function openZip(bytes: Uint8Array, where = "zip", limits: Partial<ZipLimits> = {}) {
  const entries = readDirectory(bytes, where, { ...defaultZipLimits, ...limits });
  return {
    names: [...entries.keys()],
    read(name: string): Uint8Array {
      const entry = entries.get(name);
      if (entry === undefined) throw fault("DATA", `the archive holds no "${name}"`, { where });
      return inflate(bytes, entry, where);
    },
  };
}

/** All files of a zip, inflated. */
export function readZip(bytes: Uint8Array, where = "zip", limits: Partial<ZipLimits> = {}): Map<string, Uint8Array> {
  const zip = openZip(bytes, where, limits);
  return new Map(zip.names.map((name) => [name, zip.read(name)]));
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;

function readDirectory(bytes: Uint8Array, where: string, limits: ZipLimits): Map<string, Entry> {
  const bad = (what: string, why?: string) => fault("DATA", what, { where, why });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) throw bad("not a zip archive", "its end record is missing: it may be cut off");
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  const length = view.getUint32(end + 12, true);
  if (count === 0xffff || start === 0xffffffff) throw bad("zip64 archives are not read");
  if (view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count)
    throw bad("split zip archives are not read");
  if (count > limits.maxEntries)
    throw bad("the archive has too many entries", `${count}, the limit is ${limits.maxEntries}`);
  if (start + length > end) throw bad("the zip directory is broken", "it overlaps the end record");

  const entries = new Map<string, Entry>();
  const spelled = new Set<string>();
  let at = start;
  let total = 0;
  let used = 0;
  for (let k = 0; k < count; k++) {
    if (at + 46 > end || view.getUint32(at, true) !== entrySignature)
      throw bad("the zip directory is broken", `entry ${k + 1}`);
    const nameLength = view.getUint16(at + 28, true);
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw bad("the zip directory is broken", `entry ${k + 1}`);
    const nameBytes = bytes.subarray(at + 46, at + 46 + nameLength);
    const name = safeName(nameBytes, where);
    if ((view.getUint16(at + 8, true) & 1) !== 0) throw bad("an archive entry is encrypted", name);
    if (((view.getUint32(at + 38, true) >>> 16) & 0xf000) === 0xa000) throw bad("an archive entry is a link", name);
    const entry: Entry = {
      name,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: dataStart(view, bytes, view.getUint32(at + 42, true), nameBytes, where),
    };
    at = next;
    if (entry.packed === 0xffffffff || entry.size === 0xffffffff) throw bad("zip64 archives are not read");
    if (entry.at + entry.packed > start) throw bad("an archive entry lies outside of the file", name);
    // Two names that a case-folding disk would merge are a duplicate too.
    const spelling = name.normalize("NFC").toLowerCase().replace(/\/$/, "");
    if (spelled.has(spelling)) throw bad("the archive names an entry twice", name);
    spelled.add(spelling);
    if (entry.method !== 0 && entry.method !== 8)
      throw bad("an archive entry uses an unknown compression", `${name}, method ${entry.method}`);
    if (entry.method === 0 && entry.packed !== entry.size) throw bad("an archive entry has two sizes", name);
    total += entry.size;
    used += entry.packed;
    if (total > limits.maxBytes) throw bad("the archive inflates to too many bytes", `the limit is ${limits.maxBytes}`);
    if (used > bytes.length) throw bad("archive entries overlap", name);
    if (!name.endsWith("/")) entries.set(name, entry);
    else if (entry.size > 0) throw bad("a folder of the archive has contents", name);
  }
  if (total > limits.freeBytes && total > limits.maxRatio * bytes.length)
    throw bad(
      "the archive inflates too much",
      `${total} bytes out of ${bytes.length}, the limit is ${limits.maxRatio} times`,
    );
  return entries;
}

function findEnd(view: DataView): number | undefined {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--)
    if (view.getUint32(at, true) === endSignature && at + 22 + view.getUint16(at + 20, true) === view.byteLength)
      return at;
  return undefined;
}

/** Where an entry's bytes start; its own header must repeat the directory's name. */
function dataStart(view: DataView, bytes: Uint8Array, at: number, name: Uint8Array, where: string): number {
  const broken = (why: string) => fault("DATA", "an archive entry is broken", { where, why });
  if (at + 30 > view.byteLength || view.getUint32(at, true) !== localSignature) throw broken("its header is missing");
  const nameLength = view.getUint16(at + 26, true);
  const own = bytes.subarray(at + 30, at + 30 + nameLength);
  if (own.length !== name.length || own.some((byte, k) => byte !== name[k])) throw broken("it has two names");
  return at + 30 + nameLength + view.getUint16(at + 28, true);
}

function safeName(bytes: Uint8Array, where: string): string {
  const refuse = (why: string, shown: string) =>
    fault("DATA", "the archive holds an entry with a forbidden name", {
      where,
      why: `${JSON.stringify(shown.slice(0, 80))}: ${why}`,
    });
  let name: string;
  try {
    name = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refuse("not UTF-8", new TextDecoder("latin1").decode(bytes));
  }
  // Compatibility characters such as U+2024 become dots on some systems.
  const folded = name.normalize("NFKC");
  const parts = folded.split("/");
  if (name === "" || name.length > 1024) throw refuse("empty or too long", name);
  if (/[\u0000-\u001f\u007f]/.test(folded)) throw refuse("it holds a control character", name);
  if (folded.includes("\\")) throw refuse("it holds a backslash", name);
  if (folded.startsWith("/") || /^[A-Za-z]:/.test(folded)) throw refuse("it is absolute", name);
  if (parts.some((part) => /^\.{2,}$/.test(part.trim()))) throw refuse("it leaves its folder", name);
  if (parts.slice(0, -1).some((part) => part === "" || part === ".")) throw refuse("it has an empty part", name);
  return name;
}

function inflate(bytes: Uint8Array, entry: Entry, where: string): Uint8Array {
  const bad = (what: string, why: string) => fault("DATA", what, { where: `${where} / ${entry.name}`, why });
  const packed = bytes.subarray(entry.at, entry.at + entry.packed);
  let contents: Uint8Array;
  if (entry.method === 0) contents = Uint8Array.from(packed);
  else if (entry.size === 0) contents = new Uint8Array(0);
  else
    try {
      // Inflating stops at the declared size, so an entry that lies about it costs no more than it declared.
      contents = plain(inflateRawSync(packed, { maxOutputLength: entry.size }));
    } catch (cause) {
      const larger =
        typeof cause === "object" && cause !== null && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE";
      throw bad(
        "an archive entry is broken",
        larger ? "it inflates to more than it declares" : "its compressed data is damaged",
      );
    }
  if (contents.length !== entry.size)
    throw bad("an archive entry is broken", `it declares ${entry.size} bytes and holds ${contents.length}`);
  if (crc32(contents) !== entry.crc) throw bad("an archive entry is broken", "its checksum does not match");
  return contents;
}

/** Node's Buffers share memory when sliced; callers expect arrays that do not. */
const plain = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);

import { zipSync } from "fflate";
import { fault } from "../core/fault.js";
import type { NdArray } from "../core/ndarray.js";
import { readNpy, writeNpy, writeNpyStrings } from "./npy.js";
import type { ZipLimits } from "./zip.js";
import { readZip } from "./zip.js";

/** Arrays by name from NumPy's .npz (a zip of .npy files). @throws Fault DATA */
export function readNpz(bytes: Uint8Array, where = "npz", limits: Partial<ZipLimits> = {}): Map<string, NdArray> {
  const arrays = new Map<string, NdArray>();
  for (const [name, contents] of readZip(bytes, where, limits)) {
    if (!name.endsWith(".npy"))
      throw fault("DATA", "an .npz archive holds something else than arrays", { where, why: name });
    arrays.set(name.slice(0, -4), readNpy(contents, `${where} / ${name}`));
  }
  return arrays;
}

/**
 * Numbers as NumPy's number types, texts as `<U`; numpy.load needs no pickle for either. Same bytes for the same arrays:
 * entries keep their order and carry no date. @throws Fault USAGE for a name that is no file name
 */
export function writeNpz(
  arrays: ReadonlyMap<string, NdArray | readonly string[]>,
  { compress = false } = {},
): Uint8Array {
  const files = [...arrays].map(([name, array]): [string, Uint8Array] => [
    `${name}.npy`,
    "data" in array ? writeNpy(array) : writeNpyStrings(array),
  ]);
  return writeZip(new Map(files), { compress });
}

/** A zip with the given files, dated 1980-01-01, the first day that the format knows. */
export function writeZip(files: ReadonlyMap<string, Uint8Array>, { compress = true } = {}): Uint8Array {
  const entries: Record<string, Uint8Array> = Object.create(null);
  for (const [name, bytes] of files) {
    if (
      !/^[\p{L}\p{N}_+-][\p{L}\p{N}_ .+-]*(\/[\p{L}\p{N}_+-][\p{L}\p{N}_ .+-]*)*$/u.test(name) ||
      name === "__proto__"
    )
      throw fault("USAGE", `"${name.slice(0, 80)}" cannot be the name of a file in an archive`);
    entries[name] = bytes;
  }
  return zipSync(entries, { level: compress ? 6 : 0, mtime: new Date(1980, 0, 1) });
}

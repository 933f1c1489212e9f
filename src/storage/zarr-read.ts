import * as zarrita from "zarrita";
import { Fault, fault } from "../core/fault.js";
import type { NdArray } from "../core/ndarray.js";
import { elementCount } from "../core/ndarray.js";
import type { Disk } from "./disk.js";
import { joinPath } from "./disk.js";
import type { Attributes } from "./zarr.js";

export interface ZarrArray {
  readonly data: NdArray<Float32Array | Float64Array>;
  readonly dimensions: readonly string[];
  readonly attributes: Attributes;
}

export interface ZarrContents {
  readonly attributes: Attributes;
  readonly arrays: ReadonlyMap<string, ZarrArray>;
  /** Arrays of text, such as region labels. */
  readonly strings: ReadonlyMap<string, readonly string[]>;
}

/** Inflated bytes of one array; a result is recorded in blocks, but read whole. */
const maxArrayBytes = 2 ** 33;

/**
 * Reads a group with all its arrays.
 * @throws Fault FILE when there is none, Fault DATA when it is broken
 */
export async function readZarr(disk: Disk, path: string): Promise<ZarrContents> {
  if ((await disk.kind(joinPath(path, "zarr.json"))) !== "file")
    throw fault("FILE", "there is no Zarr v3 group", { where: path, next: "give the folder that holds zarr.json" });
  const store = {
    get: async (key: string): Promise<Uint8Array | undefined> => {
      const file = joinPath(path, key.slice(1));
      return (await disk.kind(file)) === "file" ? disk.read(file) : undefined;
    },
  };
  const broken = (where: string, cause: unknown) =>
    cause instanceof Fault
      ? cause
      : fault("DATA", "the Zarr data is broken", {
          where,
          why: cause instanceof Error ? cause.message.slice(0, 200) : "",
          cause,
        });
  const root = zarrita.root(store);
  const group = await zarrita.open.v3(root, { kind: "group" }).catch((cause: unknown) => {
    throw broken(path, cause);
  });
  const arrays = new Map<string, ZarrArray>();
  const strings = new Map<string, readonly string[]>();
  for (const name of await disk.list(path)) {
    if ((await disk.kind(joinPath(path, name, "zarr.json"))) !== "file") continue;
    const where = joinPath(path, name);
    try {
      const array = await zarrita.open.v3(root.resolve(name), { kind: "array" });
      const size = elementCount(array.shape) * 8;
      const blocks = elementCount(array.shape.map((extent, axis) => Math.ceil(extent / (array.chunks[axis] ?? 1))));
      if (
        !Number.isSafeInteger(size) ||
        size > maxArrayBytes ||
        blocks > 1e7 ||
        elementCount(array.chunks) * 8 > maxArrayBytes
      )
        throw fault("LIMIT", "the array is too large to be read whole", {
          where,
          why: `shape [${array.shape.join(", ")}]`,
        });
      if (array.is("string")) strings.set(name, [...(await zarrita.get(array)).data]);
      else if (array.is("float32") || array.is("float64")) {
        const { data, shape, stride } = await zarrita.get(array);
        arrays.set(name, {
          data: { data, shape, stride, offset: 0 },
          dimensions: (array.dimensionNames ?? []).map((dimension) => dimension ?? ""),
          attributes: array.attrs,
        });
      }
    } catch (cause) {
      throw broken(where, cause);
    }
  }
  return { attributes: group.attrs, arrays, strings };
}

import * as zarrita from "zarrita";
import { Fault, fault } from "../core/fault.js";
import type { NdArray } from "../core/ndarray.js";
import { elementCount, ndarray } from "../core/ndarray.js";
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
const maxChunks = 1e7;

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
      if ((await disk.kind(file)) === "file") return disk.read(file);
      // A missing chunk means "fill value" to Zarr; here every chunk is written before the shape that includes it.
      if (/\/c(\/\d+)+$/.test(key))
        throw fault("DATA", "a chunk of the array is missing", { where: joinPath(path, key) });
      return undefined;
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
      requireReadable(array, where);
      const attributes = array.attrs;
      const dimensions = (array.dimensionNames ?? []).map((dimension) => dimension ?? "");
      if (array.is("string")) {
        const texts: string[] = [];
        for await (const chunk of chunksOf(
          array,
          async (place) => ({ data: [...(await array.getChunk(place)).data] }),
          where,
        ))
          texts.push(...chunk);
        strings.set(name, texts);
      } else if (array.is("float32") || array.is("float64")) {
        const count = elementCount(array.shape);
        const data = array.is("float32") ? new Float32Array(count) : new Float64Array(count);
        let at = 0;
        for await (const chunk of chunksOf<Float32Array | Float64Array>(
          array,
          (place) => array.getChunk(place),
          where,
        )) {
          data.set(chunk, at);
          at += chunk.length;
        }
        arrays.set(name, { data: ndarray(data, array.shape), dimensions, attributes });
      }
    } catch (cause) {
      throw broken(where, cause);
    }
  }
  return { attributes: group.attrs, arrays, strings };
}

interface Layout {
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
}

function requireReadable({ shape, chunks }: Layout, where: string): void {
  const most = Math.max(elementCount(shape), elementCount(chunks)) * 8;
  if (!Number.isSafeInteger(most) || most > maxArrayBytes || (shape[0] ?? 0) / (chunks[0] ?? 1) > maxChunks)
    throw fault("LIMIT", "the array is too large to be read whole", { where, why: `shape [${shape.join(", ")}]` });
  if (shape.length === 0 || shape.some((extent, axis) => axis > 0 && Math.max(extent, 1) !== chunks[axis]))
    throw fault("DATA", "only arrays that are divided along their first axis are read", {
      where,
      why: `shape [${shape.join(", ")}] in chunks of [${chunks.join(", ")}]`,
    });
}

/** Chunks in order, each cut at the array's end. zarrita takes short chunks without a word: here they are faults. */
async function* chunksOf<T extends { readonly length: number; slice(from: number, to: number): T }>(
  { shape: [rows = 0, ...fixed], chunks }: Layout,
  getChunk: (place: number[]) => Promise<{ readonly data: T }>,
  where: string,
): AsyncGenerator<T> {
  const [step = 1] = chunks;
  for (let row = 0; row < rows; row += step) {
    const { data } = await getChunk([row / step, ...fixed.map(() => 0)]);
    if (data.length !== elementCount(chunks))
      throw fault("DATA", "a chunk of the array has the wrong size", {
        where,
        why: `chunk ${row / step} holds ${data.length} values, not ${elementCount(chunks)}`,
      });
    yield data.slice(0, Math.min(step, rows - row) * elementCount(fixed));
  }
}

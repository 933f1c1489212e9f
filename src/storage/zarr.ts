import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import * as zarrita from "zarrita";
import { fault } from "../core/fault.js";
import type { NdArray } from "../core/ndarray.js";
import { elementCount, toFloat64 } from "../core/ndarray.js";
import type { Disk } from "./disk.js";
import { joinPath } from "./disk.js";

/**
 * Zarr v3 groups and arrays, written so that `xarray.open_zarr` reads them at any moment: a chunk is on disk before the shape
 * that includes it, and both are replaced atomically, so an interrupted run stays readable up to its last flush.
 */
export type Attributes = Readonly<Record<string, unknown>>;

export interface ZarrGroup {
  readonly disk: Disk;
  readonly path: string;
}

export interface ZarrArrayOptions {
  /** The first extent is where the array grows; the others are fixed. 0 to begin with in a growing array. */
  readonly shape: readonly number[];
  readonly dtype: "f4" | "f8";
  /** Rows of the first axis in one chunk; the other axes are not divided. */
  readonly chunk: number;
  /** One name per axis; "time" for the first of a recording. */
  readonly dimensions: readonly string[];
  /** `units` among them, so that xarray shows it. */
  readonly attributes?: Attributes;
  /** Go on with an array of this many rows, which stands there and has this checksum: rows behind them are forgotten. */
  readonly from?: { readonly rows: number; readonly sha256: string };
  /** gzip level 1 to 9; none by default: activity barely compresses, and gzip is slower than the solver. */
  readonly gzip?: number;
}

export interface ZarrArrayWriter {
  /** Adds rows: [row, …the fixed axes] in C order. Whole chunks go to disk at once, the rest waits. */
  append(rows: ArrayLike<number>): Promise<void>;
  /** Writes the waiting rows too; they are written again when their chunk is full. */
  flush(): Promise<void>;
  close(): Promise<void>;
  /** Rows given so far. */
  readonly rows: number;
  /** SHA-256 of all rows given so far. */
  readonly sha256: () => string;
}

const storeOf = (disk: Disk, path: string) => ({
  get: async (key: string): Promise<Uint8Array | undefined> => {
    const file = joinPath(path, key.slice(1));
    return (await disk.kind(file)) === "file" ? disk.read(file) : undefined;
  },
  set: (key: string, bytes: Uint8Array): Promise<void> => disk.write(joinPath(path, key.slice(1)), bytes),
});

/**
 * Starts a group in a new or empty folder.
 * @param goOn take the folder as it is: the group is gone on with, and what was consolidated is forgotten
 * @throws Fault OUTPUT when the folder holds something
 */
export async function createZarrGroup(
  disk: Disk,
  path: string,
  attributes: Attributes = {},
  goOn = false,
): Promise<ZarrGroup> {
  if (!goOn && (await disk.kind(path)) === "folder" && (await disk.list(path)).length > 0)
    throw fault("OUTPUT", "the folder for the result is not empty", {
      where: path,
      next: "use --force, or another folder",
    });
  await disk.makeFolder(path);
  await zarrita.create(storeOf(disk, path), { attributes: { ...attributes } });
  return { disk, path };
}

/** Starts an array in a group. @throws Fault USAGE for options that contradict each other, Fault OUTPUT when it exists */
export async function createZarrArray(
  group: ZarrGroup,
  name: string,
  options: ZarrArrayOptions,
): Promise<ZarrArrayWriter> {
  const { shape, dtype, chunk, dimensions, attributes = {}, gzip, from } = options;
  const { disk } = group;
  const path = joinPath(group.path, requireName(name));
  if (shape.length === 0 || dimensions.length !== shape.length || !Number.isInteger(chunk) || chunk < 1)
    throw fault("USAGE", "a Zarr array needs a name for every axis and a chunk of at least one row", { where: name });
  if (from === undefined && (await disk.exists(path)))
    throw fault("OUTPUT", "the array exists already", { where: name });
  const fixed = shape.slice(1);
  const width = elementCount(fixed);
  await disk.makeFolder(path);
  const describe = (rows: number) =>
    zarrita.create(storeOf(disk, path), {
      shape: [rows, ...fixed],
      chunkShape: [chunk, ...fixed.map((extent) => Math.max(extent, 1))],
      dtype: dtype === "f4" ? "float32" : "float64",
      // Without a fill value zarrita writes null, which zarr-python refuses.
      fillValue: NaN,
      codecs: [
        { name: "bytes", configuration: { endian: "little" } },
        ...(gzip === undefined ? [] : [{ name: "gzip", configuration: { level: gzip } }]),
      ],
      dimensionNames: [...dimensions],
      attributes: { ...attributes },
    });
  await describe(from?.rows ?? shape[0] ?? 0);

  const Kind = dtype === "f4" ? Float32Array : Float64Array;
  const waiting = new Kind(chunk * width);
  const zeros = fixed.map(() => "/0").join("");
  let rows = from?.rows ?? 0;
  let held = rows % chunk;
  let written = (rows - held) / chunk;
  let described = from?.rows ?? shape[0] ?? 0;
  let closed = false;
  /** Of the whole chunks. */
  const sum = createHash("sha256");
  const sha256 = () =>
    sum
      .copy()
      .update(littleEndian(waiting.subarray(0, held * width)))
      .digest("hex");
  if (from) {
    for (let k = 0; k < written; k++) sum.update(littleEndian(await readChunk(k)));
    if (held > 0) waiting.set((await readChunk(written)).subarray(0, held * width));
    if (rows > 0 && sha256() !== from.sha256)
      throw fault("DATA", "what was recorded has changed since the checkpoint", {
        where: path,
        next: "run it again from the start: laennec simulate --force",
      });
  }
  async function readChunk(k: number): Promise<Float32Array | Float64Array> {
    if (gzip !== undefined) throw fault("BUG", "a compressed array is not gone on with", { where: name });
    const bytes = await disk.read(joinPath(path, `c/${k}${zeros}`));
    if (bytes.length !== waiting.byteLength)
      throw fault("DATA", "a piece of the recording has another length than it should", {
        where: path,
        next: "run it again from the start: laennec simulate --force",
      });
    // A copy: bytes of a file may begin anywhere in their buffer.
    return new Kind(bytes.slice().buffer);
  }
  const writeChunk = async () => {
    const whole = waiting.slice();
    whole.fill(NaN, held * width);
    const bytes = littleEndian(whole);
    const folder = joinPath(path, `c/${written}${zeros}`).replace(/\/[^/]*$/, "");
    await disk.makeFolder(folder);
    await disk.write(
      joinPath(path, `c/${written}${zeros}`),
      gzip === undefined ? bytes : gzipSync(bytes, { level: gzip }),
    );
  };
  const setRows = async (count: number) => {
    if (count <= described) return;
    await describe(count);
    described = count;
  };
  const flush = async () => {
    if (held > 0) await writeChunk();
    await setRows(rows);
  };
  return {
    get rows() {
      return rows;
    },
    async append(values) {
      if (closed) throw fault("BUG", "rows came after the array was closed", { where: name });
      const count = width === 0 ? 0 : values.length / width;
      if (!Number.isInteger(count))
        throw fault("USAGE", "the values do not fill whole rows", {
          where: name,
          why: `${values.length} values, ${width} in a row`,
        });
      let whole = false;
      for (let row = 0; row < count;) {
        const take = Math.min(chunk - held, count - row);
        // Typed arrays are copied whole; long recordings spend their time here.
        if (values instanceof Float64Array || values instanceof Float32Array)
          waiting.set(values.subarray(row * width, (row + take) * width), held * width);
        else for (let k = 0; k < take * width; k++) waiting[held * width + k] = values[row * width + k] ?? NaN;
        held += take;
        row += take;
        rows += take;
        if (held < chunk) continue;
        await writeChunk();
        sum.update(littleEndian(waiting));
        written++;
        held = 0;
        whole = true;
      }
      if (whole) await setRows(written * chunk);
    },
    flush,
    sha256,
    async close() {
      if (closed) return;
      closed = true;
      await flush();
    },
  };
}

/** Writes a whole array at once. */
export async function writeZarrArray(
  group: ZarrGroup,
  name: string,
  array: NdArray,
  options: Omit<ZarrArrayOptions, "shape" | "chunk" | "dtype"> & { readonly dtype?: "f4" | "f8" },
): Promise<void> {
  const [rows = 1, ...fixed] = array.shape;
  const dtype = options.dtype ?? (array.data instanceof Float32Array ? "f4" : "f8");
  const writer = await createZarrArray(group, name, {
    ...options,
    shape: [0, ...fixed],
    chunk: Math.max(rows, 1),
    dtype,
  });
  await writer.append(toFloat64(array));
  await writer.close();
}

/** Writes names, e.g. region labels, as a coordinate that xarray shows along its dimension. */
export async function writeZarrStrings(
  group: ZarrGroup,
  name: string,
  values: readonly string[],
  dimension: string,
): Promise<void> {
  const { disk } = group;
  const path = joinPath(group.path, requireName(name));
  await disk.makeFolder(joinPath(path, "c"));
  const texts = values.map((value) => new TextEncoder().encode(value));
  const out = new Uint8Array(4 + texts.reduce((sum, text) => sum + 4 + text.length, 0));
  const view = new DataView(out.buffer);
  view.setUint32(0, texts.length, true);
  let at = 4;
  for (const text of texts) {
    view.setUint32(at, text.length, true);
    out.set(text, at + 4);
    at += 4 + text.length;
  }
  await disk.write(joinPath(path, "c/0"), out);
  const metadata = {
    zarr_format: 3,
    node_type: "array",
    shape: [values.length],
    data_type: "string",
    chunk_grid: { name: "regular", configuration: { chunk_shape: [Math.max(values.length, 1)] } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    codecs: [{ name: "vlen-utf8" }],
    fill_value: "",
    dimension_names: [dimension],
    attributes: {},
  };
  await disk.write(joinPath(path, "zarr.json"), new TextEncoder().encode(JSON.stringify(metadata)));
}

/**
 * Copies the metadata of all arrays into the group's, so that readers open it with one request, and xarray without a warning.
 * For finished groups only: the copy would go stale.
 */
export async function consolidateZarr({ disk, path }: ZarrGroup): Promise<void> {
  const parse = async (file: string): Promise<Record<string, unknown>> =>
    JSON.parse(new TextDecoder().decode(await disk.read(joinPath(path, file)))) as Record<string, unknown>;
  const metadata: Record<string, unknown> = {};
  for (const name of await disk.list(path))
    if (await disk.exists(joinPath(path, name, "zarr.json"))) metadata[name] = await parse(`${name}/zarr.json`);
  const group = {
    ...(await parse("zarr.json")),
    consolidated_metadata: { kind: "inline", must_understand: false, metadata },
  };
  await disk.write(joinPath(path, "zarr.json"), new TextEncoder().encode(JSON.stringify(group, undefined, 2)));
}

const requireName = (name: string): string => {
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name))
    throw fault("USAGE", `"${name.slice(0, 60)}" cannot be the name of an array`);
  return name;
};

const littleEndian = (values: Float32Array | Float64Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

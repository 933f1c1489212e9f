import type { NdArray } from "../core/ndarray.js";
import { elementCount, toFloat64 } from "../core/ndarray.js";

export interface Hdf5Array {
  /** Numbers, or texts along one axis. */
  readonly data: NdArray | readonly string[];
  /** Written as the attribute DIMENSION_LABELS, one name per axis. */
  readonly dimensions?: readonly string[];
  readonly attributes?: Readonly<Record<string, string | number>>;
}

let files = 0;

/**
 * Named arrays as the bytes of an HDF5 file. The library (h5wasm) is loaded when first asked for: it is large, and few need it.
 * Values are stored as f8, or f4 where they are f4; texts in UTF-8.
 */
export async function writeHdf5(
  arrays: ReadonlyMap<string, Hdf5Array>,
  attributes: Readonly<Record<string, string | number>> = {},
): Promise<Uint8Array> {
  const { default: h5wasm } = await import("h5wasm");
  const { FS } = await h5wasm.ready;
  // h5wasm's own file system is in memory: nothing touches a disk here.
  const name = `export-${files++}.h5`;
  const file = new h5wasm.File(name, "w");
  const groups = new Set<string>();
  try {
    for (const [key, value] of Object.entries(attributes)) file.create_attribute(key, value);
    for (const [key, { data, dimensions, attributes: own = {} }] of arrays) {
      // HDF5 makes no missing groups on the way to a name.
      for (let slash = key.indexOf("/"); slash > 0; slash = key.indexOf("/", slash + 1)) {
        const group = key.slice(0, slash);
        if (!groups.has(group)) file.create_group(group);
        groups.add(group);
      }
      const dataset = file.create_dataset({ name: key, ...valuesOf(data) });
      if (dimensions) dataset.create_attribute("DIMENSION_LABELS", [...dimensions]);
      for (const [attribute, value] of Object.entries(own)) dataset.create_attribute(attribute, value);
    }
  } finally {
    file.close();
  }
  const bytes = FS.readFile(name);
  FS.unlink(name);
  return new Uint8Array(bytes);
}

function valuesOf(data: NdArray | readonly string[]) {
  if (!("data" in data)) return { data: [...data], shape: [data.length] };
  const values = toFloat64(data);
  const shape = data.shape.length === 0 ? [elementCount(data.shape)] : [...data.shape];
  // Not "<f4" and "<f8": h5wasm knows letters alone and would store both as f32.
  return data.data instanceof Float32Array
    ? { data: Float32Array.from(values), shape, dtype: "<f" }
    : { data: values, shape, dtype: "<d" };
}

import { fault } from "../core/fault.js";
import type { NdArray, NumericArray } from "../core/ndarray.js";
import { cStride, elementCount, toFloat64 } from "../core/ndarray.js";

/**
 * NumPy's .npy format, versions 1 to 3 (NumPy Enhancement Proposal 1 and `numpy.lib.format`).
 *
 * The header is a Python dict literal; it is read by a small tokeniser, never evaluated. The bytes that the header
 * promises are compared with those the file holds before anything is allocated.
 */
const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const littleEndianMachine = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
const maxHeaderBytes = 65_536;
/** NumPy's own limit since 2.0. */
const maxAxes = 64;

interface Kind {
  readonly bytes: number;
  readonly wrap: (buffer: ArrayBuffer) => NumericArray;
}

const kinds: Readonly<Record<string, Kind>> = {
  f4: { bytes: 4, wrap: (b) => new Float32Array(b) },
  f8: { bytes: 8, wrap: (b) => new Float64Array(b) },
  i1: { bytes: 1, wrap: (b) => new Int8Array(b) },
  i2: { bytes: 2, wrap: (b) => new Int16Array(b) },
  i4: { bytes: 4, wrap: (b) => new Int32Array(b) },
  i8: { bytes: 8, wrap: (b) => exact(new BigInt64Array(b)) },
  u1: { bytes: 1, wrap: (b) => new Uint8Array(b) },
  u2: { bytes: 2, wrap: (b) => new Uint16Array(b) },
  u4: { bytes: 4, wrap: (b) => new Uint32Array(b) },
  u8: { bytes: 8, wrap: (b) => exact(new BigUint64Array(b)) },
  b1: { bytes: 1, wrap: (b) => new Uint8Array(b) },
};

/** 64-bit integers as f64; those that f64 cannot hold are refused rather than rounded. */
function exact(values: BigInt64Array | BigUint64Array): Float64Array {
  const out = new Float64Array(values.length);
  values.forEach((value, k) => {
    out[k] = Number(value);
    if (!Number.isSafeInteger(out[k])) throw fault("DATA", `integer ${value} is too large to be held exactly`);
  });
  return out;
}

/**
 * Reads one array. Fortran-ordered data keeps its order, with strides that say so; int64 and uint64 become f64.
 * @param where name of the file, for faults
 * @throws Fault DATA
 */
export function readNpy(bytes: Uint8Array, where = "npy"): NdArray {
  const bad = (what: string, why?: string) => fault("DATA", what, { where, why });
  if (bytes.length < 10 || magic.some((byte, k) => bytes[k] !== byte))
    throw bad("not a .npy file", "it lacks NumPy's first bytes");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3) throw bad(`.npy version ${version} is unknown`);
  const prefix = version === 1 ? 10 : 12;
  if (bytes.length < prefix) throw bad("the .npy header is cut off");
  const headerLength = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (headerLength > maxHeaderBytes) throw bad("the .npy header is too long", `${headerLength} bytes`);
  if (prefix + headerLength > bytes.length) throw bad("the .npy header is cut off");
  const text = new TextDecoder("utf-8").decode(bytes.subarray(prefix, prefix + headerLength));
  const { descr, fortran, shape } = readHeader(text, bad);

  const match = /^([<>|=])([fiub]\d)$/.exec(descr);
  const kind = match?.[2] !== undefined && Object.hasOwn(kinds, match[2]) ? kinds[match[2]] : undefined;
  if (kind === undefined)
    throw bad(`.npy values of type "${descr.slice(0, 40)}" are not read`, "only real numbers of 1 to 8 bytes are");
  const count = elementCount(shape);
  const held = bytes.length - prefix - headerLength;
  if (!Number.isSafeInteger(count * kind.bytes) || count * kind.bytes !== held)
    throw bad(
      "the .npy header and its data disagree",
      `shape [${shape.join(", ")}] of ${descr} needs ${count * kind.bytes} bytes, the file holds ${held}`,
    );

  const buffer = new Uint8Array(held);
  buffer.set(bytes.subarray(prefix + headerLength));
  if ((match?.[1] === ">") === littleEndianMachine && kind.bytes > 1 && match?.[1] !== "=")
    swapBytes(buffer, kind.bytes);
  const data = kind.wrap(buffer.buffer);
  return { data, shape, stride: fortran ? fortranStride(shape) : cStride(shape), offset: 0 };
}

function readHeader(text: string, bad: (what: string, why?: string) => Error) {
  const found = new Map<string, string>();
  const broken = () => bad("the .npy header is broken", `"${text.trim().slice(0, 80)}"`);
  const body = /^\s*\{([\s\S]*)\}\s*$/.exec(text)?.[1];
  if (body === undefined) throw broken();
  const pair = /\s*(['"])(\w+)\1\s*:\s*('[^']*'|"[^"]*"|True|False|\([\d\s,L]*\))\s*(,|$)/y;
  while (pair.lastIndex < body.trimEnd().length) {
    const match = pair.exec(body);
    if (match?.[2] === undefined || match[3] === undefined || found.has(match[2])) throw broken();
    found.set(match[2], match[3]);
  }
  const descr = found.get("descr");
  const order = found.get("fortran_order");
  const shapeText = found.get("shape");
  if (
    found.size !== 3 ||
    !descr ||
    !/^['"]/.test(descr) ||
    !/^(True|False)$/.test(order ?? "") ||
    !shapeText?.startsWith("(")
  )
    throw broken();
  const inner = shapeText.slice(1, -1).replaceAll("L", "").trim();
  if (inner !== "" && !/^\d+(\s*,\s*\d+)*\s*,?$/.test(inner)) throw broken();
  const shape = inner === "" ? [] : inner.replace(/,\s*$/, "").split(",").map(Number);
  if (shape.length > maxAxes || shape.some((extent) => !Number.isSafeInteger(extent))) throw broken();
  return { descr: descr.slice(1, -1), fortran: order === "True", shape };
}

const fortranStride = (shape: readonly number[]): number[] => cStride([...shape].reverse()).reverse();

function swapBytes(bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}

const codeOf = (data: NumericArray): string => {
  if (data instanceof Float64Array) return "f8";
  if (data instanceof Float32Array) return "f4";
  const sign = data instanceof Int32Array || data instanceof Int16Array || data instanceof Int8Array ? "i" : "u";
  return `${sign}${data.BYTES_PER_ELEMENT}`;
};

/** True when the array's values lie in C order without gaps. */
const isContiguous = ({ shape, stride }: NdArray): boolean => {
  const dense = cStride(shape);
  return shape.every((extent, axis) => extent <= 1 || stride[axis] === dense[axis]);
};

/** The array as version 1 .npy bytes: little-endian, C order, byte for byte what `numpy.save` writes. Strided arrays become f8. */
export function writeNpy(array: NdArray): Uint8Array {
  const whole = isContiguous(array)
    ? array.data.subarray(array.offset, array.offset + elementCount(array.shape))
    : toFloat64(array);
  const size = whole.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(whole.byteLength);
  bytes.set(new Uint8Array(whole.buffer, whole.byteOffset, whole.byteLength));
  if (!littleEndianMachine && size > 1) swapBytes(bytes, size);
  return npyOf(`${size === 1 ? "|" : "<"}${codeOf(whole)}`, array.shape, bytes);
}

/** Texts as a one-dimensional array of NumPy's `<U`: each in as many UTF-32 characters as the longest needs. */
export function writeNpyStrings(texts: readonly string[]): Uint8Array {
  const characters = texts.map((text) => Array.from(text, (character) => character.codePointAt(0) ?? 0));
  const width = Math.max(1, ...characters.map(({ length }) => length));
  const bytes = new Uint8Array(texts.length * width * 4);
  const view = new DataView(bytes.buffer);
  characters.forEach((codes, row) => codes.forEach((code, k) => view.setUint32((row * width + k) * 4, code, true)));
  return npyOf(`<U${width}`, [texts.length], bytes);
}

function npyOf(descr: string, shape: readonly number[], data: Uint8Array): Uint8Array {
  const shapeText = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  let header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shapeText}, }`;
  // NumPy leaves room for the first axis to grow in place, then aligns the data to 64 bytes.
  if (shape.length > 0) header += " ".repeat(21 - String(shape[0]).length);
  header += " ".repeat((64 - ((10 + header.length + 1) % 64)) % 64) + "\n";
  const out = new Uint8Array(10 + header.length + data.length);
  out.set([...magic, 1, 0, header.length & 0xff, header.length >> 8]);
  out.set(new TextEncoder().encode(header), 10);
  out.set(data, 10 + header.length);
  return out;
}

import { fault } from "./fault.js";

export type NumericArray =
  Float64Array | Float32Array | Int32Array | Uint32Array | Int16Array | Uint16Array | Int8Array | Uint8Array;

/**
 * The public shape of arrays: the same four fields as the `ndarray` package and as zarrita's chunks,
 * so either can be handed in and out without a copy.
 */
export interface NdArray<T extends NumericArray = NumericArray> {
  readonly data: T;
  readonly shape: readonly number[];
  /** Elements (not bytes) between neighbours along each axis. */
  readonly stride: readonly number[];
  readonly offset: number;
}

export const cStride = (shape: readonly number[]): number[] => {
  const stride = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    stride[axis] = step;
    step *= shape[axis] ?? 1;
  }
  return stride;
};

export const elementCount = (shape: readonly number[]): number => shape.reduce((n, extent) => n * extent, 1);

/** Wraps C-ordered data. @throws Fault DATA when the length does not match the shape. */
export function ndarray<T extends NumericArray>(data: T, shape: readonly number[]): NdArray<T> {
  if (data.length !== elementCount(shape))
    throw fault("DATA", `${data.length} values do not fill an array of shape [${shape.join(", ")}]`);
  return { data, shape, stride: cStride(shape), offset: 0 };
}

/** The values in C order as f64, whatever the strides. */
export function toFloat64(array: NdArray): Float64Array {
  const { data, shape, stride, offset } = array;
  const out = new Float64Array(elementCount(shape));
  const index = new Array<number>(shape.length).fill(0);
  for (let k = 0; k < out.length; k++) {
    let at = offset;
    for (let axis = 0; axis < shape.length; axis++) at += (index[axis] ?? 0) * (stride[axis] ?? 0);
    out[k] = data[at] ?? NaN;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = (index[axis] ?? 0) + 1;
      if ((index[axis] ?? 0) < (shape[axis] ?? 0)) break;
      index[axis] = 0;
    }
  }
  return out;
}

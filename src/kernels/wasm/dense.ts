import type { Edges, Program } from "../../ir/program.js";
import type { Fn, ModuleBuilder } from "./encode.js";
import {
  call,
  floatOp,
  forLoop,
  get,
  i32,
  i32Const,
  load,
  loadSplat,
  returnCode,
  set,
  store,
  v,
  v128Zero,
  whenTrue,
} from "./instructions.js";
import type { Layout } from "./layout.js";

/** Undelayed edges as a matrix of weights, 0 where there is none, in panels of neighbouring targets. */
export interface Panels {
  /** Vectors of targets in a panel; the last may be narrower. */
  readonly width: number;
  /** Vectors that hold all targets. */
  readonly vectors: number;
  readonly bytes: number;
}

/**
 * Sums to hold in registers when so many vectors are to be summed, about as many in each go. V8 loads what belongs to all
 * sums before it multiplies the first: 2 x 7 registers and one for the common factor is what the processor has.
 */
export const heldSums = (vectors: number): number => Math.ceil(vectors / Math.ceil(vectors / 7));

/**
 * A gathered value costs about as much as four that are read in a row, so a list longer than a quarter of the matrix is
 * summed faster as the matrix. Undefined for shorter ones, and for lists in another order than that of the sources.
 */
export function panelsOf({ start, source }: Edges, lanes: number): Panels | undefined {
  const regions = start.length - 1;
  if (source.length * 4 < regions * regions || source.length === 0) return undefined;
  for (let target = 0; target < regions; target++)
    for (let e = (start[target] ?? 0) + 1; e < (start[target + 1] ?? 0); e++)
      if ((source[e] ?? 0) <= (source[e - 1] ?? 0)) return undefined;
  const vectors = Math.ceil(regions / lanes);
  return {
    width: heldSums(vectors),
    vectors,
    bytes: regions * vectors * 16,
  };
}

/** Writes the weights: [panel][source][target of the panel]. */
export function fillPanels(
  { start, source, weight }: Edges,
  { width, vectors }: Panels,
  lanes: number,
  into: Float32Array | Float64Array,
): void {
  const regions = start.length - 1;
  for (let target = 0; target < regions; target++) {
    const vector = Math.floor(target / lanes);
    const first = vector - (vector % width);
    const across = Math.min(width, vectors - first);
    for (let e = start[target] ?? 0; e < (start[target + 1] ?? 0); e++) {
      const row = first * regions + (source[e] ?? 0) * across + vector - first;
      into[row * lanes + (target % lanes)] = weight[e] ?? 0;
    }
  }
}

/**
 * Undelayed sums as a product of matrix and vector, each target's in the order of its sources. Products with the zeros
 * between change no sum, except where a value is not finite: then `bySides` sums over the edges alone. Takes and ignores
 * the parameters of `bySides`.
 */
export function denseFunction(
  module: ModuleBuilder,
  program: Program,
  layout: Layout,
  { width, vectors }: Panels,
  bySides: Fn,
): Fn {
  const { elementBytes: B, padded, at } = layout;
  const rowBytes = padded * B;
  const fn = module.fn("dense", ["i32", "i32"]);
  const { emit } = fn;
  const [source, weights, out] = [fn.local("i32"), fn.local("i32"), fn.local("i32")];
  const value = fn.local("v128");
  const sums = Array.from({ length: width }, () => fn.local("v128"));

  // x - x is 0 for finite x and NaN otherwise.
  emit(v128Zero, set(value));
  forLoop(fn, source, i32Const(at.sent), i32Const(at.sent + program.channels * rowBytes), 16, () =>
    emit(get(value), get(source), load(), get(source), load(), floatOp(B, "sub"), floatOp(B, "add"), set(value)),
  );
  emit(get(value), get(value), floatOp(B, "ne"), v.anyTrue);
  whenTrue(fn, () => emit(i32Const(0), i32Const(0), call(bySides), returnCode));

  for (let c = 0; c < program.channels; c++) {
    const panels = (count: number, beyond: number) => {
      forLoop(fn, out, get(out), i32Const(beyond * 16), count * 16, () => {
        for (const sum of sums.slice(0, count)) emit(v128Zero, set(sum));
        forLoop(fn, source, i32Const(0), i32Const(program.regions * B), B, () => {
          emit(get(source), loadSplat(B, at.sent + c * rowBytes), set(value));
          sums.slice(0, count).forEach((sum, k) => {
            emit(get(sum), get(weights), load(at.dense + k * 16), get(value), floatOp(B, "mul"));
            emit(floatOp(B, "add"), set(sum));
          });
          emit(get(weights), i32Const(count * 16), i32.add, set(weights));
        });
        sums.slice(0, count).forEach((sum, k) => emit(get(out), get(sum), store(at.instant + c * rowBytes + k * 16)));
      });
    };
    emit(i32Const(0), set(weights), i32Const(0), set(out));
    const rest = vectors % width;
    panels(width, vectors - rest);
    if (rest > 0) panels(rest, vectors);
  }
  return fn;
}

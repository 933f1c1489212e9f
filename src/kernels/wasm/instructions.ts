import { signed, unsigned, type Code, type Fn, type Local } from "./encode.js";

/** Instructions by the names of the WebAssembly text format. */

export const get = (l: Local): Code => [0x20, l];
export const set = (l: Local): Code => [0x21, l];
export const tee = (l: Local): Code => [0x22, l];

export const i32Const = (value: number): Code => [0x41, ...signed(value)];
export const i32 = {
  load: (offset = 0): Code => [0x28, 2, ...unsigned(offset)],
  store: (offset = 0): Code => [0x36, 2, ...unsigned(offset)],
  geU: [0x4f] as Code,
  geS: [0x4e] as Code,
  ltS: [0x48] as Code,
  eqz: [0x45] as Code,
  eq: [0x46] as Code,
  add: [0x6a] as Code,
  sub: [0x6b] as Code,
  mul: [0x6c] as Code,
  and: [0x71] as Code,
  or: [0x72] as Code,
  shl: [0x74] as Code,
  shrS: [0x75] as Code,
  shrU: [0x76] as Code,
};
export const call = (fn: Fn): Code => [0x10, ...unsigned(fn.index)];
export const memoryCopy: Code = [0xfc, 10, 0, 0];
export const returnCode: Code = [0x0f];

const simd = (op: number): Code => [0xfd, ...unsigned(op)];
const simdMemory = (op: number, align: number, offset: number): Code => [
  0xfd,
  ...unsigned(op),
  align,
  ...unsigned(offset),
];

/** Opcodes of v128 instructions that take operands from the stack only. */
export const v = {
  not: simd(0x4d),
  and: simd(0x4e),
  or: simd(0x50),
  xor: simd(0x51),
  bitselect: simd(0x52),
  anyTrue: simd(0x53),
  promoteLow: simd(0x5f),
  demoteZero: simd(0x5e),
  convertSigned: simd(0xfa),
  i32Splat: simd(0x11),
  f32Splat: simd(0x13),
  f64Splat: simd(0x14),
  i32Add: simd(0xae),
  i32Sub: simd(0xb1),
  i32Shl: simd(0xab),
  i32ShrS: simd(0xac),
  i32ShrU: simd(0xad),
  i64Shl: simd(0xcb),
  i64ShrU: simd(0xcd),
  f64Add: simd(0xf0),
};

export const load = (offset = 0): Code => simdMemory(0x00, 4, offset);
export const store = (offset = 0): Code => simdMemory(0x0b, 4, offset);
/** As `load`, for addresses that are aligned to elements only. */
export const loadUnaligned = (elementBytes: number, offset = 0): Code =>
  simdMemory(0x00, elementBytes === 4 ? 2 : 3, offset);
export const loadSplat = (elementBytes: number, offset = 0): Code =>
  elementBytes === 4 ? simdMemory(0x09, 2, offset) : simdMemory(0x0a, 3, offset);
/** One element into the first lane, zeros behind it. */
export const loadZero = (elementBytes: number, offset = 0): Code =>
  elementBytes === 4 ? simdMemory(0x5c, 2, offset) : simdMemory(0x5d, 3, offset);
/** Two f32 into the low half, zeros above. */
export const load64Zero = (offset = 0): Code => simdMemory(0x5d, 3, offset);
export const loadLane = (elementBytes: number, lane: number, offset = 0): Code => [
  ...(elementBytes === 4 ? simdMemory(0x56, 2, offset) : simdMemory(0x57, 3, offset)),
  lane,
];
export const storeLane = (elementBytes: number, lane: number, offset = 0): Code => [
  ...(elementBytes === 4 ? simdMemory(0x5a, 2, offset) : simdMemory(0x5b, 3, offset)),
  lane,
];
/** As `store`, for addresses that are aligned to elements only. */
export const storeUnaligned = (elementBytes: number, offset = 0): Code =>
  simdMemory(0x0b, elementBytes === 4 ? 2 : 3, offset);
/** Lanes of two vectors, numbered through both. */
export const shuffle = (laneBytes: number, lanes: readonly number[]): Code => [
  0xfd,
  0x0d,
  ...lanes.flatMap((lane) => Array.from({ length: laneBytes }, (_, k) => lane * laneBytes + k)),
];
/** Bytes 8..15 of the vector moved to the front. */
export const upperHalf: Code = [0xfd, 0x0d, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];
export const v128Zero: Code = [0xfd, 0x0c, ...new Array<number>(16).fill(0)];
export const v128Const = (bytes: Uint8Array): Code => [0xfd, 0x0c, ...bytes];

const f32Ops = {
  add: 0xe4,
  sub: 0xe5,
  mul: 0xe6,
  div: 0xe7,
  neg: 0xe1,
  abs: 0xe0,
  sqrt: 0xe3,
  pmin: 0xea,
  pmax: 0xeb,
  floor: 0x68,
  nearest: 0x6a,
  eq: 0x41,
  ne: 0x42,
  lt: 0x43,
  gt: 0x44,
  le: 0x45,
  ge: 0x46,
};
const f64Ops: typeof f32Ops = {
  add: 0xf0,
  sub: 0xf1,
  mul: 0xf2,
  div: 0xf3,
  neg: 0xed,
  abs: 0xec,
  sqrt: 0xef,
  pmin: 0xf6,
  pmax: 0xf7,
  floor: 0x75,
  nearest: 0x94,
  eq: 0x47,
  ne: 0x48,
  lt: 0x49,
  gt: 0x4a,
  le: 0x4b,
  ge: 0x4c,
};
export type FloatOp = keyof typeof f32Ops;
/** Lanes cut to whole numbers in the first 32-bit lanes; NaN becomes 0. */
export const truncate = (elementBytes: number): Code => simd(elementBytes === 4 ? 0xf8 : 0xfc);
/** A 32-bit lane. */
export const extractLane = (lane: number): Code => [...simd(0x1b), lane];
export const floatOp = (elementBytes: number, op: FloatOp): Code => simd((elementBytes === 4 ? f32Ops : f64Ops)[op]);

/** `for (counter = from; counter < to; counter += step) body`, signed. */
export function forLoop(fn: Fn, counter: Local, from: Code, to: Code, step: number, body: () => void): void {
  fn.emit(from, set(counter));
  fn.emit([0x02, 0x40], [0x03, 0x40]);
  fn.emit(get(counter), to, i32.geS, [0x0d, 1]);
  body();
  fn.emit(get(counter), i32Const(step), i32.add, set(counter), [0x0c, 0], [0x0b, 0x0b]);
}

/** `if (condition) body`; the condition is on the stack. */
export function whenTrue(fn: Fn, body: () => void): void {
  fn.emit([0x04, 0x40]);
  body();
  fn.emit([0x0b]);
}

/**
 * The operations an expression may hold. Every back end implements the *primitive* ones, exactly and alike; the
 * *elementary* ones are rewritten into primitives by `src/ir/elementary` before a back end sees them, so their bits
 * are the same everywhere.
 */
export type ValueType = "float" | "bool" | "u32" | "table";

interface OpShape {
  readonly args: readonly ValueType[];
  readonly type: ValueType;
}

const f = "float";
const b = "bool";
const u = "u32";
const t = "table";
const shape = (args: readonly ValueType[], type: ValueType): OpShape => ({ args, type });

/**
 * Meanings, in the working precision, rounded to nearest even after every operation:
 * - `min(a,b)` is `b < a ? b : a` and `max(a,b)` is `a < b ? b : a`: with the bound as second argument NaN survives.
 * - `nearest` rounds half to even, `floor` downwards.
 * - `select(c, a, b)` is `c ? a : b`.
 * - `pow2(n)` is 2^n for integral n within the normal exponent range (f32 -126..127, f64 -1022..1023), infinite one above it;
 *   unspecified outside.
 * - `exponent(x)` is the unbiased exponent field of |x| as a float: floor(log2|x|) for normal x, -127 / -1023 for 0 and
 *   denormals, 128 / 1024 for infinities and NaN.
 * - `mantissa(x)` is |x| with its exponent field set to 0: in [1, 2).
 * - `single(x)` rounds to single precision (f64 graphs; the same value in f32).
 * - `copysign(a,b)` is |a| with the sign bit of b.
 * - `uadd, uxor, uor, uand` work on 32-bit unsigned integers; `ushl, ushr, urotl` take a constant count as second argument.
 * - `lookup(t, k)` is the k-th value of a table, rounded to the working precision, for integral k within it; the first for NaN;
 *   unspecified for others.
 * - `signedToFloat` reads 32 bits as a signed integer and rounds it to f32. Integer operations occur in f32 graphs only.
 */
export const primitives = {
  add: shape([f, f], f),
  sub: shape([f, f], f),
  mul: shape([f, f], f),
  div: shape([f, f], f),
  neg: shape([f], f),
  abs: shape([f], f),
  sqrt: shape([f], f),
  min: shape([f, f], f),
  max: shape([f, f], f),
  floor: shape([f], f),
  nearest: shape([f], f),
  single: shape([f], f),
  copysign: shape([f, f], f),
  pow2: shape([f], f),
  exponent: shape([f], f),
  mantissa: shape([f], f),
  lt: shape([f, f], b),
  le: shape([f, f], b),
  gt: shape([f, f], b),
  ge: shape([f, f], b),
  eq: shape([f, f], b),
  ne: shape([f, f], b),
  and: shape([b, b], b),
  or: shape([b, b], b),
  not: shape([b], b),
  select: shape([b, f, f], f),
  uadd: shape([u, u], u),
  uxor: shape([u, u], u),
  uor: shape([u, u], u),
  uand: shape([u, u], u),
  ushl: shape([u, u], u),
  ushr: shape([u, u], u),
  urotl: shape([u, u], u),
  signedToFloat: shape([u], f),
  lookup: shape([t, f], f),
} as const satisfies Record<string, OpShape>;

/** Functions of our own, lowered to primitives. Names are those of the equation text. */
export const elementaries = {
  exp: shape([f], f),
  /** exp(x) - 1 without cancellation. */
  expm1: shape([f], f),
  log: shape([f], f),
  /** log(1 + x) without cancellation. */
  log1p: shape([f], f),
  sin: shape([f], f),
  cos: shape([f], f),
  tan: shape([f], f),
  sinh: shape([f], f),
  cosh: shape([f], f),
  tanh: shape([f], f),
  pow: shape([f, f], f),
  /** 1 / (1 + exp(-x)). */
  logistic: shape([f], f),
  /** x / (1 - exp(-x)), 1 at x = 0: the transfer function of Wong-Wang models. */
  invexprel: shape([f], f),
  erf: shape([f], f),
  /** 1 - erf(x) without cancellation: its relative accuracy is kept in the far tail. */
  erfc: shape([f], f),
  atan: shape([f], f),
  asin: shape([f], f),
  acos: shape([f], f),
  /** The real cube root, of negative numbers too. */
  cbrt: shape([f], f),
} as const satisfies Record<string, OpShape>;

/** What a table has at one or two places, between its points too; lowered to `lookup`s. Equation text calls the table's name. */
export const readings = {
  interpolate1: shape([t, f], f),
  interpolate2: shape([t, f, f], f),
} as const satisfies Record<string, OpShape>;

export type Primitive = keyof typeof primitives;
export type Elementary = keyof typeof elementaries;
export type Reading = keyof typeof readings;
export type Op = Primitive | Elementary | Reading;

export const isPrimitive = (op: string): op is Primitive => Object.hasOwn(primitives, op);
export const isElementary = (op: string): op is Elementary => Object.hasOwn(elementaries, op);
export const isReading = (op: string): op is Reading => Object.hasOwn(readings, op);

export const opShape = (op: Op): OpShape =>
  isPrimitive(op) ? primitives[op] : isElementary(op) ? elementaries[op] : readings[op];

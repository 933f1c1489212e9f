import type { Expr } from "../graph.js";
import { fastTwoSum } from "./double.js";
import { reduce, type Kit } from "./kit.js";

/**
 * Range of the argument reduction: for |x| below it n pi is subtracted with exact products (n below 2^15 in f32, 2^25
 * in f64), and results are within 2 ULP. Up to about 2^21 (2^50) the result is the sine of a number within a few ULP of x;
 * beyond that it means nothing and need not lie in [-1, 1]. Infinities give NaN.
 */
export const trigonometricRange = { f32: 102_900, f64: 1.05e8 } as const;

/** high - low = x - n (the sum of pieces), where low is below the rounding of an argument near 1. */
export interface Reduced {
  readonly high: Expr;
  readonly low: Expr;
  /** high = rounded - subtracted, rounded once. */
  readonly rounded: Expr;
  readonly subtracted: Expr;
}

/**
 * Cody-Waite for pieces of which n times each but the last is exact. The first subtractions are exact too; what the next one rounds
 * away joins the second piece from the end, so that `high` is off by one rounding only. Near a zero of the
 * result every step is exact and the last piece counts; in f32 it counts for large arguments as well (n times it reaches 1.5e-7).
 */
export function reduceTurns(kit: Kit, x: Expr, n: Expr, pieces: readonly number[]): Reduced {
  const { sub, times } = kit;
  const [third = 0, second = 0, last = 0] = pieces.slice(-3);
  const start = reduce(kit, x, n, pieces.slice(0, -3));
  const thirdPart = times(n, third);
  const rounded = sub(start, thirdPart);
  const lost = sub(sub(start, rounded), thirdPart);
  const secondPart = sub(times(n, second), lost);
  const lastPart = times(n, last);
  const tail = kit.format.bits === 24 ? fastTwoSum(kit, secondPart, lastPart) : { high: secondPart, low: lastPart };
  return { high: sub(rounded, tail.high), low: tail.low, rounded, subtracted: tail.high };
}

/** sin(high - low) for |high| <= pi/2: one odd polynomial. Subtracting it keeps the sign of zero. */
export function sineOfHalfTurn(kit: Kit, { high, low }: Reduced): Expr {
  const z = kit.mul(high, high);
  return kit.sub(high, kit.add(kit.mul(kit.mul(high, z), kit.horner(z, kit.c.negatedSin)), low));
}

/** The integer nearest to x; in f64 +0 rather than -0, which keeps the sign of zero of an odd function. */
export const nearestTurn = (kit: Kit, x: Expr): Expr =>
  kit.format.bits === 24 ? kit.nearest(x) : kit.plus(kit.nearest(x), 0);

/** In f32 one piece of pi is negative, so that zero loses its sign in the reduction: it is put back. */
export const keepZero = (kit: Kit, x: Expr, result: Expr): Expr =>
  kit.format.bits === 24 ? kit.select(kit.eq(x, kit.constant(0)), x, result) : result;

/** Whether an integral float is odd. */
export function isOdd(kit: Kit, n: Expr): Expr {
  const half = kit.times(n, 0.5);
  return kit.ne(half, kit.floor(half));
}

import type { Expr } from "../graph.js";
import { reduce, type Kit } from "./kit.js";

/**
 * Range of the argument reduction: for |x| below it n pi is subtracted with exact products (n below 2^15 in f32, 2^25
 * in f64), and results are within 2 ULP. Up to about 2^21 (2^50) the result is the sine of a number within a few ULP of x;
 * beyond that it means nothing and need not lie in [-1, 1]. Infinities give NaN.
 */
export const trigonometricRange = { f32: 102_900, f64: 1.05e8 } as const;

/** sin(r) for |r| <= pi/2: one odd polynomial. */
export function sineOfHalfTurn(kit: Kit, r: Expr): Expr {
  const z = kit.mul(r, r);
  return kit.add(r, kit.mul(r, kit.mul(z, kit.horner(z, kit.c.sin))));
}

/** Whether an integral float is odd. */
export function isOdd(kit: Kit, n: Expr): Expr {
  const half = kit.times(n, 0.5);
  return kit.ne(half, kit.floor(half));
}

/** x - n pi. */
export const lessHalfTurns = (kit: Kit, x: Expr, n: Expr): Expr => reduce(kit, x, n, kit.c.pi);

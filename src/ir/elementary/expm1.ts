import type { Expr } from "../graph.js";
import { fastTwoSum } from "./double.js";
import { reduce, unary, type Kit } from "./kit.js";

/** exp(r) - 1 = r + correction for |r| <= ln(2) / 2; the correction is kept apart since r alone is nearly exact. */
export const expm1Correction = (kit: Kit, r: Expr): Expr => kit.mul(kit.mul(r, r), kit.horner(r, kit.c.expm1));

/**
 * factor (exp(x) - 1), x clamped, summed so that what cancels is exact. A factor 1/2 (1/4) keeps the scale normal up to
 * x = 128.5 (129.5) ln 2 in f32, 1024.5 (1025.5) ln 2 in f64.
 */
export function scaledExpm1(kit: Kit, x: Expr, factor: 0.25 | 0.5): Expr {
  const { add, sub, mul, constant } = kit;
  const n = kit.nearest(kit.times(x, Math.LOG2E));
  const r = reduce(kit, x, n, kit.c.ln2);
  const scale = kit.pow2(kit.plus(n, Math.log2(factor)));
  const exact = add(mul(scale, r), sub(scale, constant(factor)));
  return add(exact, mul(scale, expm1Correction(kit, r)));
}

/**
 * scale (exp(r) - 1) + (scale - one) with the rounding of the two large summands made good: three operations more than
 * above, for quotients that would double the error.
 */
export function compensatedExpm1(kit: Kit, r: Expr, scale: Expr, one: Expr): Expr {
  const { high, low } = fastTwoSum(kit, kit.sub(scale, one), kit.mul(scale, r));
  return kit.add(high, kit.add(kit.mul(scale, expm1Correction(kit, r)), low));
}

export const expm1 = unary((kit, x) => {
  const clamped = kit.atMost(kit.atLeast(x, -kit.format.negligible), kit.format.overflow);
  const doubled = kit.times(scaledExpm1(kit, clamped, 0.5), 2);
  // Halving would lose the last bit of denormals and the sign of zero; exp(x) - 1 rounds to x there.
  const small = kit.lt(kit.abs(x), kit.constant(2 ** -kit.format.bits));
  return kit.select(small, x, doubled);
});

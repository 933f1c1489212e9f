import type { Expr } from "../graph.js";
import { fastTwoSum } from "./double.js";
import { reduce, unary, type Kit } from "./kit.js";

/** exp(r) - 1 = r + correction for |r| <= ln(2) / 2; the correction is kept apart since r alone is nearly exact. */
export const expm1Correction = (kit: Kit, r: Expr): Expr => kit.mul(kit.mul(r, r), kit.horner(r, kit.c.expm1));

/**
 * scale (exp(r) - 1) + (scale - one): the large summands are added with their rounding made good. `remainder` is what r is
 * too large by.
 */
export function compensatedExpm1(kit: Kit, r: Expr, scale: Expr, one: Expr, remainder?: Expr): Expr {
  const { high, low } = fastTwoSum(kit, kit.sub(scale, one), kit.mul(scale, r));
  const correction = expm1Correction(kit, r);
  const corrected = remainder === undefined ? correction : kit.sub(correction, remainder);
  return kit.add(high, kit.add(kit.mul(scale, corrected), low));
}

export const expm1 = unary((kit, x) => {
  const { add, sub, mul, constant } = kit;
  const clamped = kit.atMost(kit.atLeast(x, -kit.format.negligible), kit.format.overflow);
  const n = kit.nearest(kit.times(clamped, Math.LOG2E));
  const r = reduce(kit, clamped, n, kit.c.ln2);
  // (exp(x) - 1) / 2: half the scale is normal up to the overflow of the result.
  const scale = kit.pow2(kit.plus(n, -1));
  const exact = add(mul(scale, r), sub(scale, constant(0.5)));
  const half = add(exact, mul(scale, expm1Correction(kit, r)));
  // Halving would lose the last bit of denormals and the sign of zero; exp(x) - 1 rounds to x there.
  const small = kit.lt(kit.abs(x), constant(2 ** -kit.format.bits));
  return kit.select(small, x, kit.times(half, 2));
});

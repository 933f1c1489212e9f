import { unary } from "./kit.js";
import { expm1Correction } from "./expm1.js";
import { reduce, scaleTwice } from "./kit.js";

/**
 * w = e / (1 + e), e = exp(x): full relative accuracy down to denormals; above `negligible` it is 1. Where e is small, the
 * rounding of 1 + e is kept out by e - e w, the same value.
 */
export const logistic = unary((kit, x) => {
  const { add, sub, mul, div, select, constant } = kit;
  const clamped = kit.atMost(kit.atLeast(x, kit.format.underflow), kit.format.negligible);
  const n = kit.nearest(kit.times(clamped, Math.LOG2E));
  const r = reduce(kit, clamped, n, kit.c.ln2);
  const e = scaleTwice(kit, kit.plus(add(r, expm1Correction(kit, r)), 1), n);
  const w = div(e, kit.plus(e, 1));
  return select(kit.lt(e, constant(0.375)), sub(e, mul(e, w)), w);
});

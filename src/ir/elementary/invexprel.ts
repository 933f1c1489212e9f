import { unary } from "./kit.js";
import { expm1Correction } from "./expm1.js";
import { reduce } from "./kit.js";

/**
 * x / (1 - exp(-x)), 1 at 0. With a = |x| and D = 1 - exp(-a) it is a / D for positive and a exp(-a) / D for negative x;
 * there a is multiplied in before the last scaling, so that denormal results round once.
 */
export const invexprel = unary((kit, x) => {
  const { add, sub, mul, div, select, constant } = kit;
  const size = kit.abs(x);
  // a exp(-a) vanishes 8 beyond the underflow of exp.
  const a = kit.atMost(size, 8 - kit.format.underflow);
  const n = kit.nearest(kit.times(a, -Math.LOG2E));
  const r = reduce(kit, kit.neg(a), n, kit.c.ln2);
  const correction = expm1Correction(kit, r);
  const half = kit.floor(kit.times(n, 0.5));
  const first = kit.pow2(half);
  const second = kit.pow2(sub(n, half));
  const one = constant(1);
  const scale = mul(first, second);
  const negatedD = add(add(mul(scale, r), sub(scale, one)), mul(scale, correction));
  const value = mul(mul(mul(a, add(one, add(r, correction))), first), second);
  const numerator = select(kit.gt(x, constant(0)), size, value);
  return select(kit.eq(x, constant(0)), one, div(numerator, kit.neg(negatedD)));
});

import { compensatedExpm1 } from "./expm1.js";
import { reduce, unary } from "./kit.js";

/**
 * x / (1 - exp(-x)) = y / (exp(y) - 1), y = -x; 1 at 0. With n = p + q, exp(y) - 1 is kept divided by 2^q and the quotient
 * is divided by 2^q last: so nothing overflows while the result is still a denormal number.
 */
export const invexprel = unary((kit, x) => {
  const { sub, mul, div, select, constant } = kit;
  // y exp(-y) vanishes 8 beyond the underflow of exp.
  const y = kit.atMost(kit.neg(x), 8 - kit.format.underflow);
  const clamped = kit.atLeast(y, -kit.format.negligible);
  const n = kit.nearest(kit.times(clamped, Math.LOG2E));
  const r = reduce(kit, clamped, n, kit.c.ln2);
  const q = kit.floor(kit.times(n, 0.5));
  const scale = kit.pow2(sub(n, q));
  const unscale = kit.pow2(kit.neg(q));
  const quotient = div(y, compensatedExpm1(kit, r, scale, unscale));
  return select(kit.eq(x, constant(0)), constant(1), mul(quotient, unscale));
});

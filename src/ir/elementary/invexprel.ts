import { compensatedExpm1 } from "./expm1.js";
import { reduce, unary } from "./kit.js";

/**
 * x / (1 - exp(-x)) = y / (exp(y) - 1), y = -x; 1 where it rounds to 1. Both sides of the fraction are
 * divided by a power of two: so exp(y) does not overflow while the result is still a denormal number.
 */
export const invexprel = unary((kit, x) => {
  const { mul, div, select, constant } = kit;
  const { bits, underflow, negligible, shift } = kit.format;
  // y exp(-y) vanishes 8 beyond the underflow of exp.
  const y = kit.atMost(kit.neg(x), 8 - underflow);
  const clamped = kit.atLeast(y, -negligible);
  const n = kit.nearest(kit.times(clamped, Math.LOG2E));
  const r = reduce(kit, clamped, n, kit.c.ln2);
  const unscale = constant(2 ** -shift);
  const scale = kit.pow2(kit.plus(n, -shift));
  const quotient = div(mul(y, unscale), compensatedExpm1(kit, r, scale, unscale));
  return select(kit.lt(kit.abs(y), constant(2 ** -(bits + 1))), constant(1), quotient);
});

import { unary } from "./kit.js";
import { expm1Correction } from "./expm1.js";

/**
 * tanh |x| = E / (2 + E), E = exp(2|x|) - 1, clamped where the quotient rounds to 1. One constant for ln 2 is enough: the
 * float nearest to ln 2 is near enough for small n, and for large n the quotient hardly depends on E.
 */
export const tanh = unary((kit, x) => {
  const { add, sub, mul, div, constant } = kit;
  const y = kit.atMost(kit.times(kit.abs(x), 2), kit.format.negligible + 1);
  const n = kit.nearest(kit.times(y, Math.LOG2E));
  const r = sub(y, kit.times(n, Math.LN2));
  const scale = kit.pow2(n);
  const exact = add(mul(scale, r), sub(scale, constant(1)));
  const e = add(exact, mul(scale, expm1Correction(kit, r)));
  return kit.copysign(div(e, kit.plus(e, 2)), x);
});

import { unary } from "./kit.js";

/**
 * 1 / (1 + E), E = exp(-x) = 2^n exp(-r), r = x + n ln 2. E is infinite below about -88 (f32) or -709 (f64), where the
 * result would be less than the smallest normal number: it is 0 there. The sigmoids of neural masses call this more than
 * anything else, so what would make those results denormal instead is left out.
 */
export const logistic = unary((kit, x) => {
  const { add, sub, mul, div, constant } = kit;
  const { overflow, tiny } = kit.format;
  // Above, 1 + E is 1 long since, and 2^n stays normal; below, n reaches the exponent of infinity and no further.
  const clamped = kit.atMost(kit.atLeast(x, -overflow), Math.floor(-Math.log(tiny)));
  const n = kit.nearest(kit.times(clamped, -Math.LOG2E));
  const [high, low] = kit.c.ln2;
  const r = add(add(clamped, kit.times(n, high)), kit.times(n, low));
  // exp(-r) - 1 = -r + r² (c0 - c1 r + …)
  const alternating = kit.c.expm1.map((c, k) => (k % 2 === 0 ? c : -c));
  const correction = mul(mul(r, r), kit.horner(r, alternating));
  const e = mul(kit.plus(sub(correction, r), 1), kit.pow2(n));
  return div(constant(1), kit.plus(e, 1));
});

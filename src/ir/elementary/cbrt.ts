import { halves } from "./double.js";
import { unary } from "./kit.js";

/**
 * |x| = 2^(3k) w, w = 2^j m, m in [1, 2), j in 0, 1, 2: the root is 2^k times that of w, a polynomial's value t bettered by one
 * step of Halley's method, t + t (w/t^2 - t) / (w/t^2 + 2t). t is cut to half its bits, so that t^2 is exact.
 */
export const cbrt = unary((kit, x) => {
  const { add, sub, mul, div, select, constant, call } = kit;
  const { bits, tiny } = kit.format;
  const size = kit.abs(x);
  const denormal = kit.lt(size, constant(tiny));
  const scaled = mul(size, select(denormal, constant(2 ** bits), constant(1)));
  const e = sub(call("exponent", [scaled]), select(denormal, constant(bits), constant(0)));
  // The half keeps the rounding of the product away from whole numbers.
  const k = kit.floor(kit.times(kit.plus(e, 0.5), 1 / 3));
  const j = sub(e, kit.times(k, 3));
  const m = call("mantissa", [scaled]);
  const [one, two] = [kit.eq(j, constant(1)), kit.eq(j, constant(2))];
  const w = mul(m, select(two, constant(4), select(one, constant(2), constant(1))));
  const root = select(two, constant(Math.cbrt(4)), select(one, constant(Math.cbrt(2)), constant(1)));
  const t = halves(kit, mul(kit.horner(m, kit.c.cbrt), root)).high;
  const ratio = div(w, mul(t, t));
  const better = add(t, mul(t, div(sub(ratio, t), add(ratio, kit.times(t, 2)))));
  const finite = call("and", [kit.gt(size, constant(0)), kit.lt(size, constant(Infinity))]);
  return select(finite, kit.copysign(mul(better, kit.pow2(k)), x), x);
});

import { unary } from "./kit.js";

/**
 * atan |x| = base + atan(t): base 0, pi/4, pi/2 and t = x, (x - 1) / (x + 1), -1 / x, so that |t| <= 1/2 and one odd polynomial
 * is enough.
 */
export const atan = unary((kit, x) => {
  const { add, mul, div, select, constant } = kit;
  const [zero, one] = [constant(0), constant(1)];
  const size = kit.abs(x);
  const [small, large] = [kit.lt(size, constant(0.5)), kit.gt(size, constant(2))];
  const top = select(small, size, select(large, constant(-1), kit.plus(size, -1)));
  const t = div(top, select(small, one, select(large, size, kit.plus(size, 1))));
  const [half, halfLow] = kit.format.nearestHalfPi;
  const base = select(small, zero, select(large, constant(half), constant(half / 2)));
  const baseLow = select(small, zero, select(large, constant(halfLow), constant(halfLow / 2)));
  const z = mul(t, t);
  const bend = mul(mul(t, z), kit.horner(z, kit.c.atan));
  return kit.copysign(add(base, add(t, add(bend, baseLow))), x);
});

import { unary } from "./kit.js";
import { isOdd, keepZero, nearestTurn, reduceTurns } from "./trigonometry.js";

/**
 * T = tan(r), |r| <= pi/4, by one odd polynomial; tan(x) is T or -1 / T, x = r + n pi/2. Errors of r count up to twice, so
 * its rounding is carried along. See `trigonometricRange`.
 */
export const tan = unary((kit, x) => {
  const { add, sub, mul, select, constant } = kit;
  const n = nearestTurn(kit, kit.times(x, 2 / Math.PI));
  const { high, low: tail, rounded, subtracted } = reduceTurns(kit, x, n, kit.c.halfPi);
  const low = sub(tail, sub(sub(rounded, high), subtracted));
  const z = mul(high, high);
  const cubic = mul(high, mul(z, kit.horner(z, kit.c.tan)));
  // The derivative of tan is 1 + tan^2, near enough to 1 + z.
  const tangent = sub(high, sub(add(low, mul(low, z)), cubic));
  return keepZero(kit, x, select(isOdd(kit, n), kit.div(constant(-1), tangent), tangent));
});

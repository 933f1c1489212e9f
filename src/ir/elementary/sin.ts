import { unary } from "./kit.js";
import { isOdd, keepZero, nearestTurn, reduceTurns, sineOfHalfTurn } from "./trigonometry.js";

/** (-1)^n sin(x - n pi), n the nearest integer to x / pi: no quadrants, one polynomial. See `trigonometricRange`. */
export const sin = unary((kit, x) => {
  const n = nearestTurn(kit, kit.times(x, 1 / Math.PI));
  const sine = sineOfHalfTurn(kit, reduceTurns(kit, x, n, kit.c.pi));
  return keepZero(kit, x, kit.select(isOdd(kit, n), kit.neg(sine), sine));
});

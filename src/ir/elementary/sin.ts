import { unary } from "./kit.js";
import { isOdd, reduceTurns, sineOfHalfTurn } from "./trigonometry.js";

/** (-1)^n sin(x - n pi), n the nearest integer to x / pi: no quadrants, one polynomial. See `trigonometricRange`. */
export const sin = unary((kit, x) => {
  const n = kit.nearest(kit.times(x, 1 / Math.PI));
  const sine = sineOfHalfTurn(kit, reduceTurns(kit, x, n, kit.c.pi));
  return kit.select(isOdd(kit, n), kit.neg(sine), sine);
});

import { unary } from "./kit.js";
import { isOdd, reduceTurns, sineOfHalfTurn } from "./trigonometry.js";

/** (-1)^(k+1) sin(x - (k + 1/2) pi), k + 1/2 the nearest half-integer to x / pi. See `trigonometricRange`. */
export const cos = unary((kit, x) => {
  const k = kit.nearest(kit.plus(kit.times(x, 1 / Math.PI), -0.5));
  const sine = sineOfHalfTurn(kit, reduceTurns(kit, x, kit.plus(k, 0.5), kit.c.pi));
  return kit.select(isOdd(kit, k), sine, kit.neg(sine));
});

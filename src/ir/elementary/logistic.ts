import { unary } from "./kit.js";
import { clampedExp } from "./exp.js";

/** exp(x) / (1 + exp(x)): full relative accuracy down to denormals; above `negligible` it is 1. */
export const logistic = unary((kit, x) => {
  const e = clampedExp(kit, kit.atMost(kit.atLeast(x, kit.format.underflow), kit.format.negligible));
  return kit.div(e, kit.plus(e, 1));
});

import { halfExp } from "./exp.js";
import { unary } from "./kit.js";

/** H + 1 / (4 H), H = exp|x| / 2, which overflows where cosh does. */
export const cosh = unary((kit, x) => {
  const half = halfExp(kit, kit.atMost(kit.abs(x), kit.format.hyperbolicOverflow));
  return kit.add(half, kit.div(kit.constant(0.25), half));
});

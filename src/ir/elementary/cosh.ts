import { unary } from "./kit.js";
import { scaledExp } from "./exp.js";

/** A + 1 / (4 A), A = exp|x| / 2, which overflows where cosh does. */
export const cosh = unary((kit, x) => {
  const { value, scale } = scaledExp(kit, kit.atMost(kit.abs(x), kit.format.hyperbolicOverflow));
  const half = kit.mul(kit.mul(value, scale), kit.times(scale, 0.5));
  return kit.add(half, kit.div(kit.constant(0.25), half));
});

import { unary } from "./kit.js";
import { scaledExpm1 } from "./expm1.js";

/** sinh |x| = 2 (Q + Q / (1 + 4 Q)), Q = (exp|x| - 1) / 4, which is finite wherever sinh is. */
export const sinh = unary((kit, x) => {
  const { add, div, constant } = kit;
  const size = kit.abs(x);
  const quarter = scaledExpm1(kit, kit.atMost(size, kit.format.hyperbolicOverflow), 0.25);
  const large = kit.times(add(quarter, div(quarter, kit.plus(kit.times(quarter, 4), 1))), 2);
  // Quartering would lose the last bits of denormals and the sign of zero; sinh(x) rounds to x there.
  const small = kit.lt(size, constant(2 ** -Math.ceil(kit.format.bits / 2)));
  return kit.select(small, x, kit.copysign(large, x));
});

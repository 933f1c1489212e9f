import { unary } from "./kit.js";
import { decompose, logOfParts } from "./log.js";

/** log(u) + error / u, where u + error = 1 + x exactly (Knuth's two-sum). u is never denormal. */
export const log1p = unary((kit, x) => {
  const { add, sub, div, select, constant } = kit;
  const one = constant(1);
  const u = add(one, x);
  const big = sub(u, one);
  const error = add(sub(one, sub(u, big)), sub(x, big));
  const { k, f } = decompose(kit, u);
  const finite = select(kit.lt(x, constant(Infinity)), logOfParts(kit, k, f, div(error, u)), x);
  const rest = select(kit.eq(u, constant(0)), constant(-Infinity), constant(NaN));
  // The sum above loses the sign of zero.
  return kit.copysign(select(kit.gt(u, constant(0)), finite, rest), x);
});

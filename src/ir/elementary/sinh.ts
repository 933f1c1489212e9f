import { halfExp } from "./exp.js";
import { unary } from "./kit.js";

/** Below 1 an odd polynomial; else H - 1 / (4 H), H = exp|x| / 2, which overflows where sinh does. */
export const sinh = unary((kit, x) => {
  const { add, sub, mul, div, select, constant } = kit;
  const size = kit.abs(x);
  const half = halfExp(kit, kit.atMost(size, kit.format.hyperbolicOverflow));
  const large = kit.copysign(sub(half, div(constant(0.25), half)), x);
  const z = mul(x, x);
  const small = add(x, mul(x, mul(z, kit.horner(z, kit.c.sinh))));
  return select(kit.lt(size, constant(1)), small, large);
});

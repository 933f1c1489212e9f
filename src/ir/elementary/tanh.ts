import { compensatedExpm1 } from "./expm1.js";
import { unary } from "./kit.js";

/**
 * |tanh x| = |E / (2 + E)|, E = exp(y) - 1, y = 2|x|, clamped where the quotient rounds to 1. Below ln(2) / 4, y = -2|x|: the same
 * quotient up to its sign, with half the rounding error in 2 + E and none doubled. In f32 one constant for ln 2 is
 * enough: the float nearest to ln 2 happens to be off by 2e-9 only, and for large n the quotient hardly depends on E.
 */
export const tanh = unary((kit, x) => {
  const { mul, select, constant } = kit;
  const size = kit.abs(x);
  const factor = select(kit.lt(size, constant(0.1732)), constant(-2), constant(2));
  const y = kit.atMost(mul(size, factor), kit.format.negligible + 1);
  const n = kit.nearest(kit.times(y, Math.LOG2E));
  const { high, low } = kit.format.nearestLn2;
  const r = kit.sub(y, kit.times(n, high));
  const e = compensatedExpm1(kit, r, kit.pow2(n), constant(1), kit.times(n, low));
  return kit.copysign(kit.div(e, kit.plus(e, 2)), x);
});

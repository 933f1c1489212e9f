import { reduce, unary } from "./kit.js";
import { compensatedExpm1 } from "./expm1.js";

/**
 * tanh |x| = E / (2 + E), E = exp(2|x|) - 1, clamped where the quotient rounds to 1. In f32 one constant for ln 2 is
 * enough: the float nearest to ln 2 happens to be off by 2e-9 only, and for large n the quotient hardly depends on E.
 */
export const tanh = unary((kit, x) => {
  const y = kit.atMost(kit.times(kit.abs(x), 2), kit.format.negligible + 1);
  const n = kit.nearest(kit.times(y, Math.LOG2E));
  const r = reduce(kit, y, n, kit.format.bits === 24 ? [Math.fround(Math.LN2)] : kit.c.ln2);
  const e = compensatedExpm1(kit, r, kit.pow2(n), kit.constant(1));
  return kit.copysign(kit.div(e, kit.plus(e, 2)), x);
});

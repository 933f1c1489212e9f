import type { Expr } from "../graph.js";
import { halves } from "./double.js";
import { unary, type Kit } from "./kit.js";

interface Folded {
  readonly near: Expr;
  readonly z: Expr;
  readonly a: Expr;
  readonly bend: Expr;
}

/** asin |x| = a + bend for |x| <= 1/2, a = |x|; beyond, asin |x| = pi/2 - 2 (a + bend) with a = sqrt((1 - |x|) / 2) <= 1/2. */
function folded(kit: Kit, x: Expr): Folded {
  const { mul, select, constant, call } = kit;
  const size = kit.abs(x);
  const near = call("le", [size, constant(0.5)]);
  const z = select(near, mul(x, x), kit.times(kit.sub(constant(1), size), 0.5));
  const a = select(near, size, call("sqrt", [z]));
  return { near, z, a, bend: mul(mul(a, z), kit.horner(z, kit.c.asin)) };
}

/** NaN outside [-1, 1]. The root's rounding error would count twice beyond 1/2: its upper half and the rest are kept apart. */
export const asin = unary((kit, x) => {
  const { add, sub, mul, div, select, constant } = kit;
  const { near, z, a, bend } = folded(kit, x);
  const [half, halfLow] = kit.format.nearestHalfPi;
  const upper = halves(kit, a).high;
  const lower = div(sub(z, mul(upper, upper)), kit.atLeast(add(a, upper), kit.format.tiny));
  const rest = kit.plus(kit.times(add(lower, bend), 2), -halfLow);
  const far = sub(sub(constant(half), kit.times(upper, 2)), rest);
  return kit.copysign(select(near, add(a, bend), far), x);
});

/** NaN outside [-1, 1]. The angle near 0 keeps its relative accuracy: it is 2 (a + bend), without a subtraction. */
export const acos = unary((kit, x) => {
  const { add, sub, select, constant } = kit;
  const { near, a, bend } = folded(kit, x);
  const [half, halfLow] = kit.format.nearestHalfPi;
  const middle = sub(constant(half), sub(kit.copysign(a, x), sub(constant(halfLow), kit.copysign(bend, x))));
  const twice = kit.times(add(a, bend), 2);
  const rightOrLeft = select(kit.lt(x, constant(0)), sub(constant(2 * half), sub(twice, constant(2 * halfLow))), twice);
  return select(near, middle, rightOrLeft);
});

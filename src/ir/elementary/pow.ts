import { fault } from "../../core/fault.js";
import type { Expr, Lowering } from "../graph.js";
import { fastTwoSum, twoProduct, type Double } from "./double.js";
import { expm1Correction } from "./expm1.js";
import { kit as kitOf, reduce, scaleTwice, type Kit } from "./kit.js";
import { decomposeAny } from "./log.js";
import { isOdd } from "./trigonometry.js";

/**
 * log of a positive finite number to about 11 bits (8 in f32) more than the working precision: y log(x) is up to 745 (104)
 * and its absolute error is the relative error of the power.
 *
 * s = f / (2 + f) in double precision; log(1 + f) = s (2 + z (2/3 + z L(z))), z = s^2. Only L is in working precision.
 */
function doubleLog(kit: Kit, x: Expr): Double {
  const { add, sub, mul, constant } = kit;
  const { k, m, f } = decomposeAny(kit, x);
  const one = constant(1);
  const denominator = add(m, one);
  const denominatorLow = sub(m, sub(denominator, one));
  const inverse = kit.div(one, denominator);
  const s = mul(f, inverse);
  const product = twoProduct(kit, s, denominator);
  const residual = sub(sub(sub(f, product.high), product.low), mul(s, denominatorLow));
  const sLow = mul(residual, inverse);

  const square = twoProduct(kit, s, s);
  const squareLow = add(square.low, mul(kit.times(s, 2), sLow));
  const [third, thirdLow] = kit.c.twoThirds;
  const rest = mul(square.high, kit.horner(square.high, kit.c.powLog));
  const v = fastTwoSum(kit, constant(third), rest);
  const vLow = kit.plus(v.low, thirdLow);
  const w = twoProduct(kit, square.high, v.high);
  const wLow = add(w.low, add(mul(square.high, vLow), mul(squareLow, v.high)));
  const u = fastTwoSum(kit, constant(2), w.high);
  const uLow = add(u.low, wLow);
  const log = twoProduct(kit, s, u.high);
  const logLow = add(log.low, add(mul(s, uLow), mul(sLow, u.high)));

  const sum = fastTwoSum(kit, kit.times(k, kit.c.ln2[0]), log.high);
  return fastTwoSum(kit, sum.high, add(sum.low, add(logLow, kit.times(k, kit.c.ln2[1]))));
}

/** exp(high + low) for any high; low is ignored where high is beyond the range. */
function doubleExp(kit: Kit, { high, low }: Double): Expr {
  const { add, mul, select, constant } = kit;
  const x = kit.atMost(kit.atLeast(high, kit.format.underflow), kit.format.overflow);
  const n = kit.nearest(kit.times(x, Math.LOG2E));
  const r = reduce(kit, x, n, kit.c.ln2);
  const correction = expm1Correction(kit, r);
  const coarse = kit.plus(add(r, correction), 1);
  const fromLow = mul(coarse, select(kit.eq(x, high), low, constant(0)));
  const value = kit.plus(add(r, add(correction, fromLow)), 1);
  return scaleTwice(kit, value, n);
}

/** x^y = exp(y log|x|), with the special cases of IEEE 754-2019 (9.2.1) and C99 (F.9.4.4). */
export const pow: Lowering = (graph, [x, y], precision) => {
  if (x === undefined || y === undefined) throw fault("BUG", "pow lacks an argument");
  const kit = kitOf(graph, precision);
  const { mul, add, select, constant, call } = kit;
  const [zero, one] = [constant(0), constant(1)];
  const size = kit.abs(x);
  const log = doubleLog(kit, size);
  const product = twoProduct(kit, y, log.high);
  // Outside the positive finite numbers the logarithm is infinite, or x itself where that is NaN.
  const outside = select(kit.eq(size, zero), constant(-Infinity), size);
  const ordinary = call("and", [kit.gt(size, zero), kit.lt(size, constant(Infinity))]);
  const exponent: Double = {
    high: select(ordinary, product.high, mul(y, outside)),
    low: select(ordinary, add(product.low, mul(y, log.low)), zero),
  };
  // |x| = 1 and an infinite y would multiply 0 by infinity.
  const unit = call("and", [kit.eq(size, one), kit.eq(y, y)]);
  const magnitude = select(unit, one, doubleExp(kit, exponent));
  const integral = kit.eq(kit.floor(y), y);
  const odd = call("and", [integral, isOdd(kit, y)]);
  const signed = select(odd, kit.copysign(magnitude, x), magnitude);
  const negative = call("and", [kit.lt(x, zero), kit.gt(x, constant(-Infinity))]);
  const real = select(call("and", [negative, call("not", [integral])]), constant(NaN), signed);
  return select(call("or", [kit.eq(y, zero), kit.eq(x, one)]), one, real);
};

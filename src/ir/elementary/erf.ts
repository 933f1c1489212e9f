import type { Expr } from "../graph.js";
import { fastTwoSum, twoProduct } from "./double.js";
import { expm1Correction } from "./expm1.js";
import { reduce, scaleTwice, unary, type Kit } from "./kit.js";

/** erf(x) for |x| <= 1: x and an odd polynomial that is at most 0.16 of it. */
function nearZero(kit: Kit, x: Expr): Expr {
  const z = kit.mul(x, x);
  return kit.add(x, kit.mul(x, kit.horner(z, kit.c.erf)));
}

/**
 * erfc(a) for a >= 0.47 as exp(-a^2) Q(a) / (1 + 2a), Q = (1 + 2a) exp(a^2) erfc(a) between 1.12 and 1.27 a polynomial in
 * q = (a - K) / (a + K) (Shepherd and Laframboise 1981). a^2, the product and the quotient are carried in double precision:
 * a plain exp(-a^2) would lose the digits of a^2, about 10 bits at the end of the range.
 */
function tail(kit: Kit, a: Expr): Expr {
  const { add, sub, mul, div, constant } = kit;
  const { centre } = kit.format.erfc;
  const q = div(kit.plus(a, -centre), kit.plus(a, centre));
  const [first, firstLow, ...rest] = kit.c.erfc;
  const poly = fastTwoSum(kit, constant(first), kit.plus(mul(q, kit.horner(q, rest)), firstLow));
  const square = twoProduct(kit, a, a);
  const n = kit.nearest(kit.times(square.high, -Math.LOG2E));
  const r = sub(reduce(kit, kit.neg(square.high), n, kit.c.ln2), square.low);
  const power = fastTwoSum(kit, constant(1), add(r, expm1Correction(kit, r)));
  const product = twoProduct(kit, power.high, poly.high);
  const productLow = add(product.low, add(mul(power.high, poly.low), mul(power.low, poly.high)));
  const twice = kit.times(a, 2);
  const divisor = kit.plus(twice, 1);
  // 2a is below 1 for some a: the two-sum that knows not which summand is the larger (Knuth).
  const from = kit.sub(divisor, twice);
  const divisorLow = add(sub(twice, sub(divisor, from)), sub(constant(1), from));
  const quotient = div(product.high, divisor);
  const back = twoProduct(kit, quotient, divisor);
  const left = sub(add(sub(sub(product.high, back.high), back.low), productLow), mul(quotient, divisorLow));
  return scaleTwice(kit, add(quotient, div(left, divisor)), n);
}

/** Where the results of {@link nearZero} and of 1 minus it leave no doubt: erf(0.47) < 1/2. */
const half = 0.47;

/** 1 - erf(x), with its relative accuracy kept to the end of the range, denormal results included. */
export const erfc = unary((kit, x) => {
  const { sub, select, constant } = kit;
  const size = kit.abs(x);
  const far = tail(kit, kit.atMost(kit.atLeast(size, half), kit.format.erfc.last));
  const large = select(kit.lt(x, constant(0)), sub(constant(2), far), far);
  return select(kit.lt(size, constant(half)), sub(constant(1), nearZero(kit, x)), large);
});

export const erf = unary((kit, x) => {
  const { sub, select, constant } = kit;
  const size = kit.abs(x);
  const far = tail(kit, kit.atMost(kit.atLeast(size, half), kit.format.erfc.last));
  return select(kit.lt(size, constant(1)), nearZero(kit, x), kit.copysign(sub(constant(1), far), x));
});

import type { Expr } from "../graph.js";
import { expm1Correction } from "./expm1.js";
import { reduce, scaleTwice, unary, type Kit } from "./kit.js";

/** exp(x) = value * scale * scale. Two scalings, so that results that are denormal or overflow round once and rightly. */
export interface ScaledExp {
  /** In [1/2, 2]. */
  readonly value: Expr;
  /** A power of two, normal for every x in [underflow, overflow] and a factor 2^20 more. */
  readonly scale: Expr;
}

/**
 * Reduces by whole multiples of 2 ln 2, not ln 2: then one power of two, used twice, spans the exponents, which costs
 * less than the two more terms of the polynomial. `x` must be clamped: NaN passes, infinities do not.
 */
export function scaledExp(kit: Kit, x: Expr): ScaledExp {
  const m = kit.nearest(kit.times(x, 0.5 * Math.LOG2E));
  const r = reduce(kit, x, m, kit.c.twoLn2);
  return { value: kit.horner(r, kit.c.exp), scale: kit.pow2(m) };
}

/** exp of an x that is clamped already. */
export function clampedExp(kit: Kit, x: Expr): Expr {
  const { value, scale } = scaledExp(kit, x);
  return kit.mul(kit.mul(value, scale), scale);
}

export const exp = unary((kit, x) =>
  clampedExp(kit, kit.atMost(kit.atLeast(x, kit.format.underflow), kit.format.overflow)),
);

/**
 * exp(x) / 2 of a clamped x, rounded more finely than {@link clampedExp} by two operations more: for functions that add
 * errors of their own. Finite for every x whose hyperbolic sine is.
 */
export function halfExp(kit: Kit, x: Expr): Expr {
  const n = kit.nearest(kit.times(x, Math.LOG2E));
  const r = reduce(kit, x, n, kit.c.ln2);
  const value = kit.plus(kit.add(r, expm1Correction(kit, r)), 1);
  return scaleTwice(kit, value, kit.plus(n, -1));
}

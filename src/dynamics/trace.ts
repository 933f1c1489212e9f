import type { Curve } from "./arc.js";
import { eigenvalues, type Complex } from "./eigenvalues.js";
import { dot, norm } from "./linear.js";

/** A point of the curve, with what tells bifurcations: each of the three changes at its own kind. */
export interface Mark {
  readonly u: Float64Array;
  readonly tangent: Float64Array;
  readonly eigenvalues: readonly Complex[];
  /** How many eigenvalues have a positive real part. */
  readonly unstable: number;
  /** Changes at branch points. */
  readonly sign: number;
  /** Which way the parameter goes: changes at folds. */
  readonly way: number;
}

export type SpecialKind = "fold" | "hopf" | "branch-point" | "corner" | "degenerate";

export interface TracedPoint extends Mark {
  readonly special?: SpecialKind;
}

export type End = "range" | "bound" | "closed" | "stuck" | "points";

export interface TraceOptions {
  /** Longest step along the curve, in scaled units. */
  readonly longest: number;
  readonly mostPoints: number;
  /** Range of the parameter, scaled. */
  readonly range: readonly [number, number];
  readonly within: (u: Float64Array) => boolean;
}

const shortest = 1e-7;

export function markOf(curve: Curve, u: Float64Array, along: Float64Array): Mark {
  const { tangent, sign } = curve.tangent(u, along);
  const values = eigenvalues(curve.stateJacobian(u));
  const way = Math.sign(tangent.at(-1) ?? 0);
  // Nearer to the axis than a fixed point's name may be decided: here it is the change that counts.
  const size = Math.max(...values.map(({ re, im }) => Math.hypot(re, im)));
  const unstable = values.filter(({ re }) => re > 1e-14 * size).length;
  return { u, tangent, eigenvalues: values, unstable, sign, way };
}

/** Follows the curve from a point in the direction of its tangent; bifurcations are points of their own. */
export function trace(
  curve: Curve,
  first: Mark,
  options: TraceOptions,
): { readonly points: TracedPoint[]; readonly end: End } {
  const points: TracedPoint[] = [first];
  const [low, high] = options.range;
  const parameterOf = (u: Float64Array) => u.at(-1) as number;
  let here = first;
  let step = Math.min(options.longest / 4, 0.01);
  while (points.length < options.mostPoints) {
    const next = stepFrom(curve, here, step);
    if (next === undefined) {
      step /= 2;
      if (step >= shortest) continue;
      const turned = aroundCorner(curve, here);
      if (turned === undefined) return { points, end: "stuck" };
      points.push({ ...here, special: "corner" }, turned);
      here = turned;
      step = options.longest / 20;
      continue;
    }
    const p = parameterOf(next.mark.u);
    if (p < low || p > high) {
      const edge = atParameter(curve, here, next.mark, p < low ? low : high);
      if (edge && parameterOf(here.u) !== parameterOf(edge.u)) points.push(...events(curve, here, edge), edge);
      return { points, end: "range" };
    }
    if (!options.within(next.mark.u)) return { points, end: "bound" };
    points.push(...events(curve, here, next.mark), next.mark);
    here = next.mark;
    if (points.length > 10 && norm(here.u.map((v, k) => v - (first.u[k] as number))) < step)
      if (dot(here.tangent, first.tangent) > 0.9)
        return { points: [...points, ...events(curve, here, first), first], end: "closed" };
    if (next.easy) step = Math.min(1.5 * step, options.longest);
  }
  return { points, end: "points" };
}

/** One step, or undefined when it is too long for the curve's bend. */
function stepFrom(curve: Curve, from: Mark, step: number): { readonly mark: Mark; readonly easy: boolean } | undefined {
  const guess = from.u.map((v, k) => v + step * (from.tangent[k] as number));
  const corrected = curve.correct(guess, from.tangent, 0.3 * step);
  if (!corrected) return undefined;
  const mark = markOf(curve, corrected.u, from.tangent);
  const cosine = dot(mark.tangent, from.tangent);
  if (cosine < 0.97) return undefined;
  return { mark, easy: cosine > 0.995 && corrected.iterations <= 4 };
}

/**
 * Equations with a kink: the curve goes on in another direction, that of the equations on the far side, perhaps back to
 * where the parameter came from. Undefined when it does not.
 */
function aroundCorner(curve: Curve, at: Mark): Mark | undefined {
  for (const reach of [1e-5, 1e-4]) {
    const beyond = at.u.map((v, k) => v + reach * (at.tangent[k] as number));
    const { tangent } = curve.tangent(beyond, at.tangent);
    for (const way of [1, -1]) {
      const along = tangent.map((v) => way * v);
      const found = curve.correct(
        at.u.map((v, k) => v + 3 * reach * (along[k] as number)),
        along,
        reach,
      );
      if (!found) continue;
      const gone = found.u.map((v, k) => v - (at.u[k] as number));
      // Not the way it came.
      if (dot(gone, at.tangent) > -0.99 * norm(gone)) return markOf(curve, found.u, along);
    }
  }
  return undefined;
}

/** Where the curve between two points has a value of the parameter. */
function atParameter(curve: Curve, from: Mark, to: Mark, value: number): Mark | undefined {
  const n = curve.size - 1;
  const share = (value - (from.u[n] as number)) / ((to.u[n] as number) - (from.u[n] as number));
  const guess = from.u.map((v, k) => v + share * ((to.u[k] as number) - v));
  guess[n] = value;
  const normal = Float64Array.from({ length: n + 1 }, (_, k) => (k === n ? 1 : 0));
  const found = curve.correct(guess, normal, 1);
  if (!found) return undefined;
  found.u[n] = value;
  return markOf(curve, found.u, from.tangent);
}

const same = (a: Mark, b: Mark): boolean => a.sign === b.sign && a.way === b.way && a.unstable === b.unstable;

/** The bifurcations between two neighbouring points, in order. */
function events(curve: Curve, from: Mark, to: Mark): TracedPoint[] {
  const found: TracedPoint[] = [];
  let left = from;
  for (let k = 0; k < 6 && !same(left, to); k++) {
    const [before, after] = firstChange(curve, left, to);
    const special = kindOf(before, after);
    if (special) found.push({ ...after, special });
    left = after;
  }
  return found;
}

/** Halves the way until the first change between two points lies between neighbours. */
function firstChange(curve: Curve, from: Mark, to: Mark): readonly [Mark, Mark] {
  let [left, right] = [from, to];
  for (let k = 0; k < 48; k++) {
    const chord = right.u.map((v, i) => v - (left.u[i] as number));
    const length = norm(chord);
    if (length < 1e-11) break;
    const guess = left.u.map((v, i) => v + (chord[i] as number) / 2);
    const middle = curve.correct(
      guess,
      chord.map((v) => v / length),
      length,
    );
    if (!middle) break;
    const mark = markOf(curve, middle.u, left.tangent);
    if (same(left, mark)) left = mark;
    else right = mark;
  }
  return [left, right];
}

function kindOf(before: Mark, after: Mark): SpecialKind | undefined {
  if (before.sign !== after.sign) return "branch-point";
  if (before.way !== after.way) return "fold";
  const nearest = nearAxis(after.eigenvalues);
  const pair = Math.abs(before.unstable - after.unstable) === 2;
  if (pair) return nearest.im !== 0 ? "hopf" : "degenerate";
  // A real eigenvalue passes 0 at folds and branch points, which rounding may put a little further on.
  return undefined;
}

/** The eigenvalue nearest to the imaginary axis. */
export const nearAxis = (values: readonly Complex[]): Complex =>
  values.reduce((a, b) => (Math.abs(b.re) < Math.abs(a.re) ? b : a), { re: Infinity, im: 0 });

import { fault } from "../core/fault.js";
import { curveOf, type Curve } from "./arc.js";
import type { Complex } from "./eigenvalues.js";
import { findFixedPoints } from "./fixed-points.js";
import { hopfOf, type Hopf } from "./hopf.js";
import { dot, norm } from "./linear.js";
import { boundsOf, checkParameter, scalesOf, withValue, type Mass } from "./mass.js";
import { markOf, nearAxis, trace, type End, type SpecialKind, type TracedPoint } from "./trace.js";

export interface BranchPoint {
  readonly parameter: number;
  readonly state: readonly number[];
  readonly eigenvalues: readonly Complex[];
  /** How many eigenvalues have a positive real part. */
  readonly unstable: number;
  readonly stable: boolean;
  readonly special?: SpecialKind;
  /** At Hopf points. */
  readonly hopf?: Hopf;
}

/** A curve of fixed points, in the order of its length. */
export interface Branch {
  readonly points: readonly BranchPoint[];
  /** Why it ends at its first and its last point. */
  readonly ends: readonly [End | "branch-point", End];
}

export interface Continuation {
  readonly parameter: string;
  readonly from: number;
  readonly to: number;
  readonly branches: readonly Branch[];
  /** Values of the parameter at which fixed points were searched; branches that none of them meets may be missing. */
  readonly searchedAt: readonly number[];
}

export interface ContinuationOptions {
  readonly parameter: string;
  readonly from: number;
  readonly to: number;
  /** Longest step along a branch, as a share of the parameter's range and of the spread of the states. Default 0.02. */
  readonly longest?: number;
  /** Per branch and direction. Default 4000. */
  readonly mostPoints?: number;
  readonly seed?: number;
}

const mostBranches = 40;

/**
 * Curves of fixed points over a parameter, by pseudo-arclength, through the fixed points found at five values of it,
 * and from branch points on. Folds, Hopf points and branch points are located to about 1e-10 of the range.
 * @throws Fault EXPERIMENT for an unknown parameter, RANGE for a range that is none
 */
export function continueFixedPoints(mass: Mass, options: ContinuationOptions): Continuation {
  const { parameter, longest = 0.02, mostPoints = 4000, seed = 0 } = options;
  checkParameter(mass, parameter, "continuation");
  const [from, to] = [Math.min(options.from, options.to), Math.max(options.from, options.to)];
  if (!(to > from) || !Number.isFinite(to - from))
    throw fault("RANGE", `${parameter} cannot go from ${options.from} to ${options.to}`, {
      where: "continuation",
      next: "two different, finite values",
    });
  const searchedAt = [0, 0.25, 0.5, 0.75, 1].map((share) => from + share * (to - from));
  const seeds: (readonly number[])[] = [];
  for (const value of searchedAt) {
    const near = seeds.slice(-8).map((point) => point.slice(0, -1));
    const { points } = findFixedPoints(withValue(mass, parameter, value), { starts: 80, seed, near });
    seeds.push(...points.map(({ state }) => [...state, value]));
  }
  const curve = curveOf(mass, parameter, scaleOf(mass, seeds, to - from));
  const bounds = boundsOf(mass);
  const scaled = (v: number, k: number) => v / (curve.scale[k] as number);
  const last = curve.size - 1;
  const tracing = {
    longest,
    mostPoints,
    range: [scaled(from, last), scaled(to, last)] as const,
    within: (u: Float64Array) =>
      bounds.every(([low, high], k) => {
        const value = (u[k] as number) * (curve.scale[k] as number);
        return value >= low && value <= high;
      }),
  };
  const traced: { readonly points: TracedPoint[]; readonly ends: Branch["ends"] }[] = [];
  // Across no tangent that one meets, not even a fold's.
  const upward = Float64Array.from({ length: curve.size }, (_, k) => (k === last ? 1 : 1 / (k + 2)));
  const known = (u: Float64Array) => traced.some(({ points }) => liesOn(curve, points, u));

  for (const point of seeds) {
    const u = Float64Array.from(point, scaled);
    if (traced.length >= mostBranches || known(u)) continue;
    const first = markOf(curve, u, upward);
    const ahead = trace(curve, first, tracing);
    if (ahead.end === "closed") {
      traced.push({ points: ahead.points, ends: ["closed", "closed"] });
      continue;
    }
    const back = trace(
      curve,
      markOf(
        curve,
        u,
        first.tangent.map((v) => -v),
      ),
      tracing,
    );
    traced.push({
      points: [...back.points.slice(1).toReversed(), ...ahead.points],
      ends: [back.end, ahead.end],
    });
  }
  // Branches that leave others; the list grows while it is walked.
  for (const { points } of traced)
    for (const point of points) {
      if (point.special !== "branch-point") continue;
      const direction = curve.across(point.u, point.tangent);
      for (const way of [1, -1]) {
        if (traced.length >= mostBranches) break;
        const start = leave(
          curve,
          point.u,
          direction.map((v) => way * v),
        );
        if (!start || known(start.u)) continue;
        const { points: ahead, end } = trace(curve, markOf(curve, start.u, start.along), tracing);
        traced.push({ points: [{ ...point }, ...ahead], ends: ["branch-point", end] });
      }
    }
  const branches = traced.map(({ points, ends }) => ({
    ends,
    points: withoutEchoes(points).map((point) => publish(mass, parameter, curve, point)),
  }));
  return { parameter, from, to, branches, searchedAt };
}

/** A branch that bends at a branch point seems to have a fold there, which rounding puts a little beside it. */
function withoutEchoes(points: readonly TracedPoint[]): readonly TracedPoint[] {
  const crossings = points.filter(({ special }) => special === "branch-point");
  return points.filter(
    ({ u, special }) =>
      (special !== "fold" && special !== "degenerate") ||
      !crossings.some((point) => norm(point.u.map((v, k) => v - (u[k] as number))) < 1e-3),
  );
}

/** Lengths by which the curve is measured: the parameter's range, and how far the fixed points lie apart. */
function scaleOf(mass: Mass, seeds: readonly (readonly number[])[], range: number): Float64Array {
  const floors = scalesOf(mass);
  return Float64Array.from({ length: floors.length + 1 }, (_, k) => {
    if (k === floors.length) return range;
    const values = seeds.map((point) => point[k] ?? 0);
    const [low, high] = [Math.min(...values, Infinity), Math.max(...values, -Infinity)];
    const spread = values.length > 0 ? Math.max(high - low, 0.1 * Math.max(Math.abs(low), Math.abs(high))) : 0;
    return Math.max(spread, 1e-3 * (floors[k] as number));
  });
}

/** A first point on the branch that leaves a branch point in a direction. */
function leave(
  curve: Curve,
  from: Float64Array,
  direction: Float64Array,
): { readonly u: Float64Array; readonly along: Float64Array } | undefined {
  for (const step of [5e-3, 5e-4, 5e-5]) {
    const found = curve.correct(
      from.map((v, k) => v + step * (direction[k] as number)),
      direction,
      20 * step,
    );
    if (!found) continue;
    const along = found.u.map((v, k) => v - (from[k] as number));
    const length = norm(along);
    return { u: found.u, along: along.map((v) => v / length) };
  }
  return undefined;
}

/** Whether a point lies on a traced branch: it is the branch's own point in the plane across its nearest piece. */
function liesOn(curve: Curve, points: readonly TracedPoint[], u: Float64Array): boolean {
  for (let k = 1; k < points.length; k++) {
    const [a, b] = [points[k - 1]?.u, points[k]?.u];
    if (!a || !b) continue;
    const chord = b.map((v, i) => v - (a[i] as number));
    const length = norm(chord);
    if (length === 0) continue;
    const normal = chord.map((v) => v / length);
    const offset = u.map((v, i) => v - (a[i] as number));
    const along = dot(normal, offset);
    if (along < -0.1 * length || along > 1.1 * length) continue;
    const away = norm(offset.map((v, i) => v - along * (normal[i] as number)));
    if (away > 0.3 * length) continue;
    const own = curve.correct(
      a.map((v, i) => v + along * (normal[i] as number)),
      normal,
      length,
    );
    if (own && norm(own.u.map((v, i) => v - (u[i] as number))) < 1e-7 * (1 + norm(u))) return true;
  }
  return false;
}

function publish(mass: Mass, parameter: string, curve: Curve, point: TracedPoint): BranchPoint {
  const values = Array.from(point.u, (v, k) => v * (curve.scale[k] as number));
  const value = values.pop() ?? NaN;
  const { eigenvalues, unstable, special } = point;
  const pair = nearAxis(eigenvalues);
  return {
    parameter: value,
    state: values,
    eigenvalues,
    unstable,
    stable: unstable === 0,
    ...(special ? { special } : {}),
    ...(special === "hopf"
      ? { hopf: hopfOf(withValue(mass, parameter, value), values, { re: pair.re, im: Math.abs(pair.im) }) }
      : {}),
  };
}

/** The bifurcations of all branches, each once, by the parameter. */
export function bifurcationsOf({ branches, from, to }: Continuation): (BranchPoint & { readonly branch: number })[] {
  const found: (BranchPoint & { readonly branch: number })[] = [];
  const all = branches.flatMap(({ points }) => points);
  const spread = (all[0]?.state ?? []).map((_, k) => {
    const [low, high] = all.reduce(
      ([a, b], { state }) => [Math.min(a, state[k] as number), Math.max(b, state[k] as number)],
      [Infinity, -Infinity],
    );
    return high - low;
  });
  const near = (a: BranchPoint, b: BranchPoint): boolean =>
    Math.abs(a.parameter - b.parameter) < 1e-6 * (to - from) &&
    a.state.every((v, k) => Math.abs(v - (b.state[k] as number)) <= 1e-3 * (spread[k] as number));
  branches.forEach(({ points }, branch) => {
    for (const point of points)
      if (point.special !== undefined && !found.some((other) => other.special === point.special && near(other, point)))
        found.push({ ...point, branch });
  });
  return found.sort((a, b) => a.parameter - b.parameter);
}

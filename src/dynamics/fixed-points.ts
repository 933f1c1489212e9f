import { uniform, streams } from "../ir/random/streams.js";
import { eigenvalues, type Complex } from "./eigenvalues.js";
import { flowOf, type Flow } from "./flow.js";
import { dot, factorise, solveFactored, transpose } from "./linear.js";
import { boundsOf, clamp, scalesOf, startsOf, type Mass } from "./mass.js";
import { settle } from "./settle.js";
import { stabilityOf, type Stability } from "./stability.js";

export interface FixedPoint extends Stability {
  /** In the model's order. */
  readonly state: readonly number[];
  /** By falling real part, per unit of the model's time (per ms). */
  readonly eigenvalues: readonly Complex[];
  /** How many starts led here: a point that few found may have neighbours that none found. */
  readonly found: number;
}

export interface FixedPointSearch {
  /** By the first state variable, then the second, and so on. */
  readonly points: readonly FixedPoint[];
  readonly starts: number;
  /** Starts from which Newton's method arrived at a fixed point within the bounds. */
  readonly arrived: number;
  /** True when the search stopped at its limit: fixed points may form a curve or surface. */
  readonly truncated: boolean;
}

export interface SearchOptions {
  /** Default 400: a third in the start ranges, a third in ranges three times, a third in ranges thirty times as wide. */
  readonly starts?: number;
  readonly seed?: number;
  /** Further starts, e.g. fixed points of a neighbouring parameter. */
  readonly near?: readonly ArrayLike<number>[];
}

const mostPoints = 64;
/** Starts that follow the flow for a while before Newton's method takes over: they find what attracts. */
const followed = 6;

/**
 * Fixed points by damped Newton from many starts, with the derived Jacobian. It finds what its starts lead to: other
 * fixed points may exist. Points outside of the bounds are left out; so are states that only a bound holds in place.
 */
export function findFixedPoints(mass: Mass, options: SearchOptions = {}): FixedPointSearch {
  const { starts = 400, seed = 0, near = [] } = options;
  const flow = flowOf(mass);
  const bounds = boundsOf(mass);
  const scales = scalesOf(mass);
  const found: { readonly state: Float64Array; times: number }[] = [];
  let [arrived, tried] = [0, 0];
  const look = (start: Float64Array): void => {
    tried++;
    const root = newton(flow, start, bounds, scales);
    if (root === undefined) return;
    arrived++;
    const known = found.find(({ state }) => alike(state, root, scales));
    if (known) known.times++;
    else found.push({ state: root, times: 1 });
  };
  for (const start of near) look(Float64Array.from(start));
  for (let k = 0; k < starts && found.length < mostPoints; k++) {
    const start = startState(mass, seed, k);
    if (k < followed) for (const state of settle(flow, start, bounds, scales)) look(state);
    else look(start);
  }
  // Start ranges can be much wider than where things happen: that is where the first points lie.
  for (const start of among(found.map(({ state }) => state))) if (found.length < mostPoints) look(clamp(start, bounds));
  const points = found
    .map(({ state, times }): FixedPoint => describe(flow, state, times))
    .sort((a, b) => a.state.map((v, k) => v - (b.state[k] ?? 0)).find((d) => d !== 0) ?? 0);
  return { points, starts: tried, arrived, truncated: found.length >= mostPoints };
}

/** Places between, around and beyond points that are known. */
function among(points: readonly Float64Array[]): Float64Array[] {
  const lines = points
    .slice(0, 8)
    .flatMap((a, i) =>
      points
        .slice(i + 1, 8)
        .flatMap((b) =>
          [-0.5, -0.1, 0.1, 0.3, 0.5, 0.7, 0.9, 1.1, 1.5].map((share) =>
            a.map((v, k) => v + share * ((b[k] as number) - v)),
          ),
        ),
    );
  const scaled = points.slice(0, 8).flatMap((a) => [0.1, 0.3, 0.6, 1.5, 3, -1].map((share) => a.map((v) => share * v)));
  return [...lines, ...scaled];
}

export function describe(flow: Flow, state: ArrayLike<number>, found = 1): FixedPoint {
  const values = eigenvalues(flow.jacobian(state));
  return { state: Array.from(state), eigenvalues: values, ...stabilityOf(values), found };
}

/** The k-th start, within the bounds: in turns from the start range, three times and thirty times as wide. */
function startState(mass: Mass, seed: number, k: number): Float64Array {
  const widen = [1, 3, 30][k % 3] ?? 1;
  const state = Float64Array.from(startsOf(mass), ([low, high], v) => {
    const u = uniform(seed, streams.initial, 0, k, v, 0);
    return (low + high) / 2 + widen * (u - 0.5) * (high - low || 1e-3);
  });
  return clamp(state, boundsOf(mass));
}

/**
 * Newton's method; a step is halved until it makes the residual smaller. Undefined when it does not arrive, or arrives
 * outside of the bounds. The residual is weighed by the scale of each variable.
 */
export function newton(
  flow: Flow,
  start: ArrayLike<number>,
  bounds: readonly (readonly [number, number])[],
  scales: Float64Array,
): Float64Array | undefined {
  const n = flow.size;
  let x: Float64Array = Float64Array.from(start);
  let value: Float64Array = flow.derivative(x);
  const size = (f: Float64Array): number => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += ((f[k] as number) / (scales[k] as number)) ** 2;
    return Math.sqrt(sum);
  };
  const change = (step: Float64Array): number => {
    let most = 0;
    for (let k = 0; k < n; k++)
      most = Math.max(most, Math.abs(step[k] as number) / (Math.abs(x[k] as number) + 1e-3 * (scales[k] as number)));
    return most;
  };
  const first = size(value);
  for (let iteration = 0; iteration < 80; iteration++) {
    const jacobian = flow.jacobian(x);
    const { step, singular } = newtonStep(jacobian, value, n);
    if (!step.every(Number.isFinite)) return undefined;
    // Least squares also stop where the residual is smallest, but not 0.
    if (singular && change(step) <= 1e-11) return size(value) <= 1e-12 * first && inside(x, bounds) ? x : undefined;
    if (change(step) <= 1e-11) {
      x = x.map((v, k) => v - (step[k] as number));
      return inside(x, bounds) ? x : undefined;
    }
    const before = size(value);
    let share = 1;
    for (; ; share /= 2) {
      const next = clamp(
        x.map((v, k) => v - share * (step[k] as number)),
        bounds,
      );
      const there = flow.derivative(next);
      const after = size(there);
      if (after < before * (1 - share / 4) || (after === 0 && before === 0)) {
        [x, value] = [next, there];
        break;
      }
      // At the limit of rounding no step makes the residual smaller: near enough to count as arrived.
      if (share < 1e-4) return change(step) <= 1e-7 && inside(x, bounds) ? x : undefined;
    }
  }
  return undefined;
}

/** x of J x = f; where J is singular, of the least squares, damped. */
function newtonStep(
  jacobian: Float64Array,
  value: Float64Array,
  n: number,
): { readonly step: Float64Array; readonly singular: boolean } {
  const exact = solveFactored(factorise(jacobian, n), value);
  if (exact.every(Number.isFinite)) return { step: exact, singular: false };
  const transposed = transpose(jacobian, n);
  const row = (a: Float64Array, i: number) => a.subarray(i * n, (i + 1) * n);
  const square = Float64Array.from({ length: n * n }, (_, k) =>
    dot(row(transposed, Math.floor(k / n)), row(transposed, k % n)),
  );
  const damping = 1e-10 * (square.reduce((most, v) => Math.max(most, Math.abs(v)), 0) || 1);
  for (let i = 0; i < n; i++) square[i * n + i] = (square[i * n + i] as number) + damping;
  const right = Float64Array.from({ length: n }, (_, i) => dot(row(transposed, i), value));
  return { step: solveFactored(factorise(square, n), right), singular: true };
}

/** Within the bounds, or on them. */
const inside = (x: Float64Array, bounds: readonly (readonly [number, number])[]): boolean =>
  bounds.every(([low, high], k) => (x[k] as number) >= low && (x[k] as number) <= high);

/** One point, as far as rounding can tell. */
export function alike(a: ArrayLike<number>, b: ArrayLike<number>, scales: Float64Array, tolerance = 1e-6): boolean {
  for (let k = 0; k < scales.length; k++) {
    const [p, q] = [a[k] as number, b[k] as number];
    if (Math.abs(p - q) > tolerance * Math.max(Math.abs(p), Math.abs(q), 1e-3 * (scales[k] as number))) return false;
  }
  return true;
}

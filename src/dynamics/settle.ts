import type { Flow } from "./flow.js";
import { clamp } from "./mass.js";

type Bounds = readonly (readonly [number, number])[];

/** Where a trajectory has been: one row of state variables per accepted step. */
export interface Path {
  readonly time: readonly number[];
  readonly states: readonly Float64Array[];
}

/** Dormand and Prince's pair of orders 5 and 4: nodes are not needed, since the flow does not depend on time. */
const stages: readonly (readonly number[])[] = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
const errorWeights = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

export interface PathOptions {
  readonly time: number;
  readonly mostSteps: number;
  /** Local error per step, in scales of the variables. */
  readonly tolerance: number;
  /** Farthest that a step may go, in scales of the variables: a picture wants a smooth line. */
  readonly farthest?: number;
  /** Ends when it is as long as this, in scales of the variables. */
  readonly length?: number;
}

/** A trajectory with steps of adapted length; it ends early when it leaves all bounds, or takes too many steps. */
export function follow(
  flow: Flow,
  start: ArrayLike<number>,
  bounds: Bounds,
  scales: Float64Array,
  { time, mostSteps, tolerance, farthest = Infinity, length = Infinity }: PathOptions,
): Path {
  const n = flow.size;
  let x = clamp(Float64Array.from(start), bounds);
  const path = { time: [0], states: [x] };
  const k = stages.map(() => new Float64Array(n));
  let t = 0;
  let dt = time / 1000;
  let gone = 0;
  for (let tried = 0; t < time && tried < mostSteps; tried++) {
    dt = Math.min(dt, time - t);
    const moved = (weights: readonly number[]) => {
      const to = x.slice();
      weights.forEach((w, s) => {
        const slope = k[s];
        if (w !== 0 && slope) for (let v = 0; v < n; v++) to[v] = (to[v] as number) + dt * w * (slope[v] as number);
      });
      return to;
    };
    stages.forEach((weights, s) => flow.derivative(moved(weights), k[s]));
    let error = 0;
    for (let v = 0; v < n; v++) {
      let sum = 0;
      errorWeights.forEach((w, s) => (sum += w * (k[s]?.[v] as number)));
      error = Math.max(error, Math.abs(dt * sum) / (tolerance * (scales[v] as number)));
    }
    const next = clamp(moved(stages[6] ?? []), bounds);
    let move = 0;
    for (let v = 0; v < n; v++)
      move = Math.max(move, Math.abs((next[v] as number) - (x[v] as number)) / (scales[v] as number));
    if (error <= 1 && move > farthest) error = 2 + move / farthest;
    if (error <= 1) {
      t += dt;
      gone += move;
      x = next;
      path.time.push(t);
      path.states.push(x);
      if (gone > length || !x.every((value, v) => Math.abs(value) < 1e6 * (scales[v] as number))) break;
    }
    const factor = Number.isFinite(error) ? Math.min(5, Math.max(0.2, 0.9 * (error || 1e-10) ** -0.2)) : 0.2;
    dt *= factor;
    if (!(dt > 1e-12 * time)) break;
  }
  return path;
}

/** States along the flow from a start, the last ones after a while: about a thousand of its own time constants. */
export function settle(flow: Flow, start: Float64Array, bounds: Bounds, scales: Float64Array): Float64Array[] {
  const speeds = flow.derivative(start).map((v, k) => Math.abs(v) / (scales[k] as number));
  const fastest = speeds.reduce((a, b) => Math.max(a, b), 0);
  if (!(fastest > 0) || !Number.isFinite(fastest)) return [start];
  const { states } = follow(flow, start, bounds, scales, { time: 1000 / fastest, mostSteps: 300, tolerance: 1e-4 });
  const finite = states.filter((state) => state.every(Number.isFinite));
  return [0, 0.2, 0.5, 0.8, 0.95, 1].flatMap((share) => finite[Math.floor(share * (finite.length - 1))] ?? []);
}

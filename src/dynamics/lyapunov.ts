import { fault } from "../core/fault.js";
import { streams, uniform } from "../ir/random/streams.js";
import { flowOf } from "./flow.js";
import { boundsOf, clamp, startsOf, type Mass } from "./mass.js";

export interface LyapunovSpectrum {
  /** By falling value, per unit of the model's time (per ms). */
  readonly exponents: readonly number[];
  /** Standard error of each, from ten parts of the run. */
  readonly errors: readonly number[];
  /** Kaplan and Yorke's dimension of the attractor; 0 when all exponents are negative. */
  readonly dimension: number;
  readonly timeMs: number;
  readonly dtMs: number;
}

export interface LyapunovOptions {
  readonly dtMs: number;
  readonly transientMs: number;
  readonly timeMs: number;
  readonly seed?: number;
  /** Default: drawn from the start ranges. */
  readonly start?: ArrayLike<number>;
}

/**
 * All Lyapunov exponents of a mass: classical Runge-Kutta of the state and of a tangent frame along the derived Jacobian,
 * the frame made orthonormal again after every step (Benettin et al. 1980; Shimada, Nagashima 1979).
 * @throws Fault BLOWUP when the state does not stay finite, RANGE for a step or time that is none
 */
export function lyapunovSpectrum(mass: Mass, options: LyapunovOptions): LyapunovSpectrum {
  const { dtMs, transientMs, timeMs, seed = 0 } = options;
  const steps = Math.round(timeMs / dtMs);
  if (!(dtMs > 0) || !(steps >= 10) || !(transientMs >= 0) || steps > 1e9)
    throw fault("RANGE", `${timeMs} ms in steps of ${dtMs} ms is too short or too long for exponents`, {
      where: "lyapunov",
      next: "at least ten steps",
    });
  const flow = flowOf(mass);
  const bounds = boundsOf(mass);
  const n = flow.size;
  const x = clamp(
    options.start
      ? Float64Array.from(options.start)
      : Float64Array.from(startsOf(mass), ([a, b], v) => a + (b - a) * uniform(seed, streams.initial, 0, 0, v, 0)),
    bounds,
  );
  // The state and the frame's n vectors, one after the other.
  const full = new Float64Array(n + n * n);
  full.set(x);
  for (let i = 0; i < n; i++) full[n + i * n + i] = 1;
  const jacobian = new Float64Array(n * n);
  const slope = (at: Float64Array, to: Float64Array): void => {
    flow.derivative(at, to);
    flow.jacobian(at, jacobian);
    for (let k = 0; k < n; k++)
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = 0; j < n; j++) sum += (jacobian[i * n + j] as number) * (at[n + k * n + j] as number);
        to[n + k * n + i] = sum;
      }
  };
  const step = rungeKutta(full.length, slope);
  const advance = (): Float64Array => {
    step(full, dtMs);
    clamp(full, bounds);
    return orthonormalise(full, n);
  };
  for (let k = Math.round(transientMs / dtMs); k > 0; k--) advance();
  const parts = 10;
  const sums = Array.from({ length: parts }, () => new Float64Array(n));
  const counts = new Float64Array(parts);
  for (let k = 0; k < steps; k++) {
    const part = Math.floor((k * parts) / steps);
    const into = sums[part] as Float64Array;
    advance().forEach((growth, i) => (into[i] = (into[i] as number) + Math.log(growth)));
    counts[part] = (counts[part] as number) + 1;
    if (!Number.isFinite(full[0] as number) || !Number.isFinite(into[n - 1] as number))
      throw fault("BLOWUP", `the state of ${mass.model.id} does not stay finite`, {
        where: `step ${k} of ${dtMs} ms`,
        next: "a smaller --dt",
      });
  }
  const each = Array.from({ length: n }, (_, i) => {
    const rates = sums.map((sum, part) => (sum[i] as number) / ((counts[part] as number) * dtMs));
    const mean = sums.reduce((a, sum) => a + (sum[i] as number), 0) / (steps * dtMs);
    const variance = rates.reduce((a, rate) => a + (rate - mean) ** 2, 0) / (parts - 1);
    return { mean, error: Math.sqrt(variance / parts) };
  }).sort((a, b) => b.mean - a.mean);
  const exponents = each.map(({ mean }) => mean);
  return { exponents, errors: each.map(({ error }) => error), dimension: kaplanYorke(exponents), timeMs, dtMs };
}

function rungeKutta(size: number, slope: (at: Float64Array, to: Float64Array) => void) {
  const k = [0, 1, 2, 3].map(() => new Float64Array(size)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const moved = new Float64Array(size);
  const move = (x: Float64Array, by: Float64Array, h: number) => {
    for (let i = 0; i < size; i++) moved[i] = (x[i] as number) + h * (by[i] as number);
    return moved;
  };
  return (x: Float64Array, dt: number): void => {
    slope(x, k[0]);
    slope(move(x, k[0], dt / 2), k[1]);
    slope(move(x, k[1], dt / 2), k[2]);
    slope(move(x, k[2], dt), k[3]);
    for (let i = 0; i < size; i++)
      x[i] =
        (x[i] as number) +
        (dt / 6) * ((k[0][i] as number) + 2 * (k[1][i] as number) + 2 * (k[2][i] as number) + (k[3][i] as number));
  };
}

/** Gram and Schmidt on the frame behind the state; returns by what each vector had grown. */
function orthonormalise(full: Float64Array, n: number): Float64Array {
  const lengths = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const v = full.subarray(n + k * n, n + (k + 1) * n);
    for (let j = 0; j < k; j++) {
      const w = full.subarray(n + j * n, n + (j + 1) * n);
      let product = 0;
      for (let i = 0; i < n; i++) product += (v[i] as number) * (w[i] as number);
      for (let i = 0; i < n; i++) v[i] = (v[i] as number) - product * (w[i] as number);
    }
    let square = 0;
    for (let i = 0; i < n; i++) square += (v[i] as number) ** 2;
    const length = Math.sqrt(square);
    lengths[k] = length;
    for (let i = 0; i < n; i++) v[i] = (v[i] as number) / length;
  }
  return lengths;
}

/** How many exponents sum up to something positive, and the share of the next that brings the sum to 0. */
export function kaplanYorke(exponents: readonly number[]): number {
  let sum = 0;
  for (const [k, exponent] of exponents.entries()) {
    if (sum + exponent < 0) return k === 0 ? 0 : k + sum / -exponent;
    sum += exponent;
  }
  return exponents.length;
}

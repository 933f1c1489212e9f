import { fault } from "../core/fault.js";
import type { Scheme } from "../ir/declare.js";
import { streams, uniform } from "../ir/random/streams.js";
import type { Continuation } from "./continuation.js";
import { findFixedPoints } from "./fixed-points.js";
import { boundsOf, clamp, scalesOf, startsOf, type Mass } from "./mass.js";
import { copiesOf } from "./runs.js";
import { watch } from "./watch.js";

/** An oscillation that a simulation ended in. */
export interface Attractor {
  readonly parameter: number;
  /** Extremes of what is observed. */
  readonly least: number;
  readonly most: number;
  /** Upward passages through the middle per second, 1 unit of a dimensionless time counted as 1 ms; undefined below two. */
  readonly frequencyHz: number | undefined;
}

export interface Pace {
  readonly dtMs: number;
  readonly transientMs: number;
  readonly recordMs: number;
}

/**
 * A step and durations from the eigenvalues at fixed points: a twentieth of the fastest time constant, and thirty of the
 * slowest, at most 60000 steps.
 */
export function paceOf(mass: Mass, rates: readonly number[]): Pace {
  const positive = rates.map(Math.abs).filter((rate) => rate > 0 && Number.isFinite(rate));
  if (positive.length === 0)
    throw fault("MISMATCH", `no step can be guessed for ${mass.model.id}: it has no fixed points`, {
      next: "give --dt and --time",
    });
  const [slowest, fastest] = [Math.min(...positive), Math.max(...positive)];
  const dtMs = Number((0.05 / fastest).toPrecision(1));
  const transientMs = Math.min(30 / slowest, 40000 * dtMs);
  return { dtMs, transientMs, recordMs: Math.min(transientMs, 20000 * dtMs) };
}

/** How fast things turn, and how fast they grow or decay, at all fixed points. */
export const ratesOf = (
  points: readonly { readonly eigenvalues: readonly { readonly re: number; readonly im: number }[] }[],
): number[] => points.flatMap(({ eigenvalues }) => eigenvalues.flatMap(({ re, im }) => [re, Math.hypot(re, im)]));

export interface AttractorOptions {
  /** Expression of state variables. */
  readonly observe: string;
  /** Number of values of the parameter. Default 81. */
  readonly values?: number;
  readonly pace?: Partial<Pace>;
  readonly scheme?: Scheme;
  readonly seed?: number;
}

/**
 * Where simulations end along a parameter, of those that go on oscillating. They start beside the unstable fixed points
 * of the continuation and at two places in the start ranges; other attractors may exist. All run side by side.
 */
export async function oscillationsAlong(
  mass: Mass,
  continuation: Continuation,
  { observe, values = 81, pace = {}, scheme, seed = 0 }: AttractorOptions,
): Promise<Attractor[]> {
  const { parameter, from, to, branches } = continuation;
  const all = branches.flatMap(({ points }) => points);
  const rates = ratesOf(all.length > 0 ? all : findFixedPoints(mass).points);
  const { dtMs, transientMs, recordMs } =
    pace.dtMs !== undefined && pace.transientMs !== undefined && pace.recordMs !== undefined
      ? { dtMs: pace.dtMs, transientMs: pace.transientMs, recordMs: pace.recordMs }
      : { ...paceOf(mass, rates), ...pace };
  const bounds = boundsOf(mass);
  const scales = scalesOf(mass);
  const starts = startsOf(mass);
  const parameters: number[] = [];
  const states: Float64Array[] = [];
  for (let k = 0; k < values; k++) {
    const value = from + ((to - from) * k) / (values - 1);
    const add = (state: Float64Array) => {
      parameters.push(value);
      states.push(clamp(state, bounds));
    };
    for (const state of unstableAt(continuation, value)) {
      // A nudge in all directions has a part in the one that grows.
      add(state.map((v, i) => v + 1e-3 * Math.max(Math.abs(v), 1e-3 * (scales[i] as number))));
    }
    for (let n = 0; n < 2; n++)
      add(
        Float64Array.from(starts, ([low, high], v) => low + (high - low) * uniform(seed, streams.initial, n, k, v, 0)),
      );
  }
  const setup = copiesOf(mass, { [parameter]: Float64Array.from(parameters) }, states, {
    dtMs,
    observe: [observe],
    ...(scheme ? { scheme } : {}),
  });
  const extremes = await watch(setup, Math.round(transientMs / dtMs), Math.round(recordMs / dtMs), states.length);
  // What still shrinks is on its way to a fixed point.
  const still = 1e-4 * Math.max(...extremes.map(({ least, most }) => most - least).filter(Number.isFinite), 0);
  const found: Attractor[] = [];
  extremes.forEach(({ least, most, earlier, passages, steps }, k) => {
    const value = parameters[k] as number;
    if (!(most - least > still) || passages < 2 || most - least < 0.98 * earlier) return;
    const known = found.some(
      (other) =>
        other.parameter === value &&
        Math.abs(other.least - least) + Math.abs(other.most - most) < 0.01 * (most - least),
    );
    if (!known) found.push({ parameter: value, least, most, frequencyHz: (1000 * (passages - 1)) / (steps * dtMs) });
  });
  return found;
}

/** Unstable fixed points at a value, between neighbours of each branch. */
function unstableAt({ branches }: Continuation, value: number): Float64Array[] {
  return branches.flatMap(({ points }) =>
    points.flatMap((point, k) => {
      const next = points[k + 1];
      if (!next || point.stable || next.stable) return [];
      const share = (value - point.parameter) / (next.parameter - point.parameter);
      if (!(share >= 0 && share < 1)) return [];
      return [Float64Array.from(point.state, (v, i) => v + share * ((next.state[i] as number) - v))];
    }),
  );
}

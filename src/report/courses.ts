import type { Signal } from "../engine/setup.js";
import { isUniform, sampler } from "../engine/stimulus.js";
import type { StimulusView } from "./input.js";

/** Times at which a course is looked at in one picture: enough for steps of 0.1 ms over 5 s, and quick. */
const mostTimes = 50_000;

/** One stimulus over a stretch of time, as it is drawn. */
export interface Course {
  /** Place in the list of stimuli, from 1. */
  readonly number: number;
  readonly target: string;
  /** ms, evenly spaced */
  readonly time: Float64Array;
  /** The largest weight times the course; of a course that differs by region the mean over regions. */
  readonly values: Float64Array;
  /** Stretches in which it is not 0, [start, end] in ms. */
  readonly active: readonly (readonly [number, number])[];
  /** ms between the times that were looked at. */
  readonly stepMs: number;
}

/** Courses between two times in ms; those whose values are not at hand are left out. */
export function coursesOf(
  stimuli: readonly StimulusView[],
  fromMs: number,
  toMs: number,
  dtMs: number,
): readonly Course[] {
  const steps = Math.max(1, Math.round((toMs - fromMs) / dtMs));
  const stepMs = Math.ceil(steps / mostTimes) * dtMs;
  const count = Math.floor((steps * dtMs) / stepMs + 1e-9) + 1;
  const time = Float64Array.from({ length: count }, (_, k) => fromMs + k * stepMs);
  return stimuli.flatMap(({ target, weights, signal }, k): Course[] => {
    if (!isPresent(signal)) return [];
    const most = typeof weights === "number" ? weights : largest(weights);
    const at = sampler(signal);
    const into = new Float64Array(isUniform(signal) || signal.kind === "expression" ? 1 : signal.columns);
    const values = time.map((t) => {
      at(t, into);
      return into.length === 1 ? most * (into[0] ?? NaN) : most * (into.reduce((sum, v) => sum + v, 0) / into.length);
    });
    return [{ number: k + 1, target: target.name, time, values, active: stretches(time, values, stepMs), stepMs }];
  });
}

export const isPresent = (signal: StimulusView["signal"]): signal is Signal =>
  signal.kind === "expression" || typeof signal.values !== "string";

/** The weight that is farthest from 0. */
export const largest = (weights: Float64Array): number =>
  weights.reduce((most, w) => (Math.abs(w) > Math.abs(most) ? w : most), 0);

function stretches(time: Float64Array, values: Float64Array, stepMs: number): [number, number][] {
  const found: [number, number][] = [];
  // What has died down to a thousandth of the peak is over.
  const floor = 1e-3 * values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  values.forEach((value, k) => {
    // At the last time the run is over: no step begins there.
    if (!(Math.abs(value) > floor) || k === values.length - 1) return;
    const [start, end] = [time[k] ?? 0, (time[k] ?? 0) + stepMs];
    const last = found.at(-1);
    // A course that crosses 0 does not end there.
    if (last && start <= last[1] + 2.5 * stepMs) last[1] = end;
    else found.push([start, end]);
  });
  return found;
}

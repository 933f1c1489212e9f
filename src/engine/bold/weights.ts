import { fault } from "../../core/fault.js";
import { sampler } from "../stimulus.js";
import type { Regional } from "../setup.js";
import type { BoldSetup, Response } from "./setup.js";

/** What the mean over a window is worth, by its age. */
export interface Weights {
  /** Windows that count. */
  readonly windows: number;
  /** 1 where all regions share the weights, else the number of regions. */
  readonly columns: number;
  /** [age in windows, the newest first][column] */
  readonly values: Float64Array;
}

type Convolution = Extract<BoldSetup, { kind: "convolution" }>;

/** Gauss-Legendre on [0, 1]. */
const nodes = [0.5 - Math.sqrt(0.15), 0.5, 0.5 + Math.sqrt(0.15)] as const;
const shares = [5 / 18, 8 / 18, 5 / 18] as const;

/**
 * Weights such that the sum over windows is the convolution integral, in seconds, of an activity that is its mean
 * throughout each window: the integral of the response over the window's ages. Constant activity gives the integral
 * of the response exactly. A mean over the states after steps belongs to a time half a step later than its window.
 * @throws Fault RANGE for a response that is not finite
 */
export function convolutionWeights(bold: Convolution, regions: number, dtMs: number): Weights {
  const { lengthMs, stockMs } = bold;
  const windows = Math.max(1, Math.ceil(lengthMs / stockMs - 1e-9));
  const begins = (age: number) => Math.max(0, Math.min(lengthMs, age * stockMs - dtMs / 2)) / 1e3;
  return byRegion(bold.response, regions, windows, (region) => {
    const integral = integralOf(bold.response, region, lengthMs / 1e3);
    return (age) => integral(begins(age), age === windows - 1 ? lengthMs / 1e3 : begins(age + 1));
  });
}

/**
 * As TVB sums: samples of the response at 0, 4, 8, … ms whatever the window, no time between them, and each window one late:
 * the newest gets the last sample.
 */
export function tvbWeights(bold: Convolution, regions: number): Weights {
  const windows = Math.ceil(bold.lengthMs / 4);
  const step = bold.lengthMs / 1e3 / windows;
  return byRegion(bold.response, regions, windows, (region) => {
    const curve = curveOf(bold.response, region);
    const samples = Float64Array.from({ length: windows }, (_, k) => curve(k * step));
    const scale = scaleTo(
      bold.response,
      region,
      samples.reduce((a, b) => Math.max(a, b), -Infinity),
    );
    return (age) => (samples[(age + windows - 1) % windows] ?? 0) * scale;
  });
}

function byRegion(
  response: Response,
  regions: number,
  windows: number,
  weightOf: (region: number) => (age: number) => number,
): Weights {
  const regional =
    response.kind === "measured"
      ? response.columns > 1
      : [...Object.values(response.values), response.peak ?? 0].some((value) => typeof value !== "number");
  const columns = regional ? regions : 1;
  const values = new Float64Array(windows * columns);
  for (let i = 0; i < columns; i++) {
    const weight = weightOf(i);
    for (let age = 0; age < windows; age++) values[age * columns + i] = weight(age);
  }
  const bad = values.findIndex((w) => !Number.isFinite(w));
  if (bad >= 0)
    throw fault("RANGE", "the haemodynamic response is not finite with these parameters", {
      where: "monitors.hrf",
      ...(columns > 1 ? { data: { region: bad % columns } } : {}),
      next: "parameters nearer to their defaults",
    });
  return { windows, columns, values };
}

const at = (value: Regional, region: number): number => (typeof value === "number" ? value : (value[region] ?? NaN));

/** The response of a region, without its scale, at a time in s. */
function curveOf(response: Response, region: number): (seconds: number) => number {
  if (response.kind === "measured") {
    const { stepMs, columns, values } = response;
    const rows = values.length / columns;
    const value = (row: number) => values[row * columns + (columns > 1 ? region : 0)] ?? 0;
    return (seconds) => {
      const place = (seconds * 1e3) / stepMs;
      const row = Math.min(Math.floor(place), rows - 1);
      return value(row) + (place - row) * (value(Math.min(row + 1, rows - 1)) - value(row));
    };
  }
  const values = Object.fromEntries(Object.entries(response.values).map(([name, v]) => [name, at(v, region)]));
  const sample = sampler({ kind: "expression", text: response.text, values });
  const one = new Float64Array(1);
  return (seconds) => {
    sample(seconds, one);
    return one[0] ?? NaN;
  };
}

const scaleTo = (response: Response, region: number, peak: number): number =>
  response.kind === "expression" && response.peak !== undefined ? at(response.peak, region) / peak : 1;

/** The integral of the response of a region between two times in s. */
function integralOf(response: Response, region: number, seconds: number): (from: number, to: number) => number {
  const curve = curveOf(response, region);
  if (response.kind === "measured") {
    // Lines between rows: the trapezoid is exact between any two times without a row between them.
    const step = response.stepMs / 1e3;
    return (from, to) => {
      let sum = 0;
      for (let a = from; a < to;) {
        const row = (Math.floor(a / step + 1e-9) + 1) * step;
        const b = Math.min(to, row);
        sum += (b - a) * curve((a + b) / 2);
        a = b;
      }
      return sum;
    };
  }
  const scale = scaleTo(response, region, peakOf(curve, seconds));
  return (from, to) =>
    scale * (to - from) * nodes.reduce((sum, x, k) => sum + (shares[k] ?? 0) * curve(from + x * (to - from)), 0);
}

/** The largest value of a smooth curve: the best of a grid, then thirds of what lies around it. */
function peakOf(curve: (seconds: number) => number, seconds: number): number {
  const points = 500;
  const step = seconds / points;
  const grid = Float64Array.from({ length: points + 1 }, (_, k) => curve(k * step));
  const highest = grid.reduce((a, b) => Math.max(a, b), -Infinity);
  const best = grid.indexOf(highest);
  let [low, high] = [Math.max(0, best - 1) * step, Math.min(points, best + 1) * step];
  // At a smooth top a tenth of the square root of the rounding is near enough.
  while (high - low > 1e-9 * seconds) {
    const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
    if (curve(a) < curve(b)) low = a;
    else high = b;
  }
  return Math.max(curve((low + high) / 2), highest);
}

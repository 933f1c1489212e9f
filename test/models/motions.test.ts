import { describe, expect, it } from "vitest";
import { models } from "../../src/models/index.js";
import golden from "../golden/models_rhs.json" with { type: "json" };
import { characteristic, isHurwitz, newton } from "./stability.js";
import { flowOf, rungeKutta } from "./support.js";

/** How models beyond TVB move, against SciPy's DOP853 (golden/models_rhs.py) and against papers. */

const flowAt = (id: string, changed: Readonly<Record<string, number>>) => {
  const model = models[id];
  if (!model) throw new Error(`no model ${id}`);
  return flowOf(model, changed);
};

/** What the golden values call a signal, where it starts, and a step that resolves it. */
const setups: Readonly<Record<string, { signal: string; start: readonly number[]; dt: number; settle: number }>> = {
  "stuart-landau": { signal: "x", start: [1, 0], dt: 0.2, settle: 2000 },
  wendling: { signal: "y1 - y2 - y3", start: Array<number>(10).fill(0), dt: 0.2, settle: 1500 },
  "david-friston": { signal: "x1s - x2s", start: Array<number>(12).fill(0), dt: 0.2, settle: 4000 },
  liley: {
    signal: "h_e",
    start: [-60, -54, 20, 20, 20, 20, 0, 0, 0, 0, 1, 1, 0, 0],
    dt: 0.05,
    settle: 500,
  },
  "morris-lecar": { signal: "V", start: [10, 0.1], dt: 0.1, settle: 1000 },
  "hindmarsh-rose": { signal: "x", start: [-1, 0, 2], dt: 0.05, settle: 6000 },
};

describe.each(golden.motions)("$id with $changed", ({ id, changed, hertz, low, high }) => {
  const values = Object.fromEntries(Object.entries(changed).filter(([, v]) => v !== undefined));
  const { signal, start, dt, settle } = setups[id] ?? { signal: "x", start: [], dt: 0.1, settle: 0 };

  it("has the frequency and the extremes that SciPy finds", () => {
    const flow = flowAt(id, values);
    const read = flow.observe(values["w"] === 0 ? "x1f - x2f" : signal);
    const middle = (low + high) / 2;
    let x = [...start];
    for (let t = 0; t < settle; t += dt) x = rungeKutta(flow, x, dt);
    const crossings: number[] = [];
    let [least, largest, before] = [Infinity, -Infinity, read(x)];
    const periods = id === "wendling" ? 3 : 5;
    for (let step = 1; crossings.length <= periods && step < 50_000; step++) {
      x = rungeKutta(flow, x, dt);
      const after = read(x);
      least = Math.min(least, after);
      largest = Math.max(largest, after);
      if (before < middle && after >= middle) crossings.push((step - (after - middle) / (after - before)) * dt);
      before = after;
    }
    const period = ((crossings.at(-1) ?? NaN) - (crossings[0] ?? NaN)) / (crossings.length - 1);
    expect(Math.abs(1000 / period / hertz - 1)).toBeLessThan(1e-3);
    expect(Math.abs(least - low)).toBeLessThan(5e-3 * (high - low));
    expect(Math.abs(largest - high)).toBeLessThan(5e-3 * (high - low));
  });
});

/** Slowest-decaying oscillation of a state: the pair of roots that two conditions on the characteristic polynomial pin down. */
function isPole(id: string, at: readonly number[], re: number, hertz: number): number {
  const flow = flowAt(id, {});
  const x = newton(flow.derivative, flow.jacobian, at);
  if (!x) throw new Error(`${id} has no fixed point there`);
  const polynomial = characteristic(flow.jacobian(x), flow.names.length);
  expect(isHurwitz(polynomial)).toBe(true);
  const evaluate = (zr: number, zi: number): number => {
    let [r, i] = [0, 0];
    for (const c of polynomial) [r, i] = [r * zr - i * zi + c, r * zi + i * zr];
    return Math.hypot(r, i);
  };
  // Relative to its size a little away.
  return evaluate(re, (2 * Math.PI * hertz) / 1000) / evaluate(re * 1.5, (2 * Math.PI * hertz) / 1000);
}

describe("papers", () => {
  it("Liley: the rest state answers noise with alpha (eigenvalues by NumPy)", () => {
    const rest = [-60.1465715, -54.0334819, 45.94, 27.6, 10.95, 4.007, 0, 0, 0, 0, 2.53, 2.169, 0, 0];
    expect(isPole("liley", rest, -0.0093, 10.98)).toBeLessThan(0.05);
    expect(isPole("liley", rest, -0.0093, 20)).toBeGreaterThan(0.5);
  });

  it("Hindmarsh-Rose at I = 2 bursts: groups of spikes between long rests", () => {
    const flow = flowAt("hindmarsh-rose", { I: 2 });
    const spikes: number[] = [];
    let x = [-1, 0, 2];
    for (let step = 0; step < 60_000; step++) {
      const next = rungeKutta(flow, x, 0.05);
      if ((x[0] ?? NaN) < 1 && (next[0] ?? NaN) >= 1) spikes.push(step * 0.05);
      x = next;
    }
    const gaps = spikes.slice(1).map((t, k) => t - (spikes[k] ?? NaN));
    const within = gaps.filter((gap) => gap < 60);
    const between = gaps.filter((gap) => gap > 150);
    expect(between.length).toBeGreaterThan(1);
    expect(within.length).toBeGreaterThan(2 * between.length);
    expect(within.length + between.length).toBe(gaps.length);
  });

  it("Stuart-Landau: the radius is sqrt(a / b), by region", () => {
    for (const [a, b] of [
      [4, 1],
      [1, 4],
      [9, 0.25],
    ] as const) {
      const flow = flowAt("stuart-landau", { a, b, f: 3 });
      let x = [0.5, 0.1];
      for (let step = 0; step < 15_000; step++) x = rungeKutta(flow, x, 1);
      expect(Math.hypot(...x)).toBeCloseTo(Math.sqrt(a / b), 6);
    }
  });

  it("feedback inhibition brings the excitatory rate to the target, whatever the drive", () => {
    for (const I_o of [0.36, 0.382, 0.4]) {
      const flow = flowAt("dynamic-mean-field-fic", { I_o, eta: 0.0002 });
      let x = [0.1, 0.05, 0.05];
      for (let step = 0; step < 20_000; step++) x = rungeKutta(flow, x, 1);
      // At rest S_e = tau_e gamma_e rate / (1 + tau_e gamma_e rate).
      const opened = x[0] ?? NaN;
      expect(opened / (1 - opened) / (100 * 0.000641)).toBeCloseTo(3, 3);
    }
  });
});

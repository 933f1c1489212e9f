import { describe, expect, it } from "vitest";
import { assemble } from "../../src/engine/assemble.js";
import type { Setup } from "../../src/engine/setup.js";
import { gaussian, streams } from "../../src/ir/random/streams.js";
import { wasm } from "../../src/kernels/wasm/kernel.js";
import { compile, matrix, networkOf, setupOf, type SetupChange } from "../engine/support.js";
import { startOf } from "../../src/engine/start.js";

/** Exponentially correlated noise: its process, the variance that it adds, and TVB's form of it. */

const alone = (regions: number) => networkOf(matrix(regions, () => 0));

/** Program states [step][variable × region], hidden ones included. */
async function programStates(setup: Setup): Promise<Float64Array[]> {
  const { program, hiddenStart } = assemble(setup);
  const kernel = await compile(wasm, { program, start: startOf(setup, program, hiddenStart) });
  const rows = [kernel.state()];
  for (let step = 0; step < setup.steps; step++) {
    expect(kernel.advance(1)).toBeUndefined();
    rows.push(kernel.state());
  }
  kernel.dispose();
  return rows;
}

const [D, tau, dtMs] = [0.3, 2, 0.1];
const setupWith = (change: SetupChange = {}): Setup =>
  setupOf({
    connectome: alone(128),
    scheme: "heun-stochastic",
    parameters: { gamma: 0 },
    noise: { x: D },
    noiseForm: { correlationMs: tau },
    dtMs,
    steps: 100,
    initial: { kind: "state", values: new Float64Array(change.connectome?.labels.length ?? 128) },
    ...change,
  });
const hiddenOf = (rows: readonly Float64Array[], regions: number) => rows.map((row) => row.subarray(regions));
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe("the process", () => {
  it("is u' = E u + sqrt(1 - E²) N of the step's draw, from a draw of the initial stream", async () => {
    const setup = setupWith({ connectome: alone(3), steps: 50, seed: 2 ** 40 + 1, run: 4 });
    const u = hiddenOf(await programStates(setup), 3);
    const E = Math.exp(-dtMs / tau);
    for (let i = 0; i < 3; i++) {
      let value = gaussian(2 ** 40 + 1, streams.initial, 4, i, 0, 4);
      u.forEach((row, step) => {
        expect(row[i]).toBeCloseTo(value, 13);
        value = E * value + Math.sqrt(1 - E * E) * gaussian(2 ** 40 + 1, streams.dynamics, 4, i, 0, step);
      });
    }
  });

  it("is stationary from the start, with variance 1 and correlation exp(-t / tau), at any step", async () => {
    for (const dt of [0.1, 1, 5]) {
      const u = hiddenOf(await programStates(setupWith({ dtMs: dt, steps: 1500 })), 128);
      // Neighbours in time are correlated: as if there were (1 - E²) / (1 + E²) of them.
      const E2 = Math.exp((-2 * dt) / tau);
      const error = Math.sqrt((2 * (1 + E2)) / (1 - E2) / (u.length * 128));
      for (const lag of [0, 1, 3, 10, 30]) {
        const products = u
          .slice(lag)
          .map((row, k) => row.reduce((sum, x, i) => sum + x * (u[k]?.[i] ?? NaN), 0) / row.length);
        expect(Math.abs(mean(products) - Math.exp((-lag * dt) / tau)), `dt ${dt}, lag ${lag}`).toBeLessThan(4 * error);
      }
      const first = mean([...(u[0] ?? [])].map((x) => x * x));
      expect(Math.abs(first - 1)).toBeLessThan(4 * Math.sqrt(2 / 128));
    }
  });
});

describe("what it adds", () => {
  /** Variance of x(t) for x' = noise from 0: the double integral of the covariance. */
  const exact = (t: number) => 2 * D * (t - tau * (1 - Math.exp(-t / tau)));

  it.each(["heun-stochastic", "heun", "rk4", "dopri5", "theta"])(
    "is the integral of the process, with %s",
    async (scheme) => {
      const setup = setupWith({ connectome: alone(2), scheme, steps: 20 });
      const rows = await programStates(setup);
      const h = dtMs / (2 * tau);
      const height = Math.sqrt(((D / tau) * Math.tanh(h)) / h);
      rows.slice(1).forEach((row, k) => {
        const [before = row, u0 = NaN, u1 = NaN] = [rows[k], rows[k]?.[2], row[2]];
        expect((row[0] ?? NaN) - (before[0] ?? NaN)).toBeCloseTo((height * dtMs * (u0 + u1)) / 2, 13);
      });
    },
  );

  it("has the variance of white noise of the same D in the long run, and the closed form before", async () => {
    const regions = 2000;
    const rows = await programStates(setupWith({ connectome: alone(regions), steps: 400 }));
    for (const step of [5, 20, 80, 400]) {
      const variance = mean([...(rows[step]?.subarray(0, regions) ?? [])].map((x) => x * x));
      expect(Math.abs(variance / exact(step * dtMs) - 1), `step ${step}`).toBeLessThan(
        4 * Math.sqrt(2 / regions) + 1e-3,
      );
    }
    expect(exact(40) / (2 * D * 40)).toBeGreaterThan(0.94);
  });

  it.each([2, 0.3, 0.02])("has it with a correlation time of %f steps too", async (tau) => {
    const regions = 2000;
    const change = { connectome: alone(regions), steps: 300, dtMs: 1, noiseForm: { correlationMs: tau } };
    const rows = await programStates(setupWith(change));
    // The increments of 100 steps and later, far from the start: 2 D each in the mean, and what the process still remembers.
    const gain = (rows[300] ?? new Float64Array()).slice(0, regions).map((x, i) => x - (rows[100]?.[i] ?? NaN));
    const variance = mean([...gain].map((x) => x * x));
    expect(Math.abs(variance / (2 * D * 200) - 1)).toBeLessThan(4 * Math.sqrt(2 / regions) + tau / 200);
  });

  it("is twice that under compat: tvb, and enters as TVB's: dt sqrt(2 D / tau) times the process of the step's end", async () => {
    const regions = 2000;
    const setup = setupWith({ connectome: alone(regions), steps: 400, compatTvb: true, singleHistory: false });
    const rows = await programStates(setup);
    const scale = dtMs * Math.sqrt((2 * D) / tau);
    rows
      .slice(1, 20)
      .forEach((row, k) =>
        expect((row[0] ?? NaN) - (rows[k]?.[0] ?? NaN)).toBeCloseTo(scale * (row[regions] ?? NaN), 13),
      );
    const variance = mean([...(rows[400]?.subarray(0, regions) ?? [])].map((x) => x * x));
    expect(Math.abs(variance / (2 * exact(40)) - 1)).toBeLessThan(4 * Math.sqrt(2 / regions) + 1e-2);
  });

  it("is taken in Stratonovich's sense where it depends on the state, as the limit of smooth noise is", async () => {
    // dx = x η: x = exp of the integral, whose mean is exp(var / 2).
    const regions = 2000;
    const setup = setupWith({
      connectome: alone(regions),
      scheme: "rk4",
      noise: { x: 0.1 },
      noiseForm: { correlationMs: 0.5, b: { x: "x" } },
      dtMs: 0.05,
      steps: 60,
      initial: { kind: "state", values: new Float64Array(regions).fill(1) },
    });
    const x = [...((await programStates(setup))[60]?.subarray(0, regions) ?? [])];
    const variance = 2 * 0.1 * (3 - 0.5 * (1 - Math.exp(-6)));
    const spread = Math.sqrt(((Math.exp(variance) - 1) * Math.exp(variance)) / regions);
    expect(Math.abs(mean(x) - Math.exp(variance / 2))).toBeLessThan(4 * spread);
    expect(Math.exp(variance / 2) - 1).toBeGreaterThan(6 * spread);
  });
});

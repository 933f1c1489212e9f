import { describe, expect, it } from "vitest";
import { wasm } from "../../src/kernels/wasm/kernel.js";
import { compile, matrix, networkOf, prepare, setupOf } from "../engine/support.js";

/** Ten million draws as the kernels add them: moments, lags 1 to 100, and pairs of regions, within 4 standard errors. */

const [regions, steps, lags] = [1000, 10_000, 100];

describe("ten million draws", () => {
  it("have the moments and the independence of a standard normal", async () => {
    // With D = 1/2, dt = 1 and nothing else, each step adds one draw; the state is set back by gamma = -1.
    const setup = setupOf({
      connectome: networkOf(matrix(regions, () => 0)),
      scheme: "euler-maruyama",
      parameters: { gamma: -1 },
      noise: { x: 0.5 },
      dtMs: 1,
      steps,
      initial: { kind: "state", values: new Float64Array(regions) },
    });
    const kernel = await compile(wasm, prepare(setup));
    const moments = new Float64Array(5);
    const lagged = new Float64Array(lags + 1);
    let across = 0;
    const past: Float64Array[] = [];
    for (let step = 0; step < steps; step++) {
      expect(kernel.advance(1)).toBeUndefined();
      const row = kernel.state();
      past.unshift(row);
      past.length = Math.min(past.length, lags + 1);
      for (let i = 0; i < regions; i++) {
        const x = row[i] ?? NaN;
        for (let p = 1, power = x; p <= 4; p++, power *= x) moments[p] = (moments[p] ?? 0) + power;
        if (i > 0) across += x * (row[i - 1] ?? NaN);
      }
      past.forEach((earlier, lag) => {
        let sum = 0;
        for (let i = 0; i < regions; i++) sum += (row[i] ?? NaN) * (earlier[i] ?? NaN);
        lagged[lag] = (lagged[lag] ?? 0) + sum;
      });
    }
    kernel.dispose();
    const n = regions * steps;
    // Variances of x, x², x³ and x⁴ of a standard normal: 1, 2, 15, 96.
    [0, 1, 0, 3].forEach((wanted, k) =>
      expect(Math.abs((moments[k + 1] ?? NaN) / n - wanted), `moment ${k + 1}`).toBeLessThan(
        4 * Math.sqrt(([1, 2, 15, 96][k] ?? NaN) / n),
      ),
    );
    expect(Math.abs(across / n)).toBeLessThan(4 / Math.sqrt(n));
    // 100 lags: 4.5 standard errors keep a false alarm below 1e-3.
    for (let lag = 1; lag <= lags; lag++)
      expect(Math.abs((lagged[lag] ?? NaN) / n), `lag ${lag}`).toBeLessThan(4.5 / Math.sqrt(n));
  }, 600_000);
});

import { describe, expect, it } from "vitest";
import { assemble } from "../../src/engine/assemble.js";
import type { Setup } from "../../src/engine/setup.js";
import { gaussian, streams, uniform } from "../../src/ir/random/streams.js";
import { wasm } from "../../src/kernels/wasm/kernel.js";
import { endOf, matrix, networkOf, setupOf, statesOf, type SetupChange } from "../engine/support.js";

/** Noise as the engine adds it: its size, where it acts, what it depends on and what not. */

const alone = (regions: number) => networkOf(matrix(regions, () => 0));

/** States [step][region] of an Ornstein-Uhlenbeck process per region; gamma 0 leaves Brownian motion. */
const walk = (change: SetupChange = {}): Promise<Float64Array[]> =>
  statesOf(
    setupOf({
      connectome: alone(4),
      scheme: "euler-maruyama",
      parameters: { gamma: 0 },
      noise: { x: 0.02 },
      dtMs: 0.1,
      steps: 40,
      initial: { kind: "state", values: new Float64Array(change.connectome?.labels.length ?? 4) },
      ...change,
    }),
    wasm,
  );

const incrementsOf = (rows: readonly Float64Array[]): Float64Array[] =>
  rows.slice(1).map((row, k) => row.map((x, i) => x - (rows[k]?.[i] ?? NaN)));

const correlation = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  const n = a.length;
  const [ma, mb] = [a, b].map((v) => Array.from(v).reduce((s, x) => s + x, 0) / n) as [number, number];
  let [ab, aa, bb] = [0, 0, 0];
  for (let k = 0; k < n; k++) {
    const [x, y] = [(a[k] ?? NaN) - ma, (b[k] ?? NaN) - mb];
    [ab, aa, bb] = [ab + x * y, aa + x * x, bb + y * y];
  }
  return ab / Math.sqrt(aa * bb);
};

describe("the size of noise", () => {
  it.each(["euler-maruyama", "heun-stochastic"])(
    "is sqrt(2 D dt) times the draw of the step, with %s",
    async (scheme) => {
      const [D, dtMs, seed, run] = [0.02, 0.1, 2 ** 33 + 5, 7];
      const increments = incrementsOf(await walk({ scheme, noise: { x: D }, dtMs, seed, run }));
      increments.forEach((row, step) =>
        row.forEach((dx, region) => {
          const draw = gaussian(seed, streams.dynamics, run, region, 0, step);
          expect(Math.abs(dx - Math.sqrt(2 * D * dtMs) * draw)).toBeLessThan(1e-14);
        }),
      );
    },
  );

  it("has the variance 2 D dt within 4 standard errors, and no mean", async () => {
    const [D, dtMs, regions, steps] = [0.3, 0.05, 64, 4000];
    const rows = incrementsOf(await walk({ connectome: alone(regions), noise: { x: D }, dtMs, steps }));
    const n = regions * steps;
    const sum = rows.reduce((s, row) => s + row.reduce((a, b) => a + b, 0), 0);
    const squares = rows.reduce((s, row) => s + row.reduce((a, b) => a + b * b, 0), 0);
    const variance = 2 * D * dtMs;
    expect(Math.abs(sum / n)).toBeLessThan(4 * Math.sqrt(variance / n));
    expect(Math.abs(squares / n / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
  });

  it("gives an Ornstein-Uhlenbeck process its stationary variance and correlation time", async () => {
    const [D, gamma, dtMs, regions, steps] = [0.5, -0.8, 0.125, 96, 4200];
    const rows = (
      await walk({
        connectome: alone(regions),
        parameters: { gamma },
        noise: { x: D },
        dtMs,
        steps,
        scheme: "heun-stochastic",
      })
    ).slice(201);
    // Heun's step is x' = a x + b n with a = 1 + g dt + (g dt)^2 / 2 and b = sqrt(2 D dt) (1 + g dt / 2).
    const [a, b] = [1 + gamma * dtMs + (gamma * dtMs) ** 2 / 2, Math.sqrt(2 * D * dtMs) * (1 + (gamma * dtMs) / 2)];
    const exact = (b * b) / (1 - a * a);
    // The discrete process is near the continuous one: D / |gamma|, exp(gamma t).
    expect(Math.abs(exact / (D / -gamma) - 1)).toBeLessThan(5e-3);
    expect(Math.abs(a - Math.exp(gamma * dtMs))).toBeLessThan(5e-4);
    const n = regions * rows.length;
    const moment = (lag: number) => {
      let sum = 0;
      let count = 0;
      for (let k = 0; k + lag < rows.length; k++, count += regions)
        rows[k]?.forEach((x, i) => (sum += x * (rows[k + lag]?.[i] ?? NaN)));
      return sum / count;
    };
    // Neighbouring values are correlated: effective counts are smaller by (1 - a^2) / (1 + a^2).
    const error = exact * Math.sqrt((2 * (1 + a * a)) / (1 - a * a) / n);
    for (const lag of [0, 1, 4, 10, 20])
      expect(Math.abs(moment(lag) - exact * a ** lag), `lag ${lag}`).toBeLessThan(4 * error);
    expect(Math.abs(moment(10) - exact * a ** 8)).toBeGreaterThan(4 * error);
  });
});

describe("the independence of noise", () => {
  it("holds between regions, between variables and between times", async () => {
    const [regions, steps] = [4, 5000];
    const setup: SetupChange = {
      model: "sup-hopf",
      connectome: alone(regions),
      parameters: { a: 0, omega: 0 },
      noise: { x: 1e-12, y: 1e-12 },
      initial: { kind: "state", values: new Float64Array(2 * regions) },
      steps,
    };
    const rows = incrementsOf(await walk(setup));
    const series = Array.from({ length: 2 * regions }, (_, k) => Float64Array.from(rows, (row) => row[k] ?? NaN));
    // 28 pairs and 800 lags: 5.3 standard errors keep a false alarm below 1e-3.
    const limit = 5.3 / Math.sqrt(steps);
    series.forEach((a, i) => {
      for (const b of series.slice(i + 1)) expect(Math.abs(correlation(a, b))).toBeLessThan(limit);
      for (let lag = 1; lag <= 100; lag++)
        expect(Math.abs(correlation(a.subarray(lag), a.subarray(0, -lag)))).toBeLessThan(limit * 1.02);
    });
  });
});

describe("what noise depends on", () => {
  it("D per variable and region; zero means none at all", async () => {
    const D = Float64Array.of(0, 1e-4, 4e-4, 0);
    const rows = await walk({
      model: "sup-hopf",
      parameters: { a: 0, omega: 0 },
      noise: { x: D, y: 0 },
      initial: { kind: "state", values: new Float64Array(8) },
    });
    const first = rows[1] ?? new Float64Array(0);
    const draw = (region: number) => gaussian(1, streams.dynamics, 0, region, 0, 0);
    [...D].forEach((d, region) => expect(first[region]).toBeCloseTo(Math.sqrt(2 * d * 0.1) * draw(region), 14));
    for (const row of rows) expect([row[0], row[3], ...row.subarray(4)]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it.each([
    ["euler-maruyama", "euler"],
    ["heun-stochastic", "heun"],
  ])("%s without noise is %s, to the bit", async (stochastic, deterministic) => {
    const change = { model: "jansen-rit", connectome: alone(3), initial: { kind: "seeded" } } as const;
    const wanted = await walk({ ...change, scheme: deterministic, noise: undefined });
    for (const noise of [undefined, {}, { y4: 0 }, { y0: new Float64Array(3) }])
      expect(await walk({ ...change, scheme: stochastic, noise })).toEqual(wanted);
    const { program } = assemble(setupOf({ scheme: "heun-stochastic", noise: { x: 0 } }));
    expect(program.noise).toEqual([]);
  });

  it("a variable's noise does not depend on which others have some", async () => {
    const change = {
      model: "sup-hopf",
      parameters: { a: 0, omega: 0 },
      initial: { kind: "state", values: new Float64Array(8) },
    } as const;
    const both = await walk({ ...change, noise: { x: 1e-14, y: 1e-14 } });
    const second = await walk({ ...change, noise: { y: 1e-14 } });
    // The equations join the variables by terms of the third power of 1e-7.
    second.forEach((row, k) =>
      row.subarray(4).forEach((y, i) => expect(Math.abs(y - (both[k]?.[4 + i] ?? NaN))).toBeLessThan(1e-18)),
    );
    expect(Math.min(...(second.at(-1)?.subarray(4).map(Math.abs) ?? []))).toBeGreaterThan(1e-9);
  });

  it("a region's noise does not depend on how many regions there are", async () => {
    const few = await walk({ connectome: alone(3) });
    const many = await walk({ connectome: alone(9) });
    expect(many.map((row) => [...row.subarray(0, 3)])).toEqual(few.map((row) => [...row]));
  });

  it("the seed, all 53 bits of it, and the run", async () => {
    const changes: SetupChange[] = [{}, { seed: 2 }, { seed: 1 + 2 ** 32 }, { seed: 1 + 2 ** 52 }, { run: 1 }];
    const increments = await Promise.all(
      changes.map(async (change) =>
        Float64Array.from(incrementsOf(await walk({ ...change, steps: 500 })).map((r) => r[0] ?? NaN)),
      ),
    );
    increments.forEach((a, i) => {
      for (const b of increments.slice(i + 1)) expect(Math.abs(correlation(a, b))).toBeLessThan(5 / Math.sqrt(500));
    });
    expect(await walk({ seed: 2 })).toEqual(await walk({ seed: 2 }));
  });

  it("not the initial conditions: a given state leaves the noise as it was", async () => {
    const seeded: SetupChange = { initial: { kind: "seeded" }, steps: 200 };
    const [first = new Float64Array(0), ...rest] = await walk(seeded);
    const given = await walk({ ...seeded, initial: { kind: "state", values: first } });
    expect(given.slice(1)).toEqual(rest);
    const history: Setup["initial"] = { kind: "history", values: Float64Array.from([9, 9, 9, 9, ...first]), steps: 2 };
    expect((await walk({ ...seeded, initial: history })).slice(1)).toEqual(rest);
    const elsewhere = incrementsOf(await walk({ ...seeded, initial: { kind: "state", values: new Float64Array(4) } }));
    incrementsOf([first, ...rest]).forEach((row, k) =>
      row.forEach((dx, i) => expect(Math.abs(dx - (elsewhere[k]?.[i] ?? NaN))).toBeLessThan(1e-14)),
    );
    // Seeded states have a stream of their own, keyed as noise is, and cover the model's start range.
    [...first].forEach((x, i) => expect(x).toBeCloseTo(-1 + 2 * uniform(1, streams.initial, 0, i, 0, 0), 15));
    expect((await walk({ ...seeded, seed: 2 }))[0]).not.toEqual(first);
    expect((await walk({ ...seeded, run: 1 }))[0]).not.toEqual(first);
    for (const x of first) expect(x >= -1 && x <= 1).toBe(true);
  });

  it("not the precision: f32 and f64 follow one path", async () => {
    const change: SetupChange = {
      model: "sup-hopf",
      parameters: { a: -0.5, omega: 1 },
      noise: { x: 0.1, y: 0.1 },
      initial: { kind: "state", values: new Float64Array(8).fill(0.5) },
    };
    const full = { ...change, scheme: "heun-stochastic", steps: 3000 } as const;
    const [single, double] = [await walk({ ...full, precision: "f32" }), await walk({ ...full, precision: "f64" })];
    let worst = 0;
    double.forEach((row, k) => row.forEach((x, i) => (worst = Math.max(worst, Math.abs(x - (single[k]?.[i] ?? NaN))))));
    expect(worst).toBeGreaterThan(0);
    expect(worst).toBeLessThan(2e-5);
  });

  it("not the block in which steps are taken", async () => {
    const setup = setupOf({
      connectome: alone(5),
      scheme: "heun-stochastic",
      parameters: { gamma: -1 },
      noise: { x: 0.1 },
      steps: 333,
    });
    expect(await endOf(setup, wasm)).toEqual((await statesOf(setup, wasm)).at(-1));
  });
});

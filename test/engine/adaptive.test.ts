import { describe, expect, it } from "vitest";
import { runSimulation } from "../../src/engine/run.js";
import type { Setup } from "../../src/engine/setup.js";
import { model } from "../../src/ir/form.js";
import { matrix, networkOf, rawMonitor, setupOf, type SetupChange } from "../engine/support.js";

/** Steps in parts: the error stays within what is asked for, wherever the parts fall. */

async function run(setup: Setup, backend = "wasm") {
  const rows: number[][] = [];
  const running = runSimulation(setup, { backend });
  for (;;) {
    const { value, done } = await running.next();
    if (done) return { rows, summary: value };
    const width = value.data.data.length / value.time.length;
    value.time.forEach((_, k) => rows.push([...value.data.data.subarray(k * width, (k + 1) * width)]));
  }
}

/** Two bodies of the restricted problem of three, a classic for control of steps: Arenstorf's orbit closes. */
const arenstorf = model({
  id: "arenstorf",
  about: "A satellite between the earth and the moon.",
  papers: [],
  time: "dimensionless",
  state: Object.fromEntries(
    ["x", "y", "u", "v"].map((name) => [name, { unit: "1", start: [-3, 3] as const, about: "place or speed" }]),
  ),
  parameters: { mu: { unit: "1", default: 0.012277471, range: [0, 1], about: "mass of the moon" } },
  sends: [],
  inputs: {},
  definitions: {
    near: "((x + mu)^2 + y^2) * sqrt((x + mu)^2 + y^2)",
    far: "((x - 1 + mu)^2 + y^2) * sqrt((x - 1 + mu)^2 + y^2)",
  },
  equations: {
    x: "u",
    y: "v",
    u: "x + 2 * v - (1 - mu) * (x + mu) / near - mu * (x - 1 + mu) / far",
    v: "y - 2 * u - (1 - mu) * y / near - mu * y / far",
  },
  observe: ["x"],
});
const period = 17.0652165601579625588917206249;
const orbit = (change: SetupChange): Setup =>
  setupOf({
    model: arenstorf,
    dtMs: period / 64,
    steps: 64,
    initial: { kind: "state", values: Float64Array.of(0.994, 0, 0, -2.00158510637908252240537862224) },
    ...change,
  });

describe("Arenstorf's orbit", () => {
  it.each([
    ["dopri5", 1e-9, 2e-3],
    ["dopri5", 1e-12, 5e-6],
    ["dop853", 1e-9, 2e-3],
    ["dop853", 1e-12, 5e-6],
  ])("%s closes it with tolerance %d", async (scheme, relative, within) => {
    const { rows, summary } = await run(orbit({ scheme, tolerance: { relative, absolute: relative } }));
    const [x = NaN, y = NaN] = rows.at(-1) ?? [];
    expect(Math.hypot(x - 0.994, y)).toBeLessThan(within);
    expect(summary.statistics.parts?.most).toBeGreaterThan(16);
    // Whole steps miss it altogether.
    const whole = (await run(orbit({ scheme }))).rows.at(-1) ?? [];
    expect(Math.hypot((whole[0] ?? NaN) - 0.994, whole[1] ?? NaN) > 0.1 || Number.isNaN(whole[0])).toBe(true);
  });

  it("is the same to the bit in both back ends", async () => {
    const setup = orbit({ scheme: "dopri5", tolerance: { relative: 1e-6, absolute: 1e-6 } });
    expect((await run(setup, "reference")).rows).toEqual((await run(setup, "wasm")).rows);
  });
});

describe("parts", () => {
  it("are one where the error is small, and the run is that of whole steps", async () => {
    const change: SetupChange = { scheme: "dopri5", model: "linear", dtMs: 0.1, steps: 50 };
    const adaptive = await run(setupOf({ ...change, tolerance: { relative: 1e-3, absolute: 1e-3 } }));
    expect(adaptive.summary.statistics.parts).toEqual({ taken: 50, rejected: 0, most: 1 });
    const whole = (await run(setupOf(change))).rows;
    adaptive.rows.forEach(([x = NaN], k) => expect(Math.abs(x - (whole[k]?.[0] ?? NaN))).toBeLessThan(1e-15));
  });

  it("see delayed inputs on the line between the grid's sums", async () => {
    // x' = -x(t - 1) with x = 1 before: exact polynomials; the interpolated sums are exact while x is a line.
    const setup = setupOf({
      connectome: networkOf([[-1]], [[1]]),
      scheme: "dopri5",
      parameters: { gamma: 0 },
      couplingParameters: { a: 1 },
      conductionSpeed: 1,
      dtMs: 0.25,
      steps: 8,
      initial: { kind: "state", values: Float64Array.of(1) },
      tolerance: { relative: 1e-10, absolute: 1e-10 },
    });
    const { rows } = await run(setup);
    rows.slice(0, 4).forEach(([x], k) => expect(x).toBeCloseTo(1 - (k + 1) * 0.25, 12));
    rows.slice(4).forEach(([x], k) => {
      const t = 1 + (k + 1) * 0.25;
      expect(x).toBeCloseTo(1 - t + (t - 1) ** 2 / 2, 12);
    });
  });

  it("exchange undelayed inputs at every stage of every part", async () => {
    const [k, first, second, t] = [3, 2, 0.3, 2];
    const half = Math.atan(Math.tan((first - second) / 2) * Math.exp(-2 * k * t));
    const mean = (first + second) / 2 + t;
    const { rows, summary } = await run(
      setupOf({
        model: "kuramoto",
        coupling: "kuramoto",
        couplingParameters: { a: 2 * k },
        connectome: networkOf(matrix(2, (i, j) => (i === j ? 0 : 1))),
        scheme: "dopri5",
        dtMs: 0.5,
        steps: 4,
        initial: { kind: "state", values: Float64Array.of(first, second) },
        tolerance: { relative: 1e-9, absolute: 1e-9 },
      }),
    );
    expect(summary.statistics.parts?.most).toBeGreaterThan(1);
    expect(rows.at(-1)?.[0]).toBeCloseTo(mean + half, 7);
    expect(rows.at(-1)?.[1]).toBeCloseTo(mean - half, 7);
  });

  it("leave observed inputs what they were at the start of the step", async () => {
    const setup = setupOf({
      model: "linear",
      connectome: networkOf(matrix(2, (i, j) => (i === j ? 0 : 0.5 + i))),
      couplingParameters: { a: 0.3 },
      parameters: { gamma: -3 },
      scheme: "dopri5",
      dtMs: 1,
      steps: 6,
      tolerance: { relative: 1e-10, absolute: 1e-10 },
      monitors: [rawMonitor(["x", "c_x"])],
    });
    const { rows, summary } = await run(setup);
    expect(summary.statistics.parts?.most).toBeGreaterThan(3);
    rows.slice(1).forEach(([, , c0, c1], k) => {
      const [first = NaN, second = NaN] = rows[k] ?? [];
      expect(c0).toBeCloseTo(0.3 * 0.5 * second, 14);
      expect(c1).toBeCloseTo(0.3 * 1.5 * first, 14);
    });
  });

  it("give up by name where a solution has an end", async () => {
    const explosive = model({
      id: "explosive",
      about: "x' = x^2 has no solution beyond t = 1 / x(0).",
      papers: [],
      time: "dimensionless",
      state: { x: { unit: "1", start: [0, 1], about: "size" } },
      parameters: {},
      sends: [],
      inputs: {},
      equations: { x: "x^2" },
      observe: ["x"],
    });
    const setup = setupOf({
      model: explosive,
      scheme: "dopri5",
      dtMs: 0.3,
      steps: 10,
      initial: { kind: "state", values: Float64Array.of(1) },
      tolerance: { relative: 1e-6, absolute: 1e-9 },
    });
    await expect(run(setup)).rejects.toMatchObject({ code: "LIMIT" });
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { delaySteps } from "../../src/core/round.js";
import { assemble } from "../../src/engine/assemble.js";
import { schemes } from "../../src/integrators/index.js";
import { model } from "../../src/ir/form.js";
import { backends } from "../../src/kernels/index.js";
import { wasm } from "../../src/kernels/wasm/kernel.js";
import { couplingOf, defaultsOf, matrix, modelOf, networkOf, setupOf, statesOf, type SetupChange } from "./support.js";

/** What arrives from where, when, and how much: the network's side of the engine. */

/** Adds up what arrives: x grows by the input at every step of 1. */
const relay = model({
  id: "relay",
  about: "A variable driven by the network alone.",
  papers: [],
  time: "dimensionless",
  state: { x: { unit: "1", start: [0, 1], about: "sum" } },
  parameters: {},
  sends: ["x"],
  inputs: { c: { unit: "1", about: "what arrives" } },
  equations: { x: "c" },
  observe: ["x"],
});
const relaySetup = (
  weights: number[][],
  lengths: number[][] | undefined,
  start: readonly number[],
  change: SetupChange = {},
) =>
  setupOf({
    model: relay,
    connectome: networkOf(weights, lengths),
    couplingParameters: { a: 1 },
    dtMs: 1,
    conductionSpeed: 1,
    steps: 8,
    initial: { kind: "state", values: Float64Array.from(start) },
    ...change,
  });
/** First step after which a region's state is not what it was at the start. */
const arrival = (rows: readonly Float64Array[], region: number): number =>
  rows.findIndex((row) => row[region] !== rows[0]?.[region]);
const deterministic = Object.values(schemes).filter((s) => !s.noise && !s.map);

describe.each(Object.values(backends))("$id: links", (backend) => {
  it("go from column to row: W[0, 1] = 1 drives region 0 by region 1", async () => {
    const rows = await statesOf(relaySetup([[0, 1], [0, 0]], undefined, [0, 5], { steps: 3 }), backend); // prettier-ignore
    expect(rows.map((row) => [...row])).toEqual([
      [0, 5],
      [5, 5],
      [10, 5],
      [15, 5],
    ]);
  });

  it.each([false, true])(
    "with a delay of d steps are first seen after step d + 1 with one stage (compat %s)",
    async (compatTvb) => {
      for (const d of [0, 1, 2, 3, 7, 19, 64, 130]) {
        // Region 1 begins to move at step 1; a constant past of 0 sends nothing before.
        const weights = [
          [0, 1, 0],
          [0, 0, 1],
          [0, 0, 0],
        ];
        const lengths = [
          [0, d, 0],
          [0, 0, 0],
          [0, 0, 0],
        ];
        const setup = relaySetup(weights, lengths, [0, 0, 1], { compatTvb, steps: d + 4 });
        const rows = await statesOf(setup, backend);
        expect(arrival(rows, 1)).toBe(1);
        // What region 1 is after step 1 arrives d steps later, in the step that ends with d + 2.
        expect(arrival(rows, 0)).toBe(d + 2);
        expect(rows[d + 2]?.[0]).toBe(1);
      }
    },
  );

  it("see a history row by row: the past arrives before the present", async () => {
    const past = [10, 20, 30, 40];
    const history = { kind: "history", values: Float64Array.from(past.flatMap((x) => [0, x])), steps: 4 } as const;
    for (const delay of [0, 1, 2, 3]) {
      const setup = relaySetup([[0, 1], [0, 0]], [[0, delay], [0, 0]], [], { initial: history, steps: 6 }); // prettier-ignore
      const rows = await statesOf(setup, backend);
      const gained = rows.slice(1).map((row, k) => (row[0] ?? NaN) - (rows[k]?.[0] ?? NaN));
      expect(gained).toEqual(Array.from({ length: 6 }, (_, k) => past[Math.min(3, 3 - delay + k)]));
    }
  });

  it("of weight 0 do nothing, whatever their length, not even with a value that is not finite", async () => {
    const weights = [[0, 1, 0], [0, 0, 0], [0, 0, 0]]; // prettier-ignore
    const long = relaySetup(weights, matrix(3, () => 1e9), [0, 1, 2], { steps: 5 }); // prettier-ignore
    const near = { ...long, connectome: networkOf(weights, [[0, 2, 1e9], [1e9, 0, 1e9], [1e9, 1e9, 0]]) }; // prettier-ignore
    const { program } = assemble(near);
    expect([program.edges.source.length + program.instant.source.length, program.maxDelay]).toEqual([1, 2]);
    const kernel = await backend.compile(program, { step: 0, state: Float64Array.of(0, 1, NaN), past: Float64Array.of(0, 1, NaN), pastRows: 1 }, { slots: 0, guard: false }); // prettier-ignore
    kernel.advance(4);
    expect([...kernel.state()]).toEqual([4, 1, NaN]);
  });

  it("to itself count like any other, delayed or not", async () => {
    const rows = await statesOf(relaySetup([[1]], [[0]], [1], { steps: 5 }), backend);
    expect(rows.map((row) => row[0])).toEqual([1, 2, 4, 8, 16, 32]);
    const delayed = await statesOf(relaySetup([[1]], [[1]], [1], { steps: 7 }), backend);
    expect(delayed.map((row) => row[0])).toEqual([1, 2, 3, 5, 8, 13, 21, 34]);
    const beside = await statesOf(relaySetup([[1, 1], [0, 0]], undefined, [1, 1], { steps: 4 }), backend); // prettier-ignore
    expect(beside.map((row) => row[0])).toEqual([1, 3, 7, 15, 31]);
  });

  it.each(deterministic)("without delay act in every scheme: two regions as one matrix, $id", async (scheme) => {
    // x' = W x by the same Runge-Kutta scheme is a polynomial in dt W, known from its order: the exponential series.
    const [w, dt] = [0.7, 0.1];
    const setup = relaySetup([[0, w], [w, 0]], undefined, [1, 0], { scheme, dtMs: dt, steps: 1 }); // prettier-ignore
    const [, after] = await statesOf(setup, backend);
    let term = 1;
    const parts = [0, 0];
    for (let k = 0; k <= scheme.order; k++) {
      if (k > 0) term *= (w * dt) / k;
      parts[k % 2] = (parts[k % 2] ?? NaN) + term;
    }
    const [even = NaN, odd = NaN] = parts;
    // Above order 4 a scheme has more stages than its order, and further terms.
    const slack = scheme.order > 4 ? (w * dt) ** (scheme.order + 1) : 5e-15;
    expect(Math.abs((after?.[0] ?? NaN) - even)).toBeLessThan(slack);
    expect(Math.abs((after?.[1] ?? NaN) - odd)).toBeLessThan(slack);
  });
});

describe("delays", () => {
  it("round to the nearest step, halves to even", () => {
    expect([0.5, 1.5, 2.5, 3.5, 2.4999, 2.5001].map((x) => delaySteps(x, 1, 1))).toEqual([0, 2, 2, 4, 2, 3]);
    expect(delaySteps(100, Infinity, 0.1)).toBe(0);
  });

  it("follow from length, speed and dt alone; the program's longest is that of the longest link with a weight", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 4, maxLength: 4 }),
        fc.constantFrom(0.5, 1, 2, 4, 8),
        fc.constantFrom(0.25, 0.5, 1),
        (lengths, conductionSpeed, dtMs) => {
          const connectome = networkOf([[0, 1], [1, 0]], [lengths.slice(0, 2), lengths.slice(2)]); // prettier-ignore
          const { program } = assemble(setupOf({ connectome, conductionSpeed, dtMs }));
          // All are exact in binary: halves show.
          const whole = (length: number): number => {
            const steps = length / conductionSpeed / dtMs;
            const floor = Math.floor(steps);
            return steps - floor === 0.5 ? floor + (floor % 2) : Math.floor(steps + 0.5);
          };
          const wanted = [whole(lengths[1] ?? 0), whole(lengths[2] ?? 0)];
          expect(program.maxDelay).toBe(Math.max(...wanted));
          const delays = [...program.edges.delay, ...program.instant.source.map(() => 0)].toSorted((a, b) => a - b);
          expect(delays).toEqual(wanted.toSorted((a, b) => a - b));
        },
      ),
    );
  });

  it("halve when the speed doubles", async () => {
    const rowsAt = (conductionSpeed: number) =>
      statesOf(relaySetup([[0, 1], [0, 1]], [[0, 12], [0, 0]], [0, 1], { conductionSpeed, steps: 16 })); // prettier-ignore
    const first = async (speed: number) => {
      const rows = await rowsAt(speed);
      // A constant past of 1 gives 1 per step; more means that the present has arrived.
      return rows.findIndex((row, k) => (row[0] ?? NaN) - (rows[k - 1]?.[0] ?? 0) > 1);
    };
    expect([await first(1), await first(2), await first(4)]).toEqual([14, 8, 5]);
  });
});

describe("a given state and a given history", () => {
  it.each([false, true])("are the same when the history is constant (compat %s)", async (compatTvb) => {
    const values = Float64Array.of(0.3, -0.2, 0.9);
    const rows = 12;
    const history = Float64Array.from({ length: rows * 3 }, (_, k) => values[k % 3] ?? NaN);
    const connectome = networkOf(
      matrix(3, (i, j) => (i === j ? 0 : 0.4)),
      matrix(3, (i, j) => 3 * i + j),
    );
    const setup = setupOf({
      connectome,
      conductionSpeed: 1,
      dtMs: 1,
      parameters: { gamma: -0.3 },
      scheme: "heun",
      compatTvb,
      steps: 30,
    });
    const given = await statesOf({ ...setup, initial: { kind: "state", values } }, wasm);
    expect(await statesOf({ ...setup, initial: { kind: "history", values: history, steps: rows } }, wasm)).toEqual(
      given,
    );
  });

  it("give the continuation of a run: its last states as history continue it to the bit", async () => {
    const connectome = networkOf(
      matrix(4, (i, j) => (i === j ? 0.1 : 0.2 + 0.01 * i)),
      matrix(4, (i, j) => (i === j ? 0 : 2 + i + 3 * j)),
    );
    const setup = setupOf({
      model: "sup-hopf",
      connectome,
      conductionSpeed: 50,
      dtMs: 0.02,
      parameters: { a: 0.2 },
      scheme: "heun",
      steps: 90,
    });
    const whole = await statesOf(setup, wasm);
    const { maxDelay } = assemble(setup).program;
    const past = whole.slice(50 - maxDelay, 51);
    const initial = {
      kind: "history",
      values: Float64Array.from(past.flatMap((row) => [...row])),
      steps: past.length,
    } as const;
    const rest = await statesOf({ ...setup, initial, steps: 40 }, wasm);
    expect(rest).toEqual(whole.slice(50));
  });

  it("must reach as far back as the longest delay", () => {
    const setup = relaySetup([[0, 1], [0, 0]], [[0, 5], [0, 0]], [], { initial: { kind: "history", values: new Float64Array(10), steps: 5 } }); // prettier-ignore
    return expect(statesOf(setup)).rejects.toMatchObject({ code: "DATA", where: "initial.history" });
  });
});

/** dx/dt of every region at a state, from one Euler step. */
async function slopes(change: SetupChange, state: readonly number[]): Promise<number[]> {
  const dtMs = 2 ** -20;
  const setup = setupOf({ ...change, dtMs, steps: 1, initial: { kind: "state", values: Float64Array.from(state) } });
  const [before, after] = await statesOf(setup);
  return state.map((_, k) => ((after?.[k] ?? NaN) - (before?.[k] ?? NaN)) / dtMs);
}

describe("couplings", () => {
  const weights = [
    [0.5, 1, -0.3],
    [0, 0, 2],
    [0, 0, 0],
  ];
  const x = [0.4, -1.1, 2.3];
  const connectome = networkOf(weights);
  const sum = (i: number, value: (j: number) => number) =>
    (weights[i] ?? []).reduce((total, w, j) => total + w * value(j), 0);
  const at = (k: number) => x[k] ?? NaN;
  const near = (got: readonly number[], wanted: (i: number) => number) =>
    got.forEach((value, i) => expect(Math.abs(value - wanted(i)), `region ${i}`).toBeLessThan(1e-8));

  it("kuramoto divides by the number of regions, and does not under compat: tvb", async () => {
    const change = { model: "kuramoto", coupling: "kuramoto", couplingParameters: { a: 1.7 }, connectome };
    const drive = (i: number) => sum(i, (j) => Math.sin(at(j) - at(i)));
    near(await slopes(change, x), (i) => 1 + (1.7 / 3) * drive(i));
    near(await slopes({ ...change, compatTvb: true, singleHistory: false }, x), (i) => 1 + 1.7 * drive(i));
  });

  it("difference subtracts the region's own present from the delayed sources", async () => {
    const change = { model: relay, coupling: "difference", couplingParameters: { a: 0.9 }, connectome };
    near(await slopes(change, x), (i) => 0.9 * sum(i, (j) => at(j) - at(i)));
    const lengths = matrix(3, () => 3);
    const setup = relaySetup(weights, lengths, x, {
      coupling: "difference",
      couplingParameters: { a: 0.125 },
      steps: 9,
    });
    const rows = await statesOf(setup, wasm);
    for (let step = 0; step < 9; step++)
      [0, 1, 2].forEach((i) => {
        const own = rows[step]?.[i] ?? NaN;
        const drive = sum(i, (j) => (rows[Math.max(0, step - 3)]?.[j] ?? NaN) - own);
        expect(rows[step + 1]?.[i]).toBeCloseTo(own + 0.125 * drive, 12);
      });
  });

  it("linear adds its shift once per region, also where nothing arrives", async () => {
    const change = { model: relay, coupling: "linear", couplingParameters: { a: 0.5, b: 7 }, connectome };
    near(await slopes(change, x), (i) => 0.5 * sum(i, at) + 7);
  });

  it("sigmoidal, hyperbolic-tangent and scaling are their formulas", async () => {
    const change = { model: relay, connectome };
    const logistic = (z: number) => 1 / (1 + Math.exp(-z));
    near(
      await slopes(
        { ...change, coupling: "sigmoidal", couplingParameters: { cmin: -1, cmax: 3, midpoint: 0.5, a: 2, sigma: 4 } },
        x,
      ),
      (i) => -1 + 4 * logistic((2 * (sum(i, at) - 0.5)) / 4),
    );
    near(
      await slopes(
        { ...change, coupling: "hyperbolic-tangent", couplingParameters: { a: 2, b: 0.7, midpoint: 0.1, sigma: 0.6 } },
        x,
      ),
      (i) => 2 * sum(i, (j) => 1 + Math.tanh((0.7 * at(j) - 0.1) / 0.6)),
    );
    near(await slopes({ ...change, coupling: "scaling", couplingParameters: { a: 0.3 } }, x), (i) => 0.3 * sum(i, at));
  });

  it("sigmoidal-jansen-rit takes the difference of the two potentials of the source", async () => {
    const jr = modelOf("jansen-rit");
    const names = Object.keys(jr.state);
    const state = names.flatMap((_, v) => [0.02 * v, 0.1 + 0.03 * v, 5 + v]);
    const change = { model: jr, coupling: "sigmoidal-jansen-rit", connectome };
    const [on, off] = [
      await slopes(change, state),
      await slopes({ ...change, connectome: networkOf(matrix(3, () => 0)) }, state),
    ];
    const p = defaultsOf(couplingOf("sigmoidal-jansen-rit"));
    const potential = (j: number) =>
      (state[names.indexOf("y1") * 3 + j] ?? NaN) - (state[names.indexOf("y2") * 3 + j] ?? NaN);
    const rate = (j: number) =>
      (p["cmax"] ?? NaN) / (1 + Math.exp((p["r"] ?? NaN) * ((p["midpoint"] ?? NaN) - potential(j))));
    const { A = NaN, a = NaN } = defaultsOf(jr);
    // The input enters the excitatory potential's second derivative as A a times the rate.
    const v = names.indexOf("y4");
    [0, 1, 2].forEach((i) =>
      expect((on[v * 3 + i] ?? NaN) - (off[v * 3 + i] ?? NaN)).toBeCloseTo(A * a * sum(i, rate), 7),
    );
  });

  it("regional strengths belong to the receiver for what is received", async () => {
    const a = Float64Array.of(1, 0, 3);
    const full = networkOf(matrix(3, () => 1));
    near(
      await slopes({ model: relay, coupling: "linear", couplingParameters: { a }, connectome: full }, x),
      (i) => (a[i] ?? NaN) * 1.6,
    );
  });
});

describe("a delayed network against the method of steps", () => {
  // x0' = -x1(t - 1), x1' = x0(t - 2), x = (1, 1) before 0: integrated by hand as polynomials between the kinks.
  it("follows the exact solution to second order's accuracy over three kinks", async () => {
    const steps = 4000;
    const dtMs = 4 / steps;
    const setup = setupOf({
      model: relay,
      connectome: networkOf([[0, -1], [1, 0]], [[0, 1], [2, 0]]), // prettier-ignore
      couplingParameters: { a: 1 },
      conductionSpeed: 1,
      scheme: "heun",
      dtMs,
      steps,
      initial: { kind: "state", values: Float64Array.of(1, 1) },
    });
    const rows = await statesOf(setup, wasm);
    /** x0 on [0, 1] is 1 - t, x1 on [0, 2] is 1 + t; then each is the integral of the other's past. */
    const x0 = (t: number): number => (t <= 1 ? 1 - t : t <= 3 ? -(t - 1) - (t - 1) ** 2 / 2 : NaN);
    const x1 = (t: number): number =>
      t <= 2 ? 1 + t : t <= 3 ? 3 + (t - 2) - (t - 2) ** 2 / 2 : 3.5 - (t - 3) ** 2 / 2 - (t - 3) ** 3 / 6;
    for (const t of [0.5, 1, 1.5, 2, 2.25, 3]) {
      expect(rows[Math.round(t / dtMs)]?.[0]).toBeCloseTo(x0(t), 6);
      expect(rows[Math.round(t / dtMs)]?.[1]).toBeCloseTo(x1(t), 6);
    }
    for (const t of [3.5, 4]) expect(rows[Math.round(t / dtMs)]?.[1]).toBeCloseTo(x1(t), 6);
  });
});

import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import type { Setup } from "../../src/engine/setup.js";
import { runSimulation } from "../../src/engine/run.js";
import { model } from "../../src/ir/form.js";
import { backends } from "../../src/kernels/index.js";
import type { BlowUp } from "../../src/kernels/kernel.js";
import { wasm } from "../../src/kernels/wasm/kernel.js";
import { fnv1a, mulberry32 } from "../golden/generator.js";
import { compile, endOf, matrix, networkOf, prepare, setupOf, statesOf } from "./support.js";

/**
 * Blow-ups planted at known places. Every variable keeps its value or doubles at each step, in exact powers of two, so
 * the step at which it leaves the numbers is known on paper.
 */

const names = ["a", "b", "c"] as const;
const grower = model({
  id: "grower",
  about: "Three variables that grow each at its own rate.",
  papers: [],
  time: "dimensionless",
  state: Object.fromEntries(names.map((name) => [name, { unit: "1", start: [0, 1] as const, about: "size" }])),
  parameters: Object.fromEntries(
    names.map((name) => [`g${name}`, { unit: "1", default: 0, range: [-10, 10] as const, about: "rate" }]),
  ),
  sends: ["a"],
  inputs: { input: { unit: "1", about: "from the network" } },
  equations: { a: "ga * a + input", b: "gb * b", c: "gc * c" },
  observe: ["a"],
});

interface Plant {
  readonly region: number;
  readonly variable: number;
  /** Step after which the value is no longer finite. */
  readonly step: number;
}

/** Doubling needs a rate of 1 per step. */
function planted(regions: number, plants: readonly Plant[], change: Partial<Setup>): Setup {
  const top = change.precision === "f32" ? 128 : 1024;
  const values = new Float64Array(names.length * regions).fill(1);
  const rates = names.map(() => new Float64Array(regions));
  for (const { region, variable, step } of plants) {
    values[variable * regions + region] = 2 ** (top - step);
    (rates[variable] as Float64Array)[region] = 1;
  }
  return setupOf({
    model: grower,
    connectome: networkOf(matrix(regions, () => 0)),
    parameters: Object.fromEntries(names.map((name, v) => [`g${name}`, rates[v] as Float64Array])),
    initial: { kind: "state", values },
    dtMs: 1,
    ...change,
  });
}

async function find(setup: Setup, backend: keyof typeof backends, block: number, calls: () => number) {
  const kernel = await compile(backends[backend] ?? wasm, prepare(setup), { variant: { block, groups: 1 } });
  let found: BlowUp | undefined;
  while (!found && kernel.step() < setup.steps)
    found = kernel.advance(Math.max(1, Math.min(kernel.blockSteps, setup.steps - kernel.step(), calls())));
  return found;
}

describe("planted blow-ups", () => {
  const cases = 240;
  it(`are named exactly: step, region, variable and the state before, ${cases} of ${cases}`, async () => {
    const draw = mulberry32(fnv1a("guard"));
    const whole = (low: number, high: number) => low + Math.floor(draw() * (high - low + 1));
    for (let k = 0; k < cases; k++) {
      const precision = k % 2 === 0 ? "f32" : "f64";
      const regions = whole(1, 11);
      const plants = Array.from({ length: whole(1, 4) }, () => ({
        region: whole(0, regions - 1),
        variable: whole(0, 2),
        step: whole(1, 110),
      })).filter((p, i, list) => list.findIndex((q) => q.region === p.region && q.variable === p.variable) === i);
      // The first in time; at one step the lowest region, then the first variable.
      const [first] = plants.toSorted((p, q) => p.step - q.step || p.region - q.region || p.variable - q.variable);
      if (!first) throw new Error("nothing was planted");
      const setup = planted(regions, plants, { precision, steps: 120 });
      const found = await find(
        setup,
        k % 6 < 5 ? "wasm" : "reference",
        [4, 8, 16, 32, 64][whole(0, 4)] ?? 16,
        draw() < 0.5 ? () => Infinity : () => whole(1, 9),
      );
      const top = precision === "f32" ? 128 : 1024;
      const before = (variable: number) => {
        const plant = plants.find((p) => p.region === first.region && p.variable === variable);
        return plant ? 2 ** (top - plant.step + first.step - 1) : 1;
      };
      expect(found, `case ${k}`).toEqual({ ...first, lastGood: [before(0), before(1), before(2)] });
    }
  });

  it.each(["f32", "f64"] as const)(
    "are named where they begin, not where the network carries them (%s)",
    async (precision) => {
      for (const delay of [0, 1, 5, 40]) {
        const connectome = networkOf(
          matrix(6, () => 1e-3),
          matrix(6, (i, j) => (i === j ? 0 : delay)),
        );
        for (let region = 0; region < 6; region++) {
          const change = {
            connectome,
            conductionSpeed: 1,
            precision,
            scheme: setupOf({ scheme: "heun" }).scheme,
          } as const;
          const setup = planted(6, [{ region, variable: 0, step: 100 }], { ...change, steps: 300 });
          const found = await find(setup, "wasm", 16, () => Infinity);
          expect(found).toEqual(await find(setup, "reference", 16, () => Infinity));
          // Undelayed links may carry the overflow to all neighbours within its step; then the first region is named.
          expect(delay === 0 ? [0, region] : [region]).toContain(found?.region);
          expect(found?.variable).toBe(0);
        }
      }
    },
  );

  it("are not seen where there are none, and NaN is one", async () => {
    const calm = planted(3, [], { steps: 200 });
    expect(await find(calm, "wasm", 16, () => Infinity)).toBeUndefined();
    const values = new Float64Array(9).fill(1);
    values[4] = NaN;
    const found = await find({ ...calm, initial: { kind: "state", values } }, "wasm", 16, () => Infinity);
    expect(found).toMatchObject({ step: 1, region: 1, variable: 1 });
  });
});

async function faultOf(setup: Setup, backend: string): Promise<Fault> {
  try {
    const blocks = runSimulation(setup, { backend });
    for (let next = await blocks.next(); !next.done;) next = await blocks.next();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error("there was no fault");
}

describe("the fault of a blow-up", () => {
  it.each(Object.keys(backends))("says where, when, from which state, and what to do (%s)", async (backend) => {
    const setup = planted(4, [{ region: 2, variable: 1, step: 77 }], { steps: 100, transientSteps: 50, dtMs: 1 });
    const { code, exitStatus, what, where, why, next, data } = await faultOf(setup, backend);
    expect([code, exitStatus]).toEqual(["BLOWUP", 1]);
    expect(what).toBe("region 2 (R2): b is not finite at step 77 (t = 77 ms)");
    expect(where).toContain(`b = ${(2 ** 1023).toPrecision(4)}`);
    expect(where).toContain("dt = 1 ms, scheme euler");
    expect(why).toMatch(/grows without bound/);
    expect(next).not.toBe("");
    expect(data).toMatchObject({ step: 77, region: 2, label: "R2", variable: "b", dtMs: 1 });
  });

  it("blames dt by the Jacobian where the start ranges lie, not at the absurd last state", async () => {
    // Linear damping -10 per ms: Euler's limit is 2 / 10 ms, and the state explodes by dt alone.
    const setup = setupOf({ parameters: { gamma: -10 }, dtMs: 0.5, steps: 2000 });
    const { why, next, data } = await faultOf(setup, "wasm");
    expect(data["estimatedLimitMs"]).toBeCloseTo(0.2, 6);
    expect(why).toMatch(
      /^dt is 2\.5 times the stability limit estimated from the Jacobian in the middle of the start ranges/,
    );
    expect(next).toContain("0.1 ms");
    // A cubic term: at the last good state the limit would be far below any step.
    const cubic = setupOf({ model: "sup-hopf", dtMs: 3, parameters: { a: -1, omega: 0.1 }, steps: 100 });
    const limit = (await faultOf(cubic, "wasm")).data["estimatedLimitMs"];
    expect(limit).toBeGreaterThan(0.5);
    expect(limit).toBeLessThan(2.1);
  });

  it("gives the damping limit that the scheme really has: stable below, not above", async () => {
    const decays = async (dtMs: number) => {
      const rows = await statesOf(setupOf({ parameters: { gamma: -10 }, dtMs, steps: 60 }));
      return Math.abs(rows.at(-1)?.[0] ?? NaN) < Math.abs(rows[0]?.[0] ?? NaN);
    };
    expect([await decays(0.19), await decays(0.21)]).toEqual([true, false]);
  });
});

describe("bounds", () => {
  it.each(["f32", "f64"] as const)("hold at every step and are kept at the start (%s)", async (precision) => {
    const bounded = model({
      ...grower,
      id: "bounded",
      state: {
        a: { unit: "1", start: [0, 1], atLeast: 0, atMost: 2, about: "size" },
        b: { unit: "1", start: [0, 1], atLeast: -1, about: "size" },
        c: { unit: "1", start: [0, 1], atMost: 5, about: "size" },
      },
    });
    const change = { model: bounded, precision, dtMs: 1, steps: 20, parameters: { ga: 1, gb: 1, gc: -3 } } as const;
    const initial = { kind: "state", values: Float64Array.of(-7, -1e-3, 9) } as const;
    const rows = await statesOf(setupOf({ ...change, initial }), wasm);
    expect([...(rows[0] ?? [])]).toEqual([0, precision === "f32" ? Math.fround(-1e-3) : -1e-3, 5]);
    const end = await endOf(
      setupOf({ ...change, initial: { kind: "state", values: Float64Array.of(1, -1, -4) } }),
      wasm,
    );
    expect(end[0]).toBe(2);
    expect(end[1]).toBe(-1);
    for (const row of rows) {
      const [a = NaN, b = NaN, c = NaN] = row;
      expect(a >= 0 && a <= 2 && b >= -1 && c <= 5).toBe(true);
    }
  });
});

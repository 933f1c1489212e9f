import { describe, expect, it } from "vitest";
import type { Setup } from "../../src/engine/setup.js";
import { model } from "../../src/ir/form.js";
import { wasm } from "../../src/kernels/wasm/kernel.js";
import { endOf, modelOf, setupOf, statesOf, type SetupChange } from "../engine/support.js";

/** Stiff problems as programs run them: implicit and exponential schemes follow where explicit ones of the same step do not. */

const plain = (id: string, equations: Record<string, string>, range: readonly [number, number] = [-3, 3]) =>
  model({
    id,
    about: "A stiff problem.",
    papers: [],
    time: "dimensionless",
    state: Object.fromEntries(
      Object.keys(equations).map((name) => [name, { unit: "1", start: range, about: "state" }]),
    ),
    parameters: {},
    sends: [],
    inputs: {},
    equations,
    observe: [Object.keys(equations)[0] ?? "x"],
  });

/** x'' = 1e6 ((1 - x²) x' - x), van der Pol's oscillator with mu = 1000 in the time of its slow motion. */
const vanDerPol = plain("van-der-pol", { x: "z", z: "((1 - x^2) * z - x) * 1e6" });
const robertson = plain("robertson", {
  x: "-0.04 * x + 1e4 * y * z",
  y: "0.04 * x - 1e4 * y * z - 3e7 * y^2",
  z: "3e7 * y^2",
});

const run = (change: SetupChange): Promise<Float64Array> => endOf(setupOf(change), wasm);
const blowsUp = (change: SetupChange): Promise<boolean> =>
  statesOf(setupOf(change), wasm).then(
    (rows) => (rows.at(-1) ?? []).some((x: number) => !(Math.abs(x) < 1e6)),
    () => true,
  );
const state = (...values: number[]): Setup["initial"] => ({ kind: "state", values: Float64Array.from(values) });

describe("van der Pol's oscillator with mu = 1000", () => {
  // Hairer, Wanner 1996, section IV.10; the value at t = 0.5 by SciPy's Radau at rtol 1e-11.
  const change = (scheme: string): SetupChange => ({
    model: vanDerPol,
    scheme,
    dtMs: 1 / 4000,
    steps: 2000,
    initial: state(2, -2 / 3),
  });
  it.each(["ros2", "theta"])("%s follows its slow branch", async (scheme) => {
    const [x = NaN] = await run(change(scheme));
    expect(Math.abs(x - 1.59676861)).toBeLessThan(1e-3);
  });
  it("Heun and rk4 do not, with the same step", async () => {
    for (const scheme of ["heun", "rk4"]) expect(await blowsUp(change(scheme))).toBe(true);
  });
});

describe("KIonEx with a step of 0.5 ms", () => {
  const change = (scheme: string, dtMs: number): SetupChange => ({
    model: "k-ion-ex",
    scheme,
    dtMs,
    steps: Math.round(20 / dtMs),
    initial: state(...Object.values(modelOf("k-ion-ex").state).map(({ start: [low, high] }) => (low + high) / 2)),
  });
  it("keeps to the membrane potential of a fine step with implicit and exponential schemes, not with Heun's", async () => {
    const voltage = async (scheme: string, dtMs = 0.5) => (await run(change(scheme, dtMs)))[1] ?? NaN;
    const fine = await voltage("rk4", 0.02);
    for (const scheme of ["ros2", "theta", "exponential-euler", "rush-larsen"])
      expect(Math.abs((await voltage(scheme)) - fine), scheme).toBeLessThan(1);
    expect(Math.abs((await voltage("heun")) - fine)).toBeGreaterThan(100);
  });
});

describe("Robertson's chemical reactions", () => {
  it.each([
    ["ros2", 0.001],
    ["theta", 0.01],
  ])("%s is at the reference solution at t = 40", async (scheme, dtMs) => {
    const end = await run({ model: robertson, scheme, dtMs, steps: Math.round(40 / dtMs), initial: state(1, 0, 0) });
    [0.7158270687193941, 9.185534764557762e-6, 0.2841637457458413].forEach((v, k) =>
      expect(Math.abs((end[k] ?? NaN) / v - 1)).toBeLessThan(1e-4),
    );
  });

  it("Heun and rk4 blow up with the same step", async () => {
    for (const scheme of ["heun", "rk4", "dopri5"])
      expect(await blowsUp({ model: robertson, scheme, dtMs: 0.01, steps: 4000, initial: state(1, 0, 0) })).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import { resolveExperiment } from "../../src/experiment/resolve.js";
import type { Experiment } from "../../src/experiment/types.js";

/** What may stand together under `integrator`, and what is refused by name. */

type Integrator = NonNullable<Experiment["integrator"]>;
const resolve = (integrator: Integrator, more: Partial<Experiment> = {}) =>
  resolveExperiment({
    connectome: { synthetic: { regions: 3 } },
    model: "generic-2d-oscillator",
    duration: 1,
    integrator,
    ...more,
  }).then(({ setup }) => setup);

describe("what is refused", () => {
  it.each<[string, Integrator, Partial<Experiment>, string, RegExp]>([
    [
      "white noise for a scheme without",
      { scheme: "ros2", noise: { id: "additive", D: 1 } },
      {},
      "MISMATCH",
      /ros2 takes no additive/,
    ],
    [
      "noise of V that depends on W, for Milstein",
      { scheme: "milstein", noise: { id: "multiplicative", D: 1, b: { V: "W" } } },
      {},
      "MISMATCH",
      /noise of V that depends on W/,
    ],
    [
      "correlated noise for a map",
      { scheme: "identity", noise: { id: "additive", D: 1, correlation_time: 2 } },
      {},
      "MISMATCH",
      /identity/,
    ],
    [
      "correlated noise for Milstein as TVB",
      { scheme: "milstein", noise: { id: "additive", D: 1, correlation_time: 2 } },
      { compat: "tvb" },
      "MISMATCH",
      /milstein/,
    ],
    [
      "correlated noise for heun as TVB",
      { scheme: "heun", noise: { id: "additive", D: 1, correlation_time: 2 } },
      { compat: "tvb" },
      "MISMATCH",
      /heun/,
    ],
    ["b of additive noise", { noise: { id: "additive", D: 1, b: "x" } }, {}, "MISMATCH", /does not depend/],
    ["b of an unknown name", { noise: { id: "multiplicative", D: 1, b: "q" } }, {}, "EQUATION", /q is not known/],
    ["an unknown kind", { noise: { id: "pink", D: 1 } }, {}, "EXPERIMENT", /pink/],
    ["theta for heun", { scheme: "heun", theta: 0.5 }, {}, "MISMATCH", /no theta/],
    ["a tolerance for heun", { scheme: "heun", rtol: 1e-3 }, {}, "MISMATCH", /heun does not estimate/],
    [
      "a tolerance with noise",
      { scheme: "dopri5-stochastic", rtol: 1e-3, noise: { id: "additive", D: 1 } },
      {},
      "MISMATCH",
      /does not estimate|noise/,
    ],
    ["a tolerance of whole steps", { scheme: "dopri5", rtol: 1e-3, adaptive: false }, {}, "MISMATCH", /not adapted/],
    ["a tolerance below rounding", { scheme: "dopri5", rtol: 1e-9 }, { precision: "f32" }, "RANGE", /rtol/],
    ["a held variable that there is not", { clamp: { Q: 1 } }, {}, "EXPERIMENT", /Q/],
  ])("%s", async (_, integrator, more, code, what) => {
    const failed = resolve(integrator, more);
    await expect(failed).rejects.toMatchObject({ code });
    await expect(failed).rejects.toThrow(what);
  });
});

describe("what is taken", () => {
  it("adaptive schemes have a tolerance unless steps are to be whole", async () => {
    expect((await resolve({ scheme: "dopri5" })).tolerance).toEqual({ relative: 1e-6, absolute: 1e-9 });
    expect((await resolve({ scheme: "dop853", rtol: 1e-8, atol: 1e-10 })).tolerance).toEqual({
      relative: 1e-8,
      absolute: 1e-10,
    });
    expect((await resolve({ scheme: "dopri5", adaptive: false })).tolerance).toBeUndefined();
    expect((await resolve({ scheme: "heun" })).tolerance).toBeUndefined();
  });

  it("noise of every axis: one value, by variable, by region, by both", async () => {
    const of = async (D: NonNullable<Integrator["noise"]>["D"]) =>
      (await resolve({ noise: { id: "additive", D } })).noise;
    expect(await of(0.5)).toEqual({ V: 0.5, W: 0.5 });
    expect(await of([1, 2, 3])).toEqual({ V: Float64Array.of(1, 2, 3), W: Float64Array.of(1, 2, 3) });
    expect(await of({ region: { "*": 2 } })).toEqual({ V: Float64Array.of(2, 2, 2), W: Float64Array.of(2, 2, 2) });
    expect(await of({ W: [1, 2, 3] })).toEqual({ W: Float64Array.of(1, 2, 3) });
  });

  it("multiplicative noise: one text calls the variable x; correlated noise goes with any scheme", async () => {
    const { noiseForm, scheme } = await resolve({ noise: { id: "multiplicative", D: 1, b: "1 + x^2" } });
    expect([noiseForm, scheme.id]).toEqual([{ b: { V: "1 + V^2", W: "1 + W^2" } }, "heun-stochastic"]);
    const correlated = await resolve({ scheme: "rk4", noise: { id: "additive", D: 1, correlation_time: "5 ms" } });
    expect(correlated.noiseForm).toEqual({ correlationMs: 5 });
  });

  it("theta with and without noise, and held variables by region", async () => {
    expect((await resolve({ scheme: "theta", theta: 1 })).schemeParameters).toEqual({ theta: 1 });
    expect((await resolve({ scheme: "theta", noise: { id: "additive", D: 1 } })).scheme.id).toBe("theta");
    expect((await resolve({ clamp: { V: 0.5, W: [1, 2, 3] } })).clamp).toEqual({ V: 0.5, W: Float64Array.of(1, 2, 3) });
  });
});

import { describe, expect, it } from "vitest";
import { networkOf } from "../engine/support.js";
import { simulate } from "../../src/simulate.js";
import type { Experiment } from "../../src/experiment/types.js";

/** Slow variables in single precision: said before they are believed, and true. */

const run = (more: Partial<Experiment>, tau = 1e4) =>
  simulate({
    connectome: networkOf([[0]]),
    model: { id: "ornstein-uhlenbeck", parameters: { mu: 1, tau } },
    integrator: { dt: 0.01 },
    duration: 400,
    initial: { state: { x: 0.97 } },
    monitors: [{ id: "subsample", period: 200 }],
    ...more,
  });
const note = expect.stringMatching(/^x may come to stand 6 % .* closes 0\.0000010 of the distance/);

describe("a slow variable in f32", () => {
  it("stands where dt times its slope is below half its last digit, and the run says so", async () => {
    const { deviations, recordings } = await run({ precision: "f32" });
    expect(deviations).toEqual([note]);
    // x' = (1 - x) / tau from 0.97: in truth 0.9712 after 400 ms; a step of 3e-8 is half a digit at 0.97, 2^-25.
    const at = Number(recordings["subsample"]?.data.data[1]);
    expect(Math.abs(at - (1 - 0.03 * Math.exp(-0.04)))).toBeGreaterThan(1e-4);
  });

  it("is not a matter of f64, of larger steps, of faster variables, or of those that noise moves", async () => {
    const { deviations, recordings } = await run({});
    expect(deviations).toEqual([]);
    expect(recordings["subsample"]?.data.data[1]).toBeCloseTo(1 - 0.03 * Math.exp(-0.04), 8);
    expect((await run({ precision: "f32", integrator: { dt: 1 } })).deviations).toEqual([]);
    expect((await run({ precision: "f32" }, 10)).deviations).toEqual([]);
    const noise = { id: "additive", D: 1e-4 };
    expect((await run({ precision: "f32", integrator: { dt: 0.01, noise } })).deviations).toEqual([]);
  });

  it("is named in a network of several models", async () => {
    const { deviations } = await run({
      connectome: networkOf([
        [0, 0],
        [0, 0],
      ]),
      model: {
        by_region: [
          { id: "ornstein-uhlenbeck", regions: ["R0"], parameters: { tau: 10 } },
          { id: "ornstein-uhlenbeck", name: "slow", regions: ["R1"], parameters: { tau: 10000 } },
        ],
      },
      initial: "seeded",
      precision: "f32",
      monitors: ["raw"],
    });
    expect(deviations.filter((about) => about.includes("may come to stand")).length).toBe(1);
  });

  it("is said of a phase that only grows, too", async () => {
    const kuramoto = (duration: number) =>
      simulate({
        connectome: networkOf([[0]]),
        model: "kuramoto",
        integrator: { dt: 0.01 },
        precision: "f32",
        duration,
      });
    const note = expect.stringMatching(/^theta grows for 100000 steps/) as unknown;
    expect((await kuramoto(1000)).deviations).toEqual([note]);
    expect((await kuramoto(100)).deviations).toEqual([]);
  });
});

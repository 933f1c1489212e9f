import { describe, expect, it } from "vitest";
import { schemes } from "../../src/integrators/index.js";
import type { Scheme } from "../../src/ir/declare.js";
import { expandScheme } from "../../src/ir/expand-scheme.js";
import { graph, type Expr, type Graph } from "../../src/ir/graph.js";
import { parseEquation } from "../../src/ir/parse.js";
import { mulberry32 } from "../golden/generator.js";
import { evaluatorOf } from "../models/support.js";

/** Every scheme's orders and calculus against solutions known on paper; delays are the engine's business. */

/** One step for dx = drift(x, t) dt + gain(x) dW as a function of x, the time at the start and the noise of the step. */
function stepOf(scheme: Scheme, dt: number, drift: string, gain = "1") {
  const g: Graph = graph();
  const [x, start, dW] = [g.symbol("x"), g.symbol("start"), g.symbol("dW")];
  const read = (text: string, at: Expr, time: Expr) =>
    parseEquation(
      g,
      text,
      new Map([
        ["x", at],
        ["time", time],
      ]),
    );
  const { next } = expandScheme(scheme.id, scheme.steps, {
    graph: g,
    dtMs: dt,
    state: [x],
    model: ([at], share) => (at ? [read(drift, at, g.add(start, g.constant(share * dt)))] : []),
    noiseGain: ([at]) => (at ? [read(gain, at, start)] : []),
    wiener: [dW],
    clamp: (state) => state,
  });
  const step = evaluatorOf(g, next, ["x", "start", "dW"], new Map());
  return (state: number, time: number, noise: number): number => step([state, time, noise])[0] ?? NaN;
}

/** Slope of log error over log step between the two finest steps. */
const orderOf = (error: (steps: number) => number, coarse: number): number =>
  Math.log2(error(coarse) / error(2 * coarse));

const stochastic = Object.values(schemes).filter((scheme) => scheme.noise);

describe.each(Object.values(schemes))("scheme $id", (scheme) => {
  it("has its order for dx/dt = x cos t, whose solution is exp(sin t)", () => {
    const error = (steps: number): number => {
      const dt = 2 / steps;
      const step = stepOf(scheme, dt, "x * cos(time)");
      let x = 1;
      for (let k = 0; k < steps; k++) x = step(x, k * dt, 0);
      return Math.abs(x - Math.exp(Math.sin(2)));
    };
    expect(Math.abs(orderOf(error, 128) - scheme.order)).toBeLessThan(0.1);
  });
});

describe.each(stochastic)("scheme $id with noise", (scheme) => {
  it("has its weak order: stationary variance 1/2 of dx = -x dt + dW", () => {
    // The step is linear, x' = A x + B dW, so its stationary variance is B² dt / (1 - A²).
    const error = (steps: number): number => {
      const dt = 1 / steps;
      const step = stepOf(scheme, dt, "-x");
      const [a, b] = [step(1, 0, 0), step(0, 0, 1)];
      return Math.abs((b * b * dt) / (1 - a * a) - 1 / 2);
    };
    expect(Math.abs(orderOf(error, 64) - (scheme.noise?.weakOrder ?? NaN))).toBeLessThan(0.1);
  });

  it("has its strong order for additive noise in a double well", () => {
    const finest = 1024;
    const paths = 400;
    const uniformDraw = mulberry32(1);
    const normal = () => Math.sqrt(-2 * Math.log(1 - uniformDraw())) * Math.cos(2 * Math.PI * uniformDraw());
    const noise = Array.from({ length: paths }, () =>
      Float64Array.from({ length: finest }, () => normal() / Math.sqrt(finest)),
    );
    const ends = (steps: number): number[] => {
      const step = stepOf(scheme, 1 / steps, "x - x * x * x");
      const joined = finest / steps;
      return noise.map((path) => {
        let x = 0.5;
        for (let k = 0; k < steps; k++) {
          let dW = 0;
          for (let j = 0; j < joined; j++) dW += path[k * joined + j] ?? NaN;
          x = step(x, k / steps, dW);
        }
        return x;
      });
    };
    const exact = ends(finest);
    const error = (steps: number): number =>
      ends(steps).reduce((sum, x, k) => sum + Math.abs(x - (exact[k] ?? NaN)), 0) / paths;
    expect(Math.abs(orderOf(error, 32) - (scheme.noise?.strongOrder ?? NaN))).toBeLessThan(0.1);
  });

  it("takes the noise in the sense it says", () => {
    // dx = x dW: the expected step over dW = ±s is x in Itô's sense, x (1 + s²/2) in Stratonovich's.
    const step = stepOf(scheme, 0.01, "0 * x", "x");
    const mean = (step(1, 0, 0.1) + step(1, 0, -0.1)) / 2;
    expect(mean).toBeCloseTo(scheme.noise?.calculus === "ito" ? 1 : 1.005, 12);
  });
});

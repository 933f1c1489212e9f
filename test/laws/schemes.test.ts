import { describe, expect, it } from "vitest";
import { schemes } from "../../src/integrators/index.js";
import type { Scheme } from "../../src/ir/declare.js";
import { expandScheme } from "../../src/ir/expand-scheme.js";
import { differentiate } from "../../src/ir/differentiate.js";
import { graph, rewrite, type Expr, type Graph } from "../../src/ir/graph.js";
import { parseEquation } from "../../src/ir/parse.js";
import { mulberry32 } from "../golden/generator.js";
import { evaluatorOf } from "../models/support.js";

/** Every scheme's orders and calculus against solutions known on paper; delays are the engine's business. */

/** d/dx of an expression of x, at a place. */
function derivativeAt(g: Graph, at: Expr, of: (x: Expr) => Expr): Expr {
  const place = g.symbol("place");
  const [derivative = place] = rewrite([differentiate(g, of(place), "place")], (node, args) =>
    node === place ? at : node.kind === "call" ? g.call(node.op, args) : node,
  );
  return derivative;
}

const defaultsOf = ({ parameters = {} }: Scheme): Record<string, number> =>
  Object.fromEntries(Object.entries(parameters).map(([name, { default: value }]) => [name, value]));

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
    jacobian: ([at], share) =>
      at ? [[derivativeAt(g, at, (x) => read(drift, x, g.add(start, g.constant(share * dt))))]] : [],
    noiseGain: ([at]) => (at ? [read(gain, at, start)] : []),
    noiseSlope: ([at]) => (at ? [derivativeAt(g, at, (x) => read(gain, x, start))] : []),
    parameters: defaultsOf(scheme),
    wiener: [dW],
    clamp: (state) => state,
  });
  const step = evaluatorOf(g, next, ["x", "start", "dW"], new Map());
  return (state: number, time: number, noise: number): number => step([state, time, noise])[0] ?? NaN;
}

/** Slope of log error over log step between the two finest steps. */
const orderOf = (error: (steps: number) => number, coarse: number): number =>
  Math.log2(error(coarse) / error(2 * coarse));

const continuous = Object.values(schemes).filter((scheme) => !scheme.map);
const stochastic = continuous.filter((scheme) => scheme.noise);

describe.each(continuous)("scheme $id", (scheme) => {
  it("has its order for dx/dt = x cos t, whose solution is exp(sin t)", () => {
    const error = (steps: number): number => {
      const dt = 2 / steps;
      const step = stepOf(scheme, dt, "x * cos(time)");
      let x = 1;
      for (let k = 0; k < steps; k++) x = step(x, k * dt, 0);
      return Math.abs(x - Math.exp(Math.sin(2)));
    };
    // Between errors above rounding.
    const coarse = { 5: 32, 8: 6 }[scheme.order] ?? 128;
    expect(error(2 * coarse)).toBeGreaterThan(1e-14);
    expect(Math.abs(orderOf(error, coarse) - scheme.order)).toBeLessThan(scheme.order > 4 ? 0.5 : 0.1);
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
    // The trapezoidal rule gives this variance exactly.
    if (scheme.id === "theta") expect(error(64)).toBeLessThan(1e-14);
    else expect(Math.abs(orderOf(error, 64) - (scheme.noise?.weakOrder ?? NaN))).toBeLessThan(0.1);
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

describe("maps", () => {
  it.each(Object.values(schemes).filter((scheme) => scheme.map))(
    "$id takes the equations for the next state",
    (scheme) => {
      const step = stepOf(scheme, 0.25, "1 - 2 * x", "0.5");
      expect(step(0.3, 0, 0)).toBe(1 - 2 * 0.3);
      expect(step(0.3, 0, 0.1)).toBeCloseTo(1 - 2 * 0.3 + (scheme.noise ? 0.05 : 0), 15);
    },
  );
});

/** Stability on x' = λ x, by the factor of one step, and in a stiff problem that is not linear. */
describe("stiffness", () => {
  const factor = (id: string, z: number, parameters: Record<string, number> = {}): number => {
    const scheme = schemes[id];
    if (!scheme) throw new Error(id);
    const changed: Scheme = {
      ...scheme,
      parameters: Object.fromEntries(
        Object.entries(scheme.parameters ?? {}).map(([name, p]) => [
          name,
          { ...p, default: parameters[name] ?? p.default },
        ]),
      ),
    };
    return stepOf(changed, 1, `${z} * x`)(1, 0, 0);
  };

  it.each([0.1, 1, 10, 1e3, 1e6])(
    "factors of one step at z = -%d are the rational functions and exponentials of the books",
    (size) => {
      const z = -size;
      const g = 1 - 1 / Math.sqrt(2);
      expect(factor("ros2", z)).toBeCloseTo(
        (1 + (1 - 2 * g) * z + (0.5 - 2 * g + g * g) * z * z) / (1 - g * z) ** 2,
        12,
      );
      expect(factor("theta", z)).toBeCloseTo((1 + z / 2) / (1 - z / 2), 12);
      expect(factor("theta", z, { theta: 1 })).toBeCloseTo(1 / (1 - z), 12);
      expect(factor("exponential-euler", z)).toBeCloseTo(Math.exp(z), 12);
      expect(factor("rush-larsen", z)).toBeCloseTo(Math.exp(z), 12);
      expect(Math.abs(factor("heun", z)) < 1).toBe(size < 2);
    },
  );

  it("ROS2 is L-stable: nothing is left of a component that relaxes at once", () => {
    expect(Math.abs(factor("ros2", -1e9))).toBeLessThan(1e-8);
  });

  it("theta has its order: 2 at one half, else 1", () => {
    const errorOf = (theta: number) => (steps: number) =>
      Math.abs(factor("theta", -1 / steps, { theta }) ** steps - Math.exp(-1));
    for (const theta of [0, 0.25, 0.5, 0.75, 1])
      expect(Math.abs(orderOf(errorOf(theta), 512) - (theta === 0.5 ? 2 : 1))).toBeLessThan(0.1);
  });

  it("theta solves its equation: what Newton's method leaves is far below the error of the step", () => {
    const [dt, x] = [0.5, 0.4];
    const step = stepOf(schemes["theta"] as Scheme, dt, "x - x * x * x");
    const f = (y: number) => y - y ** 3;
    const y = step(x, 0, 0.1);
    expect(Math.abs(y - x - (dt / 2) * (f(x) + f(y)) - 0.1)).toBeLessThan(1e-8);
  });

  it.each(["ros2", "theta"])("%s follows x' = -1e6 (x - cos t) with a step of 0.1, where Heun overflows", (id) => {
    const run = (scheme: string) => {
      const step = stepOf(schemes[scheme] as Scheme, 0.1, "-1000000 * (x - cos(time))");
      let x = 1;
      for (let k = 0; k < 100; k++) x = step(x, k * 0.1, 0);
      return x;
    };
    expect(Math.abs(run(id) - Math.cos(10))).toBeLessThan(0.1);
    expect(Math.abs(run("heun")) < 1e100).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import { assemble } from "../../src/engine/assemble.js";
import type { Setup } from "../../src/engine/setup.js";
import { schemes } from "../../src/integrators/index.js";
import { model } from "../../src/ir/form.js";
import { evaluator } from "../../src/ir/evaluate.js";
import { setupOf } from "../engine/support.js";
import { mulberry32 } from "../golden/generator.js";
import { slope } from "./slope.js";

/**
 * Strong and weak orders for additive noise, of the very expressions that kernels run: a program's step is fed with
 * increments of the test's, so paths can be shared between step sizes and expectations need no sampling.
 */

const stochastic = Object.values(schemes).filter((scheme) => scheme.noise && !scheme.map);
const within = (order: number, claim: number): void => expect(Math.abs(order - claim), `${order}`).toBeLessThan(0.1);
const halvings = [0, 1, 2, 3, 4];

const doubleWell = model({
  id: "double-well",
  about: "Two stable points.",
  papers: [],
  time: "dimensionless",
  state: { x: { unit: "1", start: [-2, 2], about: "place" } },
  parameters: {},
  sends: ["x"],
  inputs: { c: { unit: "1", about: "unused" } },
  equations: { x: "x - x^3" },
  observe: ["x"],
});

/** One step of one region as a function of its state and a standard normal number. */
function stepOf(setup: Setup): (x: number, normal: number) => number {
  const { program } = assemble(setup);
  expect(program.phases.length).toBe(1);
  const { inputs, outputs, registers, run } = evaluator(program.phases[0]?.next ?? [], "f64");
  // Sums over the network are 0, as registers are.
  expect([...inputs.keys()].filter((name) => !name.startsWith("sum.")).sort()).toEqual(["noise.0", "state.0"]);
  const [state = 0, noise = 0, out = 0] = [inputs.get("state.0"), inputs.get("noise.0"), outputs[0]];
  return (x, normal) => {
    registers[state] = x;
    registers[noise] = normal;
    run();
    return registers[out] ?? NaN;
  };
}

describe.each(stochastic)("$id with additive noise", ({ id, noise, order }) => {
  it(`has strong order ${noise?.strongOrder} in a double well`, () => {
    const [finest, paths, D] = [2048, 100, 0.2];
    const draw = mulberry32(11);
    const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
    const stepAt = (steps: number, scheme: string) =>
      stepOf(setupOf({ model: doubleWell, scheme, noise: { x: D }, dtMs: 1 / steps }));
    const counts = halvings.map((k) => 8 * 2 ** k);
    const ways = counts.map((steps) => ({ steps, step: stepAt(steps, id), error: 0 }));
    const truth = stepAt(finest, "heun-stochastic");
    for (let path = 0; path < paths; path++) {
      // A Brownian path on the finest grid; coarser steps see the sums of its increments.
      const dW = Float64Array.from({ length: finest }, normal);
      const exact = dW.reduce((x, xi) => truth(x, xi), 0.3);
      for (const way of ways) {
        const joined = finest / way.steps;
        let x = 0.3;
        for (let k = 0; k < way.steps; k++) {
          let sum = 0;
          for (let j = 0; j < joined; j++) sum += dW[k * joined + j] ?? NaN;
          x = way.step(x, sum / Math.sqrt(joined));
        }
        way.error += Math.abs(x - exact) / paths;
      }
    }
    within(
      slope(
        counts.map((n) => 1 / n),
        ways.map((w) => w.error),
      ),
      noise?.strongOrder ?? NaN,
    );
  });

  it(`has weak order ${noise?.weakOrder}: mean and variance of an Ornstein-Uhlenbeck process`, () => {
    const [gamma, D, t, start] = [-1.5, 0.4, 2, 0.7];
    const exactMean = start * Math.exp(gamma * t);
    const exactVariance = (D / -gamma) * (1 - Math.exp(2 * gamma * t));
    const counts = halvings.map((k) => 64 * 2 ** k);
    const errors = counts.map((steps) => {
      const step = stepOf(setupOf({ scheme: id, parameters: { gamma }, noise: { x: D }, dtMs: t / steps }));
      // The step is a x + b n: its moments follow without sampling.
      const [a, b] = [step(1, 0), step(0, 1)];
      expect(step(0.3, -1.2)).toBeCloseTo(0.3 * a - 1.2 * b, 14);
      let [mean, variance] = [start, 0];
      for (let k = 0; k < steps; k++) [mean, variance] = [a * mean, a * a * variance + b * b];
      return { mean: Math.abs(mean - exactMean), variance: Math.abs(variance - exactVariance) };
    });
    const hs = counts.map((n) => t / n);
    const orderOf = (moment: "mean" | "variance") =>
      slope(
        hs,
        errors.map((e) => e[moment]),
      );
    within(orderOf("variance"), noise?.weakOrder ?? NaN);
    // The mean follows the scheme of the drift, whose order may be higher, and out of sight.
    if (order <= 2) within(orderOf("mean"), order);
    else errors.forEach((e) => expect(e.mean).toBeLessThan(1e-2 * e.variance));
  });

  it(`has weak order ${noise?.weakOrder} in a double well: the expectation of cos x`, () => {
    const nodes = chebyshev(48, 2.5);
    const [points, weights] = gaussHermite(20);
    /** E cos x(1) for x(0) = 0.4: the expectation is carried back step by step as a polynomial in x(0). */
    const expectation = (steps: number): number => {
      const step = stepOf(setupOf({ model: doubleWell, scheme: id, noise: { x: 0.05 }, dtMs: 1 / steps }));
      const reached = nodes.map((x) => points.map((p) => step(x, p)));
      let values = nodes.map(Math.cos);
      for (let k = 0; k < steps; k++)
        values = reached.map((row) =>
          row.reduce((sum, y, q) => sum + (weights[q] ?? NaN) * interpolate(nodes, values, y), 0),
        );
      return interpolate(nodes, values, 0.4);
    };
    const counts = halvings.map((k) => 32 * 2 ** k);
    // Differences of neighbours fall with the same order, and need no solution known otherwise.
    const found = [...counts, 32 * 2 ** halvings.length].map(expectation);
    const differences = counts.map((_, k) => Math.abs((found[k] ?? NaN) - (found[k + 1] ?? NaN)));
    within(
      slope(
        counts.map((n) => 1 / n),
        differences,
      ),
      noise?.weakOrder ?? NaN,
    );
  });
});

/** dx = a x dt + b x dW, whose solutions are known in both senses. */
describe.each(stochastic.filter((scheme) => scheme.noise?.multiplicative))(
  "$id with noise proportional to the state",
  (scheme) => {
    const { id, noise } = scheme;
    const [drift, b, t] = [0.5, 0.8, 1];
    const ito = noise?.calculus === "ito";
    const stepAt = (steps: number) =>
      stepOf(
        setupOf({
          scheme: id,
          parameters: { gamma: drift },
          noise: { x: (b * b) / 2 },
          noiseForm: { b: { x: "x" } },
          dtMs: t / steps,
        }),
      );

    it(`has strong order ${noise?.multiplicative?.strongOrder} in ${ito ? "Itô" : "Stratonovich"}'s sense`, () => {
      const [finest, paths] = [512, 300];
      const draw = mulberry32(23);
      const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
      const counts = [32, 64, 128, 256, 512];
      const ways = counts.map((steps) => ({ steps, step: stepAt(steps), error: 0 }));
      for (let path = 0; path < paths; path++) {
        const dW = Float64Array.from({ length: finest }, normal);
        const w = dW.reduce((sum, xi) => sum + xi, 0) * Math.sqrt(t / finest);
        const exact = Math.exp((drift - (ito ? (b * b) / 2 : 0)) * t + b * w);
        for (const way of ways) {
          const joined = finest / way.steps;
          let x = 1;
          for (let k = 0; k < way.steps; k++) {
            let sum = 0;
            for (let j = 0; j < joined; j++) sum += dW[k * joined + j] ?? NaN;
            x = way.step(x, sum / Math.sqrt(joined));
          }
          way.error += Math.abs(x - exact) / paths;
        }
      }
      within(
        slope(
          counts.map((n) => 1 / n),
          ways.map((w) => w.error),
        ),
        noise?.multiplicative?.strongOrder ?? NaN,
      );
    });

    it(`has weak order ${noise?.multiplicative?.weakOrder}: the second moment`, () => {
      const [points, weights] = gaussHermite(20);
      const exact = Math.exp((2 * drift + (ito ? 1 : 2) * b * b) * t);
      const counts = halvings.map((k) => 64 * 2 ** k);
      const errors = counts.map((steps) => {
        // The step is x times a polynomial of the draw: moments follow without sampling.
        const step = stepAt(steps);
        expect(step(0.3, -1.2)).toBeCloseTo(0.3 * step(1, -1.2), 14);
        const growth = points.reduce((sum, p, q) => sum + (weights[q] ?? NaN) * step(1, p) ** 2, 0);
        return Math.abs(growth ** steps - exact);
      });
      within(
        slope(
          counts.map((n) => t / n),
          errors,
        ),
        noise?.multiplicative?.weakOrder ?? NaN,
      );
    });
  },
);

/** Chebyshev points of the second kind on [-reach, reach]. */
const chebyshev = (count: number, reach: number): number[] =>
  Array.from({ length: count }, (_, k) => reach * Math.cos((Math.PI * k) / (count - 1)));

/** The polynomial through values at Chebyshev points, by the barycentric formula. */
function interpolate(nodes: readonly number[], values: readonly number[], x: number): number {
  let [above, below] = [0, 0];
  for (let k = 0; k < nodes.length; k++) {
    const distance = x - (nodes[k] ?? NaN);
    if (distance === 0) return values[k] ?? NaN;
    const end = k === 0 || k === nodes.length - 1 ? 0.5 : 1;
    const weight = ((k % 2 === 0 ? 1 : -1) * end) / distance;
    above += weight * (values[k] ?? NaN);
    below += weight;
  }
  return above / below;
}

/** Points and weights for the expectation over a standard normal, exact for polynomials of degree 2 count - 1. */
function gaussHermite(count: number): [number[], number[]] {
  /** Hermite polynomials divided by the root of their norm, of degree count and count - 1. */
  const hermite = (x: number): [number, number] => {
    let [before, now] = [0, 1];
    for (let k = 0; k < count; k++) [before, now] = [now, (x * now - Math.sqrt(k) * before) / Math.sqrt(k + 1)];
    return [now, before];
  };
  const points: number[] = [];
  // Roots lie between -2 sqrt(count) and its negative; sign changes on a fine grid, then bisection.
  const reach = 2 * Math.sqrt(count) + 1;
  const cells = 4000;
  for (let k = 0; k < cells; k++) {
    let low = -reach + (2 * reach * k) / cells;
    let high = -reach + (2 * reach * (k + 1)) / cells;
    if (hermite(low)[0] * hermite(high)[0] > 0) continue;
    for (let j = 0; j < 60; j++) {
      const middle = (low + high) / 2;
      if (hermite(low)[0] * hermite(middle)[0] <= 0) high = middle;
      else low = middle;
    }
    points.push((low + high) / 2);
  }
  return [points, points.map((x) => 1 / (count * hermite(x)[1] ** 2))];
}

describe("the test's own quadrature", () => {
  it("knows the moments of the normal distribution", () => {
    const [points, weights] = gaussHermite(20);
    expect(points.length).toBe(20);
    [1, 0, 1, 0, 3, 0, 15, 0, 105].forEach((moment, power) =>
      expect(points.reduce((sum, p, k) => sum + (weights[k] ?? NaN) * p ** power, 0)).toBeCloseTo(moment, 9),
    );
  });
});

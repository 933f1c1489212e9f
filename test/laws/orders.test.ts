import { describe, expect, it } from "vitest";
import type { Setup } from "../../src/engine/setup.js";
import { schemes } from "../../src/integrators/index.js";
import type { Scheme } from "../../src/ir/declare.js";
import { wasm } from "../../src/kernels/wasm/kernel.js";
import { endOf, matrix, networkOf, setupOf } from "../engine/support.js";
import { fnv1a, mulberry32, uniform } from "../golden/generator.js";
import { orderBesideNext, slope } from "./slope.js";

/**
 * The order of convergence of every scheme as the engine runs it, by regression over five halvings of dt against exact
 * solutions: without network, without delays, with delays on the grid, and with both.
 */

const all = Object.values(schemes).filter((scheme) => !scheme.map);
/** Steps per run by the order to be seen. Errors of high order soon reach rounding: they are seen where they are smallest. */
const countsFor = (order: number): number[] =>
  order > 2
    ? [...new Set(Array.from({ length: 60 }, (_, k) => Math.round(2 * 1.1 ** k)))]
    : Array.from({ length: 6 }, (_, k) => (order === 1 ? 256 : 32) * 2 ** k);
const rounding = 2e-13;

/** Observed order of a run of `lengthMs` where `claim` is expected; `exact` is the state at its end. */
async function orderOf(
  setup: (steps: number) => Setup,
  claim: number,
  lengthMs: number,
  exact: ArrayLike<number>,
  scale = 1,
): Promise<number> {
  const counts: number[] = [];
  const errors: number[] = [];
  for (const count of countsFor(claim)) {
    const steps = count * scale;
    const end = await endOf({ ...setup(steps), steps, dtMs: lengthMs / steps }, wasm);
    const error = end.reduce((worst, x, k) => Math.max(worst, Math.abs(x - (exact[k] ?? NaN))), 0);
    if (error < rounding) break;
    counts.push(steps);
    errors.push(error);
  }
  expect(errors.length, "far from rounding").toBeGreaterThan(4);
  const steps = counts.map((count) => lengthMs / count);
  return claim > 2 ? orderBesideNext(steps.slice(-8), errors.slice(-8)) : slope(steps, errors);
}

const within = (order: number, claim: number): void => expect(Math.abs(order - claim), `${order}`).toBeLessThan(0.1);

describe.each(all)("$id without network", ({ id, order }) => {
  it(`has order ${order} on the normal form of a Hopf bifurcation`, async () => {
    // High orders need a course where no order of the error is small by chance, as on the cycle itself.
    const [a, omega, r0, t] = order > 4 ? [2, 0.5, 1.2, 1.5] : [0.8, 2.5, 0.4, 2];
    const r = Math.sqrt(a / (1 + (a / r0 ** 2 - 1) * Math.exp(-2 * a * t)));
    const exact = [r * Math.cos(omega * t), r * Math.sin(omega * t)];
    const setup = () =>
      setupOf({
        model: "sup-hopf",
        scheme: id,
        parameters: { a, omega },
        initial: { kind: "state", values: Float64Array.of(r0, 0) },
      });
    within(await orderOf(setup, order, t, exact), order);
  });
});

/**
 * A network whose exact solution is x_i = sin(t + phase_i): damping and one weight of each row are chosen so that the
 * delayed sum of sines gives the derivative, the other weights are free.
 * @param delayMs whole multiples of 1/8 ms, so that delays stay on the grid of every step
 */
function sines(name: string, regions: number, delayMs: Delay) {
  const draw = mulberry32(fnv1a(name));
  // Strong damping or coupling would only show its error's order at much finer steps.
  for (;;) {
    const network = drawSines(regions, delayMs, draw);
    if (network.largest < 1.5) return network;
  }
}

type Delay = (target: number, source: number, u: number) => number;

function drawSines(regions: number, delayMs: Delay, draw: () => number) {
  const phases = Array.from({ length: regions }, () => uniform(draw, 0, 2 * Math.PI));
  const delays = matrix(regions, (i, j) => delayMs(i, j, draw()));
  const gammas = new Float64Array(regions);
  const weights = matrix(regions, (i, j) => (i !== j && (i + j) % 2 === 0 ? 0 : uniform(draw, -0.3, 0.3)));
  phases.forEach((phase, i) => {
    // gamma sin(p) + sum w sin(q) = cos(p) for all t: the parts in sin t and cos t give two equations.
    const row = weights[i] ?? [];
    const solved = (i + 1) % regions;
    const angle = (j: number) => (phases[j] ?? NaN) - (delays[i]?.[j] ?? NaN);
    let [inSine, inCosine] = [-Math.sin(phase), Math.cos(phase)];
    row.forEach((w, j) => {
      if (j === solved) return;
      inSine -= w * Math.cos(angle(j));
      inCosine -= w * Math.sin(angle(j));
    });
    const [a, b, c, d] = [Math.cos(phase), Math.cos(angle(solved)), Math.sin(phase), Math.sin(angle(solved))];
    const determinant = a * d - b * c;
    gammas[i] = (inSine * d - b * inCosine) / determinant;
    row[solved] = (a * inCosine - c * inSine) / determinant;
  });
  const exactAt = (t: number) => phases.map((phase) => Math.sin(t + phase));
  const connectome = networkOf(weights, delays);
  const longest = Math.max(...delays.flat());
  const setup =
    (scheme: Scheme, compatTvb: boolean) =>
    (steps: number): Setup => {
      const dt = 2 / steps;
      const rows = Math.round(longest / dt) + 1;
      const past = Array.from({ length: rows }, (_, row) => exactAt((row + 1 - rows) * dt));
      return setupOf({
        connectome,
        scheme,
        parameters: { gamma: gammas },
        couplingParameters: { a: 1 },
        conductionSpeed: 1,
        initial: { kind: "history", values: Float64Array.from(past.flat()), steps: rows },
        compatTvb,
        singleHistory: false,
      });
    };
  const largest = [...gammas, ...weights.flat()].reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return { setup, exact: exactAt(2), largest };
}

const grid = (low: number, high: number, u: number): number => (low + Math.floor(u * (high - low + 1))) / 8;
const networks = {
  "no delays": sines("orders, no delays", 4, () => 0),
  // No delay within a region, as self links usually are.
  delays: sines("orders, delays", 5, (i, j, u) => (i === j ? 0 : grid(1, 12, u))),
  "delays, also of self links": sines("orders, self links", 3, (_, __, u) => grid(1, 9, u)),
  "delays and links without": sines("orders, mixed", 6, (_, __, u) => (u < 0.4 ? 0 : grid(1, 10, u))),
} as const;

describe.each(all)("$id on a network", (scheme) => {
  it.each(Object.entries(networks))("keeps its order with %s", async (name, { setup, exact }) => {
    const claim = name === "no delays" ? scheme.order : scheme.delayOrder;
    within(await orderOf(setup(scheme, false), claim, 2, exact), claim);
  });

  it.each(Object.entries(networks))("falls to first order under compat: tvb with %s", async (_, { setup, exact }) => {
    within(await orderOf(setup(scheme, true), 1, 2, exact), 1);
  });
});

describe.each(all)("$id on two coupled phases", (scheme) => {
  const [k, first, second, t] = scheme.order > 2 ? [1, 2.5, -0.5, 1.5] : [0.7, 2, 0.3, 2];
  // tan(phi / 2) of the difference phi decays at the rate 2k; the mean moves at the pace omega.
  const half = Math.atan(Math.tan((first - second) / 2) * Math.exp(-2 * k * t));
  const mean = (first + second) / 2 + t;
  const setup = (compatTvb: boolean) => () =>
    setupOf({
      model: "kuramoto",
      coupling: "kuramoto",
      couplingParameters: { a: compatTvb ? k : 2 * k },
      connectome: networkOf([
        [0, 1],
        [1, 0],
      ]),
      scheme,
      compatTvb,
      singleHistory: false,
      initial: { kind: "state", values: Float64Array.of(first, second) },
    });
  it(`has order ${scheme.order}, and 1 under compat: tvb`, async () => {
    const exact = [mean + half, mean - half];
    // The order 8 is seen over few steps here: rounding is near.
    const order = await orderOf(setup(false), scheme.order, t, exact);
    expect(Math.abs(order - scheme.order), `${order}`).toBeLessThan(scheme.order > 5 ? 0.2 : 0.1);
    within(await orderOf(setup(true), 1, t, exact), 1);
  });
});

describe.each(all)("$id on an equation with delay and constant past", (scheme) => {
  // x' = -x(t - 1) with x = 1 for t <= 0 has x = sum over k of (-1)^k (t - k + 1)^k / k!, a polynomial between kinks.
  const exactAt = (t: number): number => {
    let [sum, factorial] = [1, 1];
    for (let k = 1; k <= Math.floor(t) + 1; k++) {
      factorial *= k;
      sum += ((-1) ** k * (t - k + 1) ** k) / factorial;
    }
    return sum;
  };
  it(`has order ${scheme.delayOrder}`, async () => {
    const setup = () =>
      setupOf({
        connectome: networkOf([[-1]], [[1]]),
        scheme,
        parameters: { gamma: 0 },
        couplingParameters: { a: 1 },
        conductionSpeed: 1,
        initial: { kind: "state", values: Float64Array.of(1) },
      });
    within(await orderOf(setup, scheme.delayOrder, 8, [exactAt(8)], 2), scheme.delayOrder);
  });
});

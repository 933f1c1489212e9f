import { describe, expect, it } from "vitest";
import type { Claim, Model } from "../../src/ir/declare.js";
import { models } from "../../src/models/index.js";
import { fnv1a, mulberry32, uniform } from "../golden/generator.js";
import { characteristic, isContracting, isHurwitz, newton } from "../models/stability.js";
import { flowOf, rungeKutta, type Flow } from "../models/support.js";

/** What declarations claim of their models, checked with the derived Jacobian and a Runge-Kutta scheme of the test's. */

type Of<K extends Claim["kind"]> = Extract<Claim, { kind: K }>;
const randomStart = (model: Model, stream: () => number, widen = 1): number[] =>
  Object.values(model.state).map(({ start: [low, high] }) => {
    const [middle, half] = [(low + high) / 2, (widen * (high - low)) / 2];
    return uniform(stream, middle - half, middle + half);
  });
const isStable = ({ jacobian, names }: Flow, x: readonly number[]): boolean => isContracting(jacobian(x), names.length);

/** Steps that resolve the fastest motion of each model, in its unit of time. */
const steps: Readonly<Record<string, number>> = {
  "zerlaut-adaptation-first-order": 0.5,
  "montbrio-pazo-roxin": 0.01,
  "sup-hopf": 0.01,
  linear: 0.01,
  "balloon-windkessel": 20,
};
const stepOf = (model: Model): number => steps[model.id] ?? 0.1;

function stableFixedPoints(model: Model, { with: changed, count }: Of<"stable-fixed-points">): void {
  const flow = flowOf(model, changed);
  const stream = mulberry32(fnv1a(model.id));
  const found: number[][] = [];
  for (let attempt = 0; attempt < 120; attempt++) {
    const x = newton(flow.derivative, flow.jacobian, randomStart(model, stream));
    const near = (y: readonly number[]) => y.every((v, k) => Math.abs(v - (x?.[k] ?? NaN)) < 1e-6 * (1 + Math.abs(v)));
    // A state beyond its bounds is none: the engine clamps it.
    const within = Object.values(model.state).every(
      ({ atLeast = -Infinity, atMost = Infinity }, k) => !x || ((x[k] ?? NaN) >= atLeast && (x[k] ?? NaN) <= atMost),
    );
    if (x && within && !found.some(near)) found.push(x);
  }
  expect(found.length, "fixed points of any kind").toBeGreaterThan(0);
  expect(found.filter((x) => isStable(flow, x)).length).toBe(count);
}

function fixedPoint(model: Model, { with: changed, at }: Of<"fixed-point">): void {
  const flow = flowOf(model, changed);
  const place = flow.names.map((name) => at[name] ?? NaN);
  const root = newton(flow.derivative, flow.jacobian, place);
  place.forEach((v, k) => expect(Math.abs((root?.[k] ?? NaN) - v)).toBeLessThan(1e-9 * (1 + Math.abs(v))));
  expect(isStable(flow, place)).toBe(true);
  const stream = mulberry32(fnv1a(model.id));
  for (let attempt = 0; attempt < 2; attempt++) {
    let x = randomStart(model, stream);
    const distance = () => Math.hypot(...x.map((v, k) => v - (place[k] ?? NaN)));
    for (let step = 0; step < 300_000 && distance() > 1e-2; step++) x = rungeKutta(flow, x, stepOf(model));
    expect(distance(), `from start ${attempt}`).toBeLessThan(1e-2);
  }
}

function oscillates(model: Model, { with: changed, hertz, observe }: Of<"oscillates">): void {
  const flow = flowOf(model, changed);
  const signal = flow.observe(observe);
  const dt = stepOf(model);
  const expectedPeriod = 2000 / (hertz[0] + hertz[1]);
  const settle = Math.ceil(Math.min((15 * expectedPeriod) / dt, 50_000));
  const length = Math.ceil((5 * expectedPeriod) / dt);
  let x = randomStart(model, mulberry32(fnv1a(model.id)));
  for (let step = 0; step < settle; step++) x = rungeKutta(flow, x, dt);
  const values = new Float64Array(length);
  for (let step = 0; step < length; step++) {
    x = rungeKutta(flow, x, dt);
    values[step] = signal(x);
  }
  const middle = (values.reduce((a, b) => Math.max(a, b)) + values.reduce((a, b) => Math.min(a, b))) / 2;
  const crossings: number[] = [];
  for (let k = 1; k < length; k++) {
    const [before = NaN, after = NaN] = [values[k - 1], values[k]];
    if (before < middle && after >= middle) crossings.push((k - (after - middle) / (after - before)) * dt);
  }
  expect(crossings.length).toBeGreaterThan(3);
  const period = ((crossings.at(-1) ?? NaN) - (crossings[0] ?? NaN)) / (crossings.length - 1);
  expect(1000 / period).toBeGreaterThan(hertz[0]);
  expect(1000 / period).toBeLessThan(hertz[1]);
}

describe.each(Object.values(models))("$id", (model) => {
  it.each(model.claims ?? [])("$kind with $with", (claim) => {
    if (claim.kind === "stable-fixed-points") stableFixedPoints(model, claim);
    else if (claim.kind === "fixed-point") fixedPoint(model, claim);
    else oscillates(model, claim);
  });
});

describe("the test's own stability check", () => {
  it("knows the eigenvalues of small matrices", () => {
    expect(characteristic([2, 1, 1, 2], 2)).toEqual([1, -4, 3]);
    expect(characteristic([0, 1, 0, 0, 0, 1, -6, -11, -6], 3)).toEqual([1, 6, 11, 6]);
    expect(isHurwitz([1, 6, 11, 6])).toBe(true);
    expect(isHurwitz([1, -4, 3])).toBe(false);
    // (x + 1)(x² - 0.02 x + 4): a pair just to the right of the axis.
    expect(isHurwitz([1, 0.98, 3.98, 4])).toBe(false);
    expect(isHurwitz([1, 1.02, 4.02, 4])).toBe(true);
    const slow = (re: number) => [-1e3, 0, 0, 0, re, 1e-2, 0, -1e-2, re];
    expect(isContracting(slow(-1e-5), 3)).toBe(true);
    expect(isContracting(slow(1e-5), 3)).toBe(false);
    expect(isContracting([0, 1, 0, 0, 0, 1, -4, -4.02, -1.02], 3)).toBe(true);
    expect(isContracting([0, 1, 0, 0, 0, 1, -4, -3.98, -0.98], 3)).toBe(false);
  });
});

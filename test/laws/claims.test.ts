import { describe, expect, it } from "vitest";
import type { Claim, Model } from "../../src/ir/declare.js";
import { models } from "../../src/models/index.js";
import { fnv1a, mulberry32, uniform } from "../golden/generator.js";
import { roots } from "../models/roots.js";
import { characteristic, isContracting, isHurwitz, newton } from "../models/stability.js";
import { flowOf, rungeKutta, type Flow } from "../models/support.js";

/** What declarations claim of their models, checked with the derived Jacobian and a Runge-Kutta scheme of the test's. */

type Of<K extends Claim["kind"]> = Extract<Claim, { kind: K }>;
const randomStart = (model: Model, stream: () => number, widen = 1): number[] =>
  Object.values(model.state).map(({ start: [low, high] }) => {
    const [middle, half] = [(low + high) / 2, (widen * (high - low)) / 2];
    return uniform(stream, middle - half, middle + half);
  });
const startOf = (model: Model, given: Readonly<Record<string, number>> | undefined): number[] =>
  given ? Object.keys(model.state).map((name) => given[name] ?? NaN) : randomStart(model, mulberry32(fnv1a(model.id)));
const isStable = ({ jacobian, names }: Flow, x: readonly number[]): boolean => isContracting(jacobian(x), names.length);

/** How often something is tried; test/long runs this file too, and tries three times as often. */
const often = (times: number): number => (expect.getState().testPath?.endsWith(".long.ts") ? 3 * times : times);

/** Steps that resolve the fastest motion of each model, in its unit of time. */
const steps: Readonly<Record<string, number>> = {
  "zerlaut-adaptation-first-order": 0.5,
  "montbrio-pazo-roxin": 0.01,
  "sup-hopf": 0.01,
  linear: 0.01,
  "coombes-byrne": 0.005,
  "larter-breakspear": 0.2,
  "coombes-byrne-2d": 0.01,
  "gast-schmidt-knosche-sd": 0.01,
  "gast-schmidt-knosche-sf": 0.01,
  "dumont-gutkin": 0.02,
  "balloon-windkessel": 20,
  "epileptor-codim3": 0.25,
  "epileptor-codim3-slow-mod": 0.25,
};
const stepOf = (model: Model): number => steps[model.id] ?? 0.1;

function stableFixedPoints(model: Model, { with: changed, count }: Of<"stable-fixed-points">): void {
  const flow = flowOf(model, changed);
  const stream = mulberry32(fnv1a(model.id));
  const found: number[][] = [];
  for (let attempt = 0; attempt < often(40); attempt++) {
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
  for (let attempt = 0; attempt < often(1); attempt++) {
    let x = randomStart(model, stream);
    const distance = () => Math.hypot(...x.map((v, k) => v - (place[k] ?? NaN)));
    for (let step = 0; step < 300_000 && distance() > 1e-2; step++) x = rungeKutta(flow, x, stepOf(model));
    expect(distance(), `from start ${attempt}`).toBeLessThan(1e-2);
  }
}

function oscillates(model: Model, { with: changed, start, hertz, observe }: Of<"oscillates">): void {
  const flow = flowOf(model, changed);
  const signal = flow.observe(observe);
  const dt = stepOf(model);
  const expectedPeriod = 2000 / (hertz[0] + hertz[1]);
  const settle = Math.ceil(Math.min((15 * expectedPeriod) / dt, 50_000));
  const length = Math.ceil((5 * expectedPeriod) / dt);
  let x = startOf(model, start);
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

function events(model: Model, claim: Of<"events">): void {
  const flow = flowOf(model, claim.with);
  const dt = stepOf(model);
  const signal = flow.observe(claim.observe);
  let x = startOf(model, claim.start);
  let count = 0;
  for (let step = 0; step * dt < claim.settle + claim.during; step++) {
    const before = signal(x);
    x = rungeKutta(flow, x, dt);
    if (step * dt >= claim.settle && before < claim.above && signal(x) >= claim.above) count++;
  }
  expect(x.every(Number.isFinite)).toBe(true);
  expect(count).toBeGreaterThanOrEqual(claim.count[0]);
  expect(count).toBeLessThanOrEqual(claim.count[1]);
}

function hopf(model: Model, claim: Of<"hopf">): void {
  const at = (value: number): Flow => flowOf(model, { ...claim.with, [claim.parameter]: value });
  const [low, high] = claim.between;
  const [first, middle, last] = [at(low), at((low + high) / 2), at(high)];
  const stream = mulberry32(fnv1a(model.id));
  const found: number[][] = [];
  for (let attempt = 0; attempt < often(20); attempt++) {
    const x = newton(first.derivative, first.jacobian, randomStart(model, stream));
    if (!x || found.some((y) => y.every((v, k) => Math.abs(v - (x[k] ?? NaN)) < 1e-6 * (1 + Math.abs(v))))) continue;
    found.push(x);
  }
  const changes = found.flatMap((x) => {
    const y = newton(last.derivative, last.jacobian, x);
    const between = newton(middle.derivative, middle.jacobian, x);
    return y && between && isStable(first, x) !== isStable(last, y) ? [between] : [];
  });
  expect(changes.length, "fixed points that change their stability").toBe(1);
  const values = roots(characteristic(middle.jacobian(changes[0] ?? []), middle.names.length));
  const [, imaginary = NaN] = values.reduce((a, b) => (b[0] > a[0] ? b : a));
  const hertz = (1000 * Math.abs(imaginary)) / (2 * Math.PI);
  expect(hertz).toBeGreaterThan(claim.hertz[0]);
  expect(hertz).toBeLessThan(claim.hertz[1]);
}

/** Growth of a small difference, which is set back to its first size again and again (Benettin). */
function chaotic(model: Model, claim: Of<"chaotic">): void {
  const flow = flowOf(model, claim.with);
  const dt = stepOf(model);
  const size = 1e-8;
  let x = startOf(model, claim.start);
  for (let step = 0; step < 3_000; step++) x = rungeKutta(flow, x, dt);
  let y = x.map((v, k) => (k === 0 ? v + size : v));
  let growth = 0;
  const steps = 30_000;
  for (let step = 1; step <= steps; step++) {
    [x, y] = [rungeKutta(flow, x, dt), rungeKutta(flow, y, dt)];
    if (step % 20 > 0) continue;
    const distance = Math.hypot(...x.map((v, k) => v - (y[k] ?? NaN)));
    growth += Math.log(distance / size);
    y = x.map((v, k) => v + ((y[k] ?? NaN) - v) * (size / distance));
  }
  expect(growth / (steps * dt)).toBeGreaterThan(claim.exponent[0]);
  expect(growth / (steps * dt)).toBeLessThan(claim.exponent[1]);
}

describe.each(Object.values(models))("$id", (model) => {
  it.each(model.claims ?? [])("$kind with $with", (claim) => {
    if (claim.kind === "stable-fixed-points") stableFixedPoints(model, claim);
    else if (claim.kind === "fixed-point") fixedPoint(model, claim);
    else if (claim.kind === "oscillates") oscillates(model, claim);
    else if (claim.kind === "events") events(model, claim);
    else if (claim.kind === "hopf") hopf(model, claim);
    else chaotic(model, claim);
  });
});

describe("the test's own stability check", () => {
  it("finds the roots of polynomials", () => {
    const found = roots([1, -3, 4, -2]).sort((a, b) => a[1] - b[1]);
    [
      [1, -1],
      [1, 0],
      [1, 1],
    ].forEach((wanted, k) => wanted.forEach((v, part) => expect(found[k]?.[part]).toBeCloseTo(v, 10)));
  });

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

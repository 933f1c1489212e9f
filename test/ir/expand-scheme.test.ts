import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import { schemes } from "../../src/integrators/index.js";
import { expandScheme, type SchemeParts } from "../../src/ir/expand-scheme.js";
import { graph, type Expr } from "../../src/ir/graph.js";
import { valueOf } from "./expressions.js";

interface Call {
  readonly at: number;
  readonly stage: number;
}

/** Expands a scheme for two variables with x' = 3 x + y, y' = -x, gains 5 and 7, dW 0.1 and 0.2, dt 0.5. */
function expanded(steps: readonly string[], clamp: (state: readonly Expr[]) => readonly Expr[] = (s) => s) {
  const g = graph();
  const calls: Call[] = [];
  const parts: SchemeParts = {
    graph: g,
    dtMs: 0.5,
    state: [g.symbol("x"), g.symbol("y")],
    model: ([x = g.constant(NaN), y = x], at, stage) => {
      calls.push({ at, stage });
      return [g.add(g.mul(g.constant(3), x), y), g.neg(x)];
    },
    noiseGain: () => [g.constant(5), g.constant(7)],
    wiener: [g.constant(0.1), g.constant(0.2)],
    clamp,
  };
  const { next, stages } = expandScheme("test", steps, parts);
  const values = (x: number, y: number) => next.map((node) => valueOf(g, node, { x, y }));
  return { g, calls, stages, values };
}

const f = ([x = NaN, y = NaN]: readonly number[]): number[] => [3 * x + y, -x];
const plus = (a: readonly number[], h: number, b: readonly number[]): number[] =>
  a.map((v, k) => v + h * (b[k] ?? NaN));
const close = (got: readonly number[], wanted: readonly number[]) =>
  got.forEach((v, k) => expect(v).toBeCloseTo(wanted[k] ?? NaN, 13));

describe("a scheme's text", () => {
  const start = [0.3, -1.2];
  const stepOf = (id: string) => expanded(schemes[id]?.steps ?? []);

  it("of Euler is x + dt f(x)", () => {
    const { values, calls } = stepOf("euler");
    close(values(0.3, -1.2), plus(start, 0.5, f(start)));
    expect(calls).toEqual([{ at: 0, stage: 0 }]);
  });

  it("of Heun is the mean of both slopes", () => {
    const { values, calls } = stepOf("heun");
    const k1 = f(start);
    const k2 = f(plus(start, 0.5, k1));
    close(values(0.3, -1.2), plus(plus(start, 0.25, k1), 0.25, k2));
    expect(calls).toEqual([
      { at: 0, stage: 0 },
      { at: 1, stage: 1 },
    ]);
  });

  it("of the classical Runge-Kutta scheme has its four stages at 0, 1/2, 1/2 and 1", () => {
    const { values, calls } = stepOf("rk4");
    const k1 = f(start);
    const k2 = f(plus(start, 0.25, k1));
    const k3 = f(plus(start, 0.25, k2));
    const k4 = f(plus(start, 0.5, k3));
    const slope = k1.map((v, k) => (v + 2 * (k2[k] ?? NaN) + 2 * (k3[k] ?? NaN) + (k4[k] ?? NaN)) / 6);
    close(values(0.3, -1.2), plus(start, 0.5, slope));
    expect(calls.map((c) => c.at)).toEqual([0, 0.5, 0.5, 1]);
  });

  it("adds noise as written: once with Euler-Maruyama, in both stages with stochastic Heun", () => {
    const noise = [0.5, 1.4];
    close(stepOf("euler-maruyama").values(0.3, -1.2), plus(plus(start, 0.5, f(start)), 1, noise));
    const k1 = f(start);
    const k2 = f(plus(plus(start, 0.5, k1), 1, noise));
    close(stepOf("heun-stochastic").values(0.3, -1.2), plus(plus(plus(start, 0.25, k1), 0.25, k2), 1, noise));
  });

  it("puts every stage and the end into the bounds, and leaves the start as it is", () => {
    const g = graph();
    const made = expanded(schemes["heun"]?.steps ?? [], (state) => state.map((x) => g.call("min", [x, g.constant(1)])));
    // f at the predictor sees the clamped predictor: x = 0.3 + 0.5 (-0.3) = 0.15, y = -1.2 - 0.15.
    const [x = NaN, y = NaN] = made.values(10, 0);
    const k1 = f([10, 0]);
    const k2 = f(plus([10, 0], 0.5, k1).map((v) => Math.min(v, 1)));
    close(
      [x, y],
      plus(plus([10, 0], 0.25, k1), 0.25, k2).map((v) => Math.min(v, 1)),
    );
    expect(made.stages.length).toBe(2);
  });

  it("evaluates the model once where a stage is asked for twice", () => {
    const { calls } = expanded(["k1 = f(x, t)", "k2 = f(x, t)", "x = x + dt / 2 * (k1 + k2)"]);
    expect(calls.length).toBe(1);
  });

  it("may use numbers, signs and any names for its stages", () => {
    const { values } = expanded(["slope = f(x, t)", "x = -(-x - 0.5 * dt * slope * 2)"]);
    close(values(0.3, -1.2), plus(start, 0.5, f(start)));
  });

  it.each<[string, string[], RegExp]>([
    ["nothing assigned", ["f(x, t)"], /name = expression/],
    ["no x at the end", ["y = f(x, t)"], /the vectors|dt|does not|x/],
    ["an unknown name", ["x = x + h * f(x, t)"], /h is not known/],
    ["a stage of a number", ["x = x + f(dt, t)"], /takes a state/],
    ["one argument", ["x = x + f(x)"], /takes \(state, time\)/],
    ["a stage before the step", ["x = x + dt * f(x, t - dt)"], /between t and t \+ dt/],
    ["a stage after the step", ["x = x + dt * f(x, t + 2 * dt)"], /between t and t \+ dt/],
    ["a time of other things", ["x = x + dt * f(x, t + dW)"], /made of t and dt/],
    ["a time without t", ["x = x + dt * f(x, dt)"], /between/],
    ["another function", ["x = x + exp(x)"], /exp may not stand/],
    ["hostile text", ["x = x.constructor"], /may not stand/],
  ])("with %s is refused", (about, steps, what) => {
    if (about === "no x at the end") {
      // The state then stays as it is; declarations of schemes are checked for it (form.ts).
      expect(expanded(steps).values(1, 2)).toEqual([1, 2]);
      return;
    }
    expect(() => expanded(steps)).toThrow(Fault);
    expect(() => expanded(steps)).toThrow(what);
  });
});

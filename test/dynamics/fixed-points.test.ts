import fc from "fast-check";
import { describe, expect, it } from "vitest";
import golden from "../golden/tvb_fixed_points.json" with { type: "json" };
import { findFixedPoints } from "../../src/dynamics/fixed-points.js";
import { massOf } from "../../src/dynamics/mass.js";
import { stabilityOf } from "../../src/dynamics/stability.js";
import { models } from "../../src/models/index.js";
import { lorenz, massFrom } from "./models.js";

describe("fixed points of TVB's models", () => {
  it.each(golden.cases)(
    "$model with $with: those that SciPy finds on TVB's equations, and their eigenvalues",
    (found) => {
      const model = models[found.model];
      if (!model) throw new Error(found.model);
      const { points } = findFixedPoints(
        massOf(model, { parameters: found.with as unknown as Record<string, number> }),
        { starts: 200 },
      );
      for (const wanted of found.points) {
        const size = Math.max(...wanted.state.map(Math.abs), 1e-3);
        const own = points.find(({ state }) =>
          state.every((v, k) => Math.abs(v - (wanted.state[k] ?? NaN)) < 1e-7 * size),
        );
        expect(own, `${wanted.state}`).toBeDefined();
        if (!own) continue;
        const rate = Math.max(...wanted.re.map((re, k) => Math.hypot(re, wanted.im[k] ?? NaN)));
        const left = [...own.eigenvalues];
        wanted.re.forEach((re, k) => {
          const distances = left.map((e) => Math.hypot(e.re - re, e.im - (wanted.im[k] ?? NaN)));
          const nearest = Math.min(...distances);
          left.splice(distances.indexOf(nearest), 1);
          expect(nearest).toBeLessThan(1e-5 * rate);
        });
      }
      // Every one of ours is one of theirs, or its residual in SciPy's search lay beyond what it accepts.
      expect(points.length).toBeGreaterThanOrEqual(found.points.length);
    },
  );
});

describe("fixed points", () => {
  it("are exactly the planted roots of a polynomial, with the slopes there", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 5 }), (roots) => {
        const sorted = roots.map((r) => r / 10).sort((a, b) => a - b);
        const { points } = findFixedPoints(massFrom({ x: sorted.map((r) => `(x - ${r})`).join(" * ") }), {
          starts: 150,
        });
        expect(points.length).toBe(sorted.length);
        points.forEach(({ state: [x = NaN], eigenvalues: [first] }, k) => {
          expect(x).toBeCloseTo(sorted[k] ?? NaN, 9);
          const slope = sorted.reduce((product, r, j) => (j === k ? product : product * ((sorted[k] ?? NaN) - r)), 1);
          expect(first?.re).toBeCloseTo(slope, 6);
        });
      }),
      { numRuns: 40 },
    );
  });

  it("of Lorenz's equations are the origin and (±√(β(ρ-1)), ±√(β(ρ-1)), ρ-1)", () => {
    const { points } = findFixedPoints(lorenz, { starts: 60 });
    const c = Math.sqrt((8 / 3) * 27);
    expect(points.map(({ class: name }) => name)).toEqual(["saddle-focus", "saddle", "saddle-focus"]);
    [-c, 0, c].forEach((x, k) => expect(points[k]?.state[0]).toBeCloseTo(x, 10));
    // Sparrow 1982: at the origin -β and (-(σ+1) ± √((σ-1)² + 4σρ)) / 2.
    const root = Math.sqrt(81 + 4 * 10 * 28);
    [(-11 + root) / 2, -8 / 3, (-11 - root) / 2].forEach((re, k) =>
      expect(points[1]?.eigenvalues[k]?.re).toBeCloseTo(re, 10),
    );
  });

  it("lie within the bounds, and are none where there are none", () => {
    const model = { ...massFrom({ x: "1 - x^2" }) };
    const bounded = {
      ...model,
      model: { ...model.model, state: { x: { unit: "1", start: [0, 2] as const, atLeast: 0, about: "" } } },
    };
    expect(findFixedPoints(bounded).points.map(({ state }) => state[0])).toEqual([1]);
    expect(findFixedPoints(massFrom({ x: "1 + x^2" })).points).toEqual([]);
    expect(findFixedPoints(massFrom({ x: "exp(-x)" })).points).toEqual([]);
  });

  it("that fill a line are told, not listed without end", () => {
    const { truncated, points } = findFixedPoints(massFrom({ x: "x - y", y: "y - x" }));
    expect(truncated).toBe(true);
    expect(points.every(({ class: name }) => name === "non-hyperbolic")).toBe(true);
  });
});

describe("the names of stability", () => {
  const named = (...values: readonly (readonly [number, number])[]) =>
    stabilityOf(values.map(([re, im]) => ({ re, im }))).class;
  it.each([
    [
      "stable node",
      [
        [-1, 0],
        [-2, 0],
      ],
    ],
    [
      "unstable node",
      [
        [2, 0],
        [1, 0],
      ],
    ],
    [
      "stable focus",
      [
        [-1, 3],
        [-1, -3],
      ],
    ],
    [
      "unstable focus",
      [
        [1, 3],
        [1, -3],
      ],
    ],
    [
      "saddle",
      [
        [1, 0],
        [-1, 0],
      ],
    ],
    [
      "centre",
      [
        [0, 2],
        [0, -2],
      ],
    ],
    [
      "non-hyperbolic",
      [
        [0, 0],
        [-1, 0],
      ],
    ],
    [
      "saddle-focus",
      [
        [1, 2],
        [1, -2],
        [-3, 0],
      ],
    ],
    [
      "saddle-focus",
      [
        [1, 0],
        [-1, 2],
        [-1, -2],
      ],
    ],
    [
      "stable node",
      [
        [-1, 0],
        [-2, 4],
        [-2, -4],
      ],
    ],
    [
      "stable focus",
      [
        [-1, 4],
        [-1, -4],
        [-2, 0],
      ],
    ],
  ] as const)("%s: %j", (name, values) => {
    expect(named(...values)).toBe(name);
  });

  it("Lotka and Volterra's equilibrium is a centre", () => {
    const { points } = findFixedPoints(massFrom({ x: "x * (1 - y)", y: "y * (x - 1)" }, {}, [0.2, 2]));
    expect(points.map(({ state, class: name }) => [state.map((v) => Math.round(v * 1e9) / 1e9 + 0), name])).toEqual([
      [[0, 0], "saddle"],
      [[1, 1], "centre"],
    ]);
  });
});

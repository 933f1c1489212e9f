import { describe, expect, it } from "vitest";
import { schemes } from "../../src/integrators/index.js";
import { matrix, networkOf, setupOf, statesOf, type SetupChange } from "./support.js";

/** Held variables: at their value in every stage, at the start and after every step, whatever the scheme and the noise. */

const change = (scheme: string): SetupChange => ({
  model: "sup-hopf",
  scheme,
  connectome: networkOf(matrix(2, () => 0)),
  dtMs: 0.1,
  steps: 5,
  noise: schemes[scheme]?.noise ? { x: 0.1, y: 0.1 } : undefined,
});

describe.each(Object.keys(schemes))("%s", (scheme) => {
  it("holds a variable everywhere or at one region, and the others are as if it were a constant of their equations", async () => {
    const everywhere = await statesOf(setupOf({ ...change(scheme), clamp: { x: 0.25 } }));
    for (const row of everywhere) expect([row[0], row[1]]).toEqual([0.25, 0.25]);
    expect(everywhere.at(-1)?.[2]).not.toBe(everywhere[0]?.[2]);
    const free = await statesOf(setupOf(change(scheme)));
    const partly = await statesOf(setupOf({ ...change(scheme), clamp: { x: Float64Array.of(NaN, 0.25) } }));
    partly.forEach((row, k) => {
      expect(row[1]).toBe(0.25);
      // The region next to it, without a link, is free.
      expect(Math.abs((row[0] ?? NaN) - (free[k]?.[0] ?? NaN))).toBeLessThan(1e-14);
      expect(Math.abs((row[3] ?? NaN) - (everywhere[k]?.[3] ?? NaN))).toBeLessThan(1e-14);
    });
  });
});

describe("a held variable in every stage", () => {
  it("gives the other's equation its value: y' = omega x with x held grows as a line, with every order", async () => {
    for (const scheme of ["heun", "rk4", "dop853", "ros2", "rush-larsen", "theta"]) {
      const rows = await statesOf(
        setupOf({
          ...change(scheme),
          noise: undefined,
          parameters: { a: 0.25 * 0.25, omega: 2 },
          clamp: { x: 0.25 },
          initial: { kind: "state", values: Float64Array.of(9, 9, 0, 0) },
          dtMs: 1e-3,
        }),
      );
      // (a - x² - y²) y is -y³ here.
      const t = 5e-3;
      expect(Math.abs((rows.at(-1)?.[2] ?? NaN) - 2 * 0.25 * t), scheme).toBeLessThan(1e-9);
    }
  });
});

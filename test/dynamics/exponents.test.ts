import { describe, expect, it } from "vitest";
import { kaplanYorke, lyapunovSpectrum } from "../../src/dynamics/lyapunov.js";
import { massFrom, lorenz } from "./models.js";

describe("Lyapunov exponents", () => {
  it("of Lorenz's equations are 0.906, 0 and -14.57 (Sprott 2003)", () => {
    const { exponents, errors, dimension } = lyapunovSpectrum(lorenz, { dtMs: 0.01, transientMs: 20, timeMs: 1500 });
    [0.9056, 0, -14.5723].forEach((wanted, k) => {
      expect(Math.abs((exponents[k] ?? NaN) - wanted)).toBeLessThan(0.025);
      expect(errors[k]).toBeLessThan(0.02);
    });
    // The sum is the divergence, at every point.
    expect(exponents.reduce((a, b) => a + b, 0)).toBeCloseTo(-(10 + 1 + 8 / 3), 3);
    expect(dimension).toBeCloseTo(2.062, 2);
  });

  it("of Rössler's equations are 0.0714, 0 and -5.394 (Sprott 2003)", () => {
    const mass = massFrom({ x: "-y - z", y: "x + 0.2 * y", z: "0.2 + z * (x - 5.7)" }, {}, [1, 2]);
    const { exponents } = lyapunovSpectrum(mass, { dtMs: 0.02, transientMs: 100, timeMs: 3000 });
    [0.0714, 0, -5.3943].forEach((wanted, k) => expect(Math.abs((exponents[k] ?? NaN) - wanted)).toBeLessThan(0.015));
  });

  it("of a linear flow are the real parts of its eigenvalues", () => {
    const mass = massFrom({ x: "-x + 3 * y", y: "-3 * x - y + z", z: "-2.5 * z" });
    const { exponents, dimension } = lyapunovSpectrum(mass, { dtMs: 0.01, transientMs: 10, timeMs: 100 });
    [-1, -1, -2.5].forEach((wanted, k) => expect(exponents[k]).toBeCloseTo(wanted, 2));
    expect(dimension).toBe(0);
  });

  it("of a limit cycle are 0 and that of its attraction: -2 mu for the Hopf normal form", () => {
    const mass = massFrom({ x: "x - 2 * y - x * (x^2 + y^2)", y: "2 * x + y - y * (x^2 + y^2)" });
    const { exponents } = lyapunovSpectrum(mass, { dtMs: 0.01, transientMs: 20, timeMs: 100 });
    expect(exponents[0]).toBeCloseTo(0, 6);
    expect(exponents[1]).toBeCloseTo(-2, 6);
  });

  it("of something that flies apart are refused", () => {
    expect(() => lyapunovSpectrum(massFrom({ x: "1 + x^2" }), { dtMs: 0.01, transientMs: 0, timeMs: 50 })).toThrow(
      /BLOWUP/,
    );
  });

  it("give Kaplan and Yorke's dimension", () => {
    expect(kaplanYorke([-1, -2])).toBe(0);
    expect(kaplanYorke([0, -2])).toBe(1);
    expect(kaplanYorke([0.9, 0, -14.5])).toBeCloseTo(2 + 0.9 / 14.5, 12);
    expect(kaplanYorke([1, 0.5])).toBe(2);
  });
});

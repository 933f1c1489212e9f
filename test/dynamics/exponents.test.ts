import { describe, expect, it } from "vitest";
import { kaplanYorke, lyapunovSpectrum } from "../../src/dynamics/lyapunov.js";
import { largestLyapunovExponent } from "../../src/dynamics/network-lyapunov.js";
import { copiesOf } from "../../src/dynamics/runs.js";
import { scanUpAndDown } from "../../src/dynamics/scan.js";
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

describe("the largest exponent of a network", () => {
  const lines = (mass: typeof lorenz, steps: number, dtMs: number) => ({
    ...copiesOf(mass, {}, [mass.names.map((_, k) => 1 + k / 3)], { dtMs, observe: mass.names }),
    transientSteps: Math.round(20 / dtMs),
    steps,
  });

  it("of one region is that of its mass: Lorenz's 0.906", async () => {
    const { largest } = await largestLyapunovExponent(lines(lorenz, 40000, 0.01));
    expect(Math.abs(largest - 0.9056)).toBeLessThan(0.06);
  });

  it("counts the history: x' = -x(t - delay) decays with Re w0 of Lambert's function", async () => {
    // One region that receives itself after 1 ms: lambda = W(-1) / 1 = -0.31813 (Corless et al. 1996).
    const mass = massFrom({ x: "0" });
    // The leading pair turns, so the distance breathes: that is lost in 200 ms.
    const setup = lines(mass, 20000, 0.01);
    const { largest } = await largestLyapunovExponent({
      ...setup,
      model: {
        ...mass.model,
        equations: { x: "-c" },
        inputs: { c: { unit: "1", about: "" } },
        sends: ["x"],
      },
      connectome: { ...setup.connectome, weights: Float64Array.of(1), tractLengths: Float64Array.of(1) },
      conductionSpeed: 1,
    });
    expect(largest).toBeCloseTo(-0.31813, 2);
  });
});

describe("a scan up and down", () => {
  it("stays on its branch until the fold: x' = h + x - x³ jumps at ±2 / √27", async () => {
    const mass = massFrom({ x: "h + x - x^3" }, { h: 0 });
    const values = Array.from({ length: 21 }, (_, k) => -1 + k / 10);
    const { up, down, hysteresis } = await scanUpAndDown({
      values,
      observe: "x",
      setupAt: (h) => ({
        ...copiesOf(mass, { h }, [[-1]], { dtMs: 0.05, observe: ["x"] }),
        transientSteps: 1500,
        steps: 20,
      }),
    });
    expect(hysteresis?.map((v) => Number(v.toFixed(6)))).toEqual([-0.3, 0.3]);
    for (const { value, mean } of [...up, ...down]) expect(value + mean - mean ** 3).toBeCloseTo(0, 6);
    expect([up[10]?.mean, down[10]?.mean].map((v) => Math.round((v ?? NaN) * 1e6) / 1e6)).toEqual([-1, 1]);
  });
});

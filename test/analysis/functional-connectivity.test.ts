import fc from "fast-check";
import { expect, test } from "vitest";
import { functionalConnectivity, upperTriangle } from "../../src/analysis/functional-connectivity.js";
import { Fault } from "../../src/core/fault.js";
import { golden, goldenSignals, relativeError, signals } from "./golden.js";

test("agrees with numpy.corrcoef, also with a large offset and a tiny scale", () => {
  const { matrix, samples, constant } = functionalConnectivity(goldenSignals);
  expect(relativeError(matrix, golden.corrcoef.flat())).toBeLessThan(1e-12);
  expect(samples).toBe(301);
  expect(constant).toEqual([]);
});

test("Fisher's z is atanh of r", () => {
  const { matrix } = functionalConnectivity(goldenSignals, { fisherZ: true });
  const z = golden.corrcoef.flat().map(Math.atanh);
  expect(matrix[0]).toBe(Infinity);
  expect(matrix[1]).toBeCloseTo(z[1] ?? NaN, 12);
});

test("constant regions are named and give NaN everywhere, others are untouched", () => {
  const result = functionalConnectivity(
    signals([
      [1, 2, 4],
      [0.1, 0.1, 0.1],
      [4, 2, 1],
    ]),
  );
  expect(result.constant).toEqual(["R1"]);
  for (const at of [1, 3, 4, 5, 7]) expect(result.matrix[at]).toBeNaN();
  expect(result.matrix[0]).toBe(1);
  // mean 7/3: deviations (-4, -1, 5)/3 and (5, -1, -4)/3, so r = -39/42
  expect(result.matrix[2]).toBeCloseTo(-39 / 42, 14);
  expect(upperTriangle(result.matrix, 3)).toHaveLength(1);
});

test("two samples are enough and give ±1; one is a fault", () => {
  expect(
    functionalConnectivity(
      signals([
        [0, 1],
        [5, 3],
      ]),
    ).matrix[1],
  ).toBeCloseTo(-1, 15);
  expect(() => functionalConnectivity(signals([[0], [1]]))).toThrow(Fault);
});

test("values that overflow when squared still correlate", () => {
  expect(
    functionalConnectivity(
      signals([
        [1e200, -1e200, 0],
        [2e200, -2e200, 0],
      ]),
    ).matrix[1],
  ).toBeCloseTo(1, 14);
  expect(
    functionalConnectivity(
      signals([
        [1e-200, -1e-200, 0],
        [2, -2, 0],
      ]),
    ).matrix[1],
  ).toBeCloseTo(1, 14);
});

test("a value that is not finite is a fault that names region and sample", () => {
  for (const bad of [NaN, Infinity])
    expect(() =>
      functionalConnectivity(
        signals([
          [1, 2, 3],
          [1, bad, 3],
        ]),
      ),
    ).toThrow(/sample 1 is[^]*region 1 \(R1\)/);
});

test("lies in [-1, 1], is symmetric, and ignores offset and positive scale", () => {
  const value = fc.double({ min: -100, max: 100, noNaN: true });
  const rows = fc.array(fc.array(value, { minLength: 8, maxLength: 8 }), { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(rows, fc.double({ min: 0.5, max: 2, noNaN: true }), value, (series, scale, offset) => {
      const a = functionalConnectivity(signals(series)).matrix;
      const n = series.length;
      const known = [...a.keys()].filter((k) => !Number.isNaN(a[k]));
      expect(known.filter((k) => Math.abs(a[k] ?? NaN) > 1)).toEqual([]);
      expect(known.filter((k) => a[k] !== a[(k % n) * n + Math.floor(k / n)])).toEqual([]);
      const spread = series.map((row) => Math.max(...row) - Math.min(...row));
      fc.pre(spread.every((s) => s > 1e-2));
      const moved = series.map((row) => row.map((x) => x * scale + offset));
      expect(relativeError(functionalConnectivity(signals(moved)).matrix, a)).toBeLessThan(1e-8);
    }),
  );
});

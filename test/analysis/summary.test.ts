import { expect, test } from "vitest";
import { pearson, spearman } from "../../src/analysis/correlation.js";
import { checkSignals, signalsOf } from "../../src/analysis/signals.js";
import { quantile, summarise, summariseRegions } from "../../src/analysis/summary.js";
import { ndarray } from "../../src/core/ndarray.js";
import { golden, goldenSignals, relativeError } from "./golden.js";

test("mean, std, min and max agree with NumPy", () => {
  const rows = summariseRegions(goldenSignals);
  for (const key of ["mean", "std", "min", "max"] as const)
    rows.forEach((row, k) => expect(relativeError([row[key]], [golden.summary[key][k] ?? NaN])).toBeLessThan(1e-12));
});

test.each(golden.quantiles)("quantile $q agrees with numpy.quantile", ({ q, value }) => {
  expect(quantile(golden.series[3] ?? [], q)).toBeCloseTo(value, 13);
});

test("pearson and spearman agree with SciPy, with ties", () => {
  const { a, b } = golden.ranks;
  expect(pearson(a, b)).toBeCloseTo(golden.ranks.pearson, 13);
  expect(spearman(a, b)).toBeCloseTo(golden.ranks.spearman, 13);
  expect(pearson([1, 1, 1], [1, 2, 3])).toBeNaN();
  expect(() => pearson([1], [1])).toThrow(/DATA/);
});

test("empty input is a fault, not NaN", () => {
  expect(() => summarise(new Float64Array())).toThrow(/DATA/);
});

test("signalsOf takes one variable apart by strides", () => {
  // [2 times, 2 variables, 3 regions]
  const recording = {
    variables: ["V", "W"],
    regions: ["a", "b", "c"],
    periodMs: 1,
    data: ndarray(Float32Array.of(1, 2, 3, 10, 20, 30, 4, 5, 6, 40, 50, 60), [2, 2, 3]),
  };
  expect(signalsOf(recording, "W").series.map((row) => [...row])).toEqual([
    [10, 40],
    [20, 50],
    [30, 60],
  ]);
  expect(signalsOf(recording, "V", 1).series[2]).toEqual(Float64Array.of(3));
  expect(() => signalsOf(recording, "v")).toThrow(/did you mean "V"/);
});

test("unequal lengths, labels and periods are faults", () => {
  const two = [Float64Array.of(1, 2), Float64Array.of(1)];
  expect(() => checkSignals({ regions: ["a", "b"], series: two, periodMs: 1 })).toThrow(/1 samples/);
  expect(() => checkSignals({ regions: ["a"], series: two, periodMs: 1 })).toThrow(/1 labels for 2/);
  for (const periodMs of [0, -1, NaN, Infinity])
    expect(() => checkSignals({ regions: [], series: [], periodMs })).toThrow(/sampling period/);
});

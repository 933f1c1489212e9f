import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluator } from "../../src/ir/evaluate.js";
import { graph, topological, type Expr } from "../../src/ir/graph.js";
import { gaussianQuad } from "../../src/ir/random/gaussian.js";
import { gaussianQuadGraph, type drawSymbols } from "../../src/ir/random/streams.js";
import type { Words } from "../../src/ir/random/threefry.js";

/** Box-Muller in f64 with the uniform numbers that the docstrings of gaussian.ts promise. */
function reference(first: number, second: number): [number, number] {
  const k = (first | 0) + 0.5;
  const logarithm = k > 0 ? Math.log(k / 2 ** 32) : Math.log1p(k / 2 ** 32);
  const radius = Math.sqrt(-2 * logarithm);
  const angle = ((second | 0) / 2 ** 31) * Math.PI;
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

function quadOfWords() {
  const made = graph();
  const word = (k: number): Expr => made.symbol(`w${k}`, "u32");
  const words: Words = [word(0), word(1), word(2), word(3)];
  const { inputs, outputs, registers, run } = evaluator(gaussianQuad(made, words), "f32");
  const slots = [0, 1, 2, 3].map((k) => inputs.get(`w${k}`) ?? 0);
  return (values: readonly number[]): number[] => {
    slots.forEach((slot, k) => (registers[slot] = values[k] ?? 0));
    run();
    return outputs.map((slot) => registers[slot] ?? NaN);
  };
}

const normals = quadOfWords();

/**
 * Largest error in units of the radius of its pair (1 for radii below 1): in f32 the product of radius and sine is off
 * in proportion.
 */
function worstError(values: readonly number[]): number {
  const got = normals(values);
  const [a = 0, b = 0, c = 0, d = 0] = values;
  const expected = [...reference(a, b), ...reference(c, d)];
  const radii = [Math.hypot(expected[0] ?? 0, expected[1] ?? 0), Math.hypot(expected[2] ?? 0, expected[3] ?? 0)];
  const errors = expected.map((truth, k) => Math.abs(truth - (got[k] ?? NaN)) / Math.max(1, radii[k >> 1] ?? 1));
  return Math.max(...errors);
}

// Ten roundings of f32 (6e-8 each): 1e-6 in all at a radius of 1.7 sigma.
const bound = 6e-7;

const edges = [
  0, 1, 2, 3, 0x7ffffffe, 0x7fffffff, 0x80000000, 0x80000001, 0xfffffffd, 0xfffffffe, 0xffffffff, 0x40000000,
  0xc0000000,
];

describe("Gaussian draws against Box-Muller in f64 of the same words", () => {
  it("are right to 6e-7 of the radius at the ends of both ranges", () => {
    for (const first of edges)
      for (const second of edges) expect(worstError([first, second, second, first])).toBeLessThan(bound);
  });

  it("are right to 6e-7 of the radius near u = 0 and u = 1, where a careless conversion loses bits", () => {
    for (let power = 0; power < 31; power++)
      for (const sign of [1, -1])
        for (const second of [0x12345678, 0x9abcdef0, 0x20000001])
          expect(worstError([(sign * 2 ** power) >>> 0, second, (sign * (2 ** power + 1)) >>> 0, second])).toBeLessThan(
            1e-6,
          );
  });

  it("are right to 6e-7 of the radius for any words", () => {
    const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), (words) => worstError(words) < bound),
      { seed: 1, numRuns: 50_000 },
    );
  });

  it("reach 6.7 sigma and no further", () => {
    const [furthest = NaN] = normals([0, 0, 0, 0]);
    expect(furthest).toBeCloseTo(Math.sqrt(2 * 33 * Math.LN2), 5);
  });

  it("cost at most 60 operations for each pair", () => {
    const made = graph();
    const word = (k: number): Expr => made.symbol(`w${k}`, "u32");
    const calls = topological(gaussianQuad(made, [word(0), word(1), word(2), word(3)])).filter(
      (node) => node.kind === "call",
    );
    expect(calls.length).toBeLessThanOrEqual(120);
  });
});

/** Standard normal distribution function, by its Taylor series; absolute error below 1e-13 for |x| < 7. */
function distribution(x: number): number {
  if (Math.abs(x) > 7) return x > 0 ? 1 : 0;
  let [term, sum] = [x, x];
  for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
    term *= (x * x) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

/** `count` normals of steps 0, 1, 2, ... with changes to the other words of the key and counter. */
function series(count: number, changes: Partial<Record<(typeof drawSymbols)[number], number>> = {}): Float64Array {
  const { inputs, outputs, registers, run } = evaluator(gaussianQuadGraph(graph()), "f32");
  const base = { "key.0": 7, "key.1": 0, "key.2": 2, "key.3": 0, "quad.hi": 0, node: 0, variable: 0, ...changes };
  for (const [name, value] of Object.entries(base)) registers[inputs.get(name) ?? 0] = value;
  const quad = inputs.get("quad.lo") ?? 0;
  const values = new Float64Array(count);
  for (let k = 0; k < count; k += 4) {
    registers[quad] = k / 4;
    run();
    outputs.forEach((slot, j) => (values[k + j] = registers[slot] ?? NaN));
  }
  return values;
}

const mean = (values: Float64Array, of: (x: number, k: number) => number): number => {
  let sum = 0;
  values.forEach((x, k) => (sum += of(x, k)));
  return sum / values.length;
};

describe("a million Gaussian draws (seed 7, bounds of four standard errors)", () => {
  const count = 1_000_000;
  const values = series(count);
  const sorted = values.toSorted();

  // Standard errors of the sample moments of a standard normal: sqrt of the variance of x^k over the count.
  it.each([
    [1, 0, 1],
    [2, 1, 2],
    [3, 0, 15],
    [4, 3, 96],
    [6, 15, 10170],
  ])("have the %i-th moment %i", (power, expected, variance) => {
    const moment = mean(values, (x) => x ** power);
    expect(Math.abs(moment - expected)).toBeLessThan(4 * Math.sqrt(variance / count));
  });

  it("follow the normal distribution (Kolmogorov-Smirnov)", () => {
    let distance = 0;
    sorted.forEach((x, k) => {
      const p = distribution(x);
      distance = Math.max(distance, Math.abs(p - k / count), Math.abs(p - (k + 1) / count));
    });
    // P(sqrt(N) D > 2.28) = 2 exp(-2 * 2.28^2) = 6e-5, that of four standard errors.
    expect(Math.sqrt(count) * distance).toBeLessThan(2.28);
    // A sample can also be too even: P(sqrt(N) D < 0.40) = 3e-3, P(< 0.33) is 6e-5.
    expect(Math.sqrt(count) * distance).toBeGreaterThan(0.33);
  });

  it.each([1, 2, 3, 4, 4.5])("fall beyond ±%f sigma as often as they should", (bound) => {
    const p = 2 * (1 - distribution(bound));
    const beyond = mean(values, (x) => (Math.abs(x) > bound ? 1 : 0));
    expect(Math.abs(beyond - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / count));
  });

  it.each([1, 2, 3, 4, 8, 1000])("do not correlate at lag %i, nor do their squares", (lag) => {
    const ahead = (k: number): number => values[(k + lag) % count] ?? NaN;
    expect(Math.abs(mean(values, (x, k) => x * ahead(k)))).toBeLessThan(4 / Math.sqrt(count));
    // (x^2 - 1)(y^2 - 1) has variance 4.
    expect(Math.abs(mean(values, (x, k) => (x * x - 1) * (ahead(k) ** 2 - 1)))).toBeLessThan(8 / Math.sqrt(count));
  });
});

describe("draws that differ in one part of the key or counter", () => {
  const count = 60_000;
  const base = series(count);
  it.each([
    ["seed", { "key.0": 8 }],
    ["seed beyond 32 bits", { "key.1": 1 }],
    ["stream", { "key.2": 1 }],
    ["run", { "key.3": 1 }],
    ["quad beyond 32 bits", { "quad.hi": 1 }],
    ["node", { node: 1 }],
    ["distant node", { node: 75 }],
    ["variable", { variable: 1 }],
  ] as const)("do not correlate: %s", (_, changes) => {
    const other = series(count, changes);
    const at = (k: number): number => other[k] ?? NaN;
    expect(mean(base, (x, k) => (x === at(k) ? 1 : 0))).toBeLessThan(1e-3);
    expect(Math.abs(mean(base, (x, k) => x * at(k)))).toBeLessThan(4 / Math.sqrt(count));
    expect(Math.abs(mean(base, (x, k) => (x * x - 1) * (at(k) ** 2 - 1)))).toBeLessThan(8 / Math.sqrt(count));
  });
});

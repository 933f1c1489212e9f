import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lower, trigonometricRange } from "../../src/ir/elementary/index.js";
import { evaluator } from "../../src/ir/evaluate.js";
import { graph, onlyPrimitives, topological, type Precision } from "../../src/ir/graph.js";
import { opShape, type Elementary } from "../../src/ir/ops.js";

const precisions: readonly Precision[] = ["f32", "f64"];

function compiled(name: Elementary, precision: Precision): (...values: number[]) => number {
  const made = graph();
  const args = opShape(name).args.map((_, k) => made.symbol(`x${k}`));
  const { inputs, outputs, registers, run } = evaluator(lower(graph(), [made.call(name, args)], precision), precision);
  const round = precision === "f32" ? Math.fround : (x: number) => x;
  return (...values) => {
    values.forEach((value, k) => (registers[inputs.get(`x${k}`) ?? 0] = round(value)));
    run();
    return registers[outputs[0] ?? 0] ?? NaN;
  };
}

const [inf, nan] = [Infinity, NaN];
const e = Math.E;

describe.each(precisions)("special values in %s", (precision) => {
  const least = precision === "f32" ? 2 ** -149 : 2 ** -1074;
  const largest = precision === "f32" ? 3.4028234663852886e38 : Number.MAX_VALUE;
  const round = precision === "f32" ? Math.fround : (x: number) => x;
  const table: Partial<Record<Elementary, readonly (readonly [number, number])[]>> = {
    exp: [
      [0, 1],
      [-0, 1],
      [inf, inf],
      [-inf, 0],
      [least, 1],
      [-least, 1],
      [largest, inf],
      [-largest, 0],
    ],
    expm1: [
      [0, 0],
      [-0, -0],
      [inf, inf],
      [-inf, -1],
      [least, least],
      [-least, -least],
      [3 * least, 3 * least],
      [largest, inf],
      [-largest, -1],
    ],
    log: [
      [1, 0],
      [0, -inf],
      [-0, -inf],
      [inf, inf],
      [-1, nan],
      [-inf, nan],
      [-least, nan],
    ],
    log1p: [
      [0, 0],
      [-0, -0],
      [-1, -inf],
      [inf, inf],
      [-2, nan],
      [-inf, nan],
      [least, least],
      [-least, -least],
    ],
    sin: [
      [0, 0],
      [-0, -0],
      [inf, nan],
      [-inf, nan],
      [least, least],
      [-least, -least],
    ],
    cos: [
      [0, 1],
      [-0, 1],
      [inf, nan],
      [-inf, nan],
      [least, 1],
    ],
    tan: [
      [0, 0],
      [-0, -0],
      [inf, nan],
      [-inf, nan],
      [least, least],
      [-least, -least],
    ],
    sinh: [
      [0, 0],
      [-0, -0],
      [inf, inf],
      [-inf, -inf],
      [least, least],
      [-3 * least, -3 * least],
      [largest, inf],
      [-largest, -inf],
    ],
    cosh: [
      [0, 1],
      [-0, 1],
      [inf, inf],
      [-inf, inf],
      [least, 1],
      [largest, inf],
    ],
    tanh: [
      [0, 0],
      [-0, -0],
      [inf, 1],
      [-inf, -1],
      [least, least],
      [-3 * least, -3 * least],
      [largest, 1],
      [-largest, -1],
      [30, 1],
    ],
    logistic: [
      [0, 0.5],
      [-0, 0.5],
      [inf, 1],
      [-inf, 0],
      [least, 0.5],
      [largest, 1],
      [-largest, 0],
    ],
    invexprel: [
      [0, 1],
      [-0, 1],
      [inf, inf],
      [-inf, 0],
      [least, 1],
      [-least, 1],
      [largest, largest],
      [-largest, 0],
    ],
    erf: [
      [0, 0],
      [-0, -0],
      [inf, 1],
      [-inf, -1],
      [least, least],
      [-least, -least],
      [largest, 1],
      [-30, -1],
    ],
    erfc: [
      [0, 1],
      [-0, 1],
      [inf, 0],
      [-inf, 2],
      [least, 1],
      [largest, 0],
      [-largest, 2],
      [30, 0],
    ],
    atan: [
      [0, 0],
      [-0, -0],
      [inf, round(Math.PI / 2)],
      [-inf, round(-Math.PI / 2)],
      [1, round(Math.PI / 4)],
      [-1, round(-Math.PI / 4)],
      [least, least],
      [-least, -least],
      [largest, round(Math.PI / 2)],
    ],
    asin: [
      [0, 0],
      [-0, -0],
      [1, round(Math.PI / 2)],
      [-1, round(-Math.PI / 2)],
      [least, least],
      [-least, -least],
      [1.5, nan],
      [-1.5, nan],
      [inf, nan],
      [-inf, nan],
    ],
    acos: [
      [0, round(Math.PI / 2)],
      [1, 0],
      [-1, round(Math.PI)],
      [least, round(Math.PI / 2)],
      [1.5, nan],
      [-1.5, nan],
      [inf, nan],
      [-inf, nan],
    ],
    cbrt: [
      [0, 0],
      [-0, -0],
      [inf, inf],
      [-inf, -inf],
      [1, 1],
      [-8, -2],
      [27, 3],
      [1000, 10],
      [-(2 ** 99), -(2 ** 33)],
      [2 ** -120, 2 ** -40],
      [8 * least, round(Math.cbrt(8 * least))],
    ],
  };
  const rows = Object.entries(table).flatMap(([name, pairs]) =>
    [...pairs, [nan, nan] as const].map(([x, y]) => ({ name: name as Elementary, x, y })),
  );
  it.each(rows)("$name($x) = $y", ({ name, x, y }) => {
    expect(compiled(name, precision)(x)).toBe(y);
  });

  // C99 F.9.4.4 and IEEE 754-2019 9.2.1.
  const half = 0.5;
  it.each([
    [0, -3, inf],
    [-0, -3, -inf],
    [0, -2, inf],
    [-0, -2, inf],
    [-0, -2.5, inf],
    [0, -inf, inf],
    [-0, -inf, inf],
    [0, 3, 0],
    [-0, 3, -0],
    [0, 2.5, 0],
    [-0, 2.5, 0],
    [-0, 2, 0],
    [-0, inf, 0],
    [-1, inf, 1],
    [-1, -inf, 1],
    [1, nan, 1],
    [1, inf, 1],
    [1, -inf, 1],
    [1, 5.5, 1],
    [-1, 3, -1],
    [-1, 4, 1],
    [nan, 0, 1],
    [nan, -0, 1],
    [inf, 0, 1],
    [-inf, -0, 1],
    [0, 0, 1],
    [-2, 0, 1],
    [-2, half, nan],
    [-2, 1.5, nan],
    [-e, -0.1, nan],
    [-1, half, nan],
    [half, -inf, inf],
    [-half, -inf, inf],
    [2, -inf, 0],
    [-2, -inf, 0],
    [half, inf, 0],
    [-half, inf, 0],
    [2, inf, inf],
    [-2, inf, inf],
    [-inf, -3, -0],
    [-inf, -2, 0],
    [-inf, -2.5, 0],
    [-inf, 3, -inf],
    [-inf, 2, inf],
    [-inf, 2.5, inf],
    [inf, -1, 0],
    [inf, 1, inf],
    [inf, half, inf],
    [inf, -inf, 0],
    [inf, inf, inf],
    [nan, 1, nan],
    [2, nan, nan],
    [-1, nan, nan],
    [nan, nan, nan],
    [0, nan, nan],
    [inf, nan, nan],
    [-2, 2 ** 60, inf],
    [-2, -(2 ** 60), 0],
    [-2, 3, -8],
    [-2, -3, -0.125],
    [2, 10, 1024],
    [4, half, 2],
    [10, 3, 1000],
    [3, 5, 243],
  ])("pow(%d, %d) = %d", (x, y, z) => {
    expect(compiled("pow", precision)(x, y)).toBe(z);
  });

  it("takes powers to their ends: the least denormal, the largest number, and beyond", () => {
    const pow = compiled("pow", precision);
    const bits = precision === "f32" ? 149 : 1074;
    const top = precision === "f32" ? 127 : 1023;
    expect(pow(2, -bits)).toBe(least);
    expect(pow(-2, -bits)).toBe(precision === "f32" ? -least : least);
    expect(pow(2, -bits - 2)).toBe(0);
    expect(pow(2, top)).toBe(2 ** top);
    expect(pow(2, top + 1)).toBe(Infinity);
    expect(pow(least, 1)).toBe(least);
    expect(pow(largest, 1)).toBe(largest);
    expect(pow(largest, largest)).toBe(Infinity);
    expect(pow(largest, -largest)).toBe(0);
    expect(pow(1 + 2 ** -20, -largest)).toBe(0);
    expect(pow(1.5, least)).toBe(1);
  });

  it("returns the sine of a number near x well beyond the promised range, and NaN for infinities", () => {
    const far = precision === "f32" ? 2 ** 19 : 2 ** 45;
    const sin = compiled("sin", precision);
    const spacing = precision === "f32" ? 2 ** -4 : 2 ** -7;
    // Within three spacings of floats around x.
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (k) => {
        const x = far + k * spacing;
        return Math.abs(sin(x) - Math.sin(x)) < 3 * spacing;
      }),
      { seed: 4 },
    );
    expect(trigonometricRange[precision]).toBeGreaterThan(1e5);
  });

  it("keeps sine and cosine inside [-1, 1] up to a rounding within the range", () => {
    const [sin, cos] = [compiled("sin", precision), compiled("cos", precision)];
    const unit = precision === "f32" ? 2 ** -23 : 2 ** -52;
    const range = trigonometricRange[precision];
    const argument = fc.double({ min: -range, max: range, noNaN: true });
    fc.assert(
      fc.property(argument, (x) => Math.abs(sin(x)) <= 1 + unit && Math.abs(cos(x)) <= 1 + unit && sin(-x) === -sin(x)),
      { seed: 5, numRuns: 2000 },
    );
  });

  it("keeps logistic in [0, 1], rising over any tenth, and tanh odd and in [-1, 1]", () => {
    const [logistic, tanh] = [compiled("logistic", precision), compiled("tanh", precision)];
    const unit = precision === "f32" ? 2 ** -23 : 2 ** -52;
    fc.assert(
      fc.property(fc.double({ min: -100, max: 100, noNaN: true }), (x) => {
        const [here, ahead] = [logistic(x), logistic(x + 0.1)];
        const rises = ahead >= here * (1 - 2 * unit) && here >= 0 && ahead <= 1;
        return rises && Object.is(tanh(-x), -tanh(x)) && Math.abs(tanh(x)) <= 1;
      }),
      { seed: 6, numRuns: 2000 },
    );
  });
});

describe.each(precisions)("identities in %s", (precision) => {
  const unit = precision === "f32" ? 2 ** -23 : 2 ** -52;
  const of = (name: Elementary) => compiled(name, precision);
  const round = precision === "f32" ? Math.fround : (x: number) => x;

  it("erf and erfc sum to 1, are odd about 0 and 1, and do not rise", () => {
    const [erf, erfc] = [of("erf"), of("erfc")];
    fc.assert(
      fc.property(fc.double({ min: -12, max: 12, noNaN: true }), (x) => {
        const complementary =
          Math.abs(erf(x) + erfc(x) - 1) <= 2 * unit && Math.abs(erfc(-x) + erfc(x) - 2) <= 4 * unit;
        return complementary && Object.is(erf(-x), -erf(x)) && erfc(x + 0.01) <= erfc(x) && Math.abs(erf(x)) <= 1;
      }),
      { seed: 7, numRuns: 2000 },
    );
  });

  it("asin and acos are complementary, invert sine and cosine, and stay within their angles", () => {
    const [asin, acos, sin] = [of("asin"), of("acos"), of("sin")];
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (x) => {
        const sum = Math.abs(asin(x) + acos(x) - Math.PI / 2) <= 3 * unit;
        const inside = Math.abs(asin(x)) <= round(Math.PI / 2) && acos(x) >= 0 && acos(x) <= round(Math.PI);
        return sum && inside && Object.is(asin(-x), -asin(x)) && Math.abs(sin(asin(x)) - round(x)) <= 2 * unit;
      }),
      { seed: 8, numRuns: 2000 },
    );
  });

  it("the cube root cubed is the number, and the root of a cube is exact", () => {
    const cbrt = of("cbrt");
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: -200, max: 200 }), (x, n) => {
        const number = round(x);
        const small = Math.abs(number) < 2 ** -100;
        return (small || Math.abs(cbrt(x) ** 3 / number - 1) <= 4 * unit) && cbrt(n ** 3) === n;
      }),
      { seed: 9, numRuns: 2000 },
    );
  });
});

describe("lowering", () => {
  it("rewrites nested calls, keeps everything else, and leaves primitives only", () => {
    const made = graph();
    const [x, y] = [made.symbol("x"), made.symbol("y")];
    const inner = made.call("tanh", [made.mul(x, y)]);
    const output = made.add(made.call("exp", [inner]), made.select(made.call("lt", [x, y]), inner, made.constant(-0)));
    const lowered = lower(graph(), [output, inner], "f64");
    expect(onlyPrimitives(lowered)).toBe(true);
    const { inputs, outputs, registers, run } = evaluator(lowered, "f64");
    registers[inputs.get("x") ?? 0] = 0.5;
    registers[inputs.get("y") ?? 0] = 0.75;
    run();
    const [a = NaN, b = NaN] = outputs.map((slot) => registers[slot]);
    expect(b).toBeCloseTo(Math.tanh(0.375), 14);
    expect(a).toBeCloseTo(Math.exp(b) + b, 14);
  });

  // The innermost loops pay for every operation: raising a budget is a decision.
  it.each([
    ["exp", 25, 37],
    ["expm1", 29, 41],
    ["log", 37, 45],
    ["log1p", 41, 49],
    ["sin", 35, 37],
    ["cos", 35, 38],
    ["tan", 44, 54],
    ["sinh", 43, 63],
    ["cosh", 30, 42],
    ["tanh", 33, 45],
    ["pow", 196, 216],
    ["logistic", 24, 36],
    ["invexprel", 34, 46],
    ["erf", 141, 191],
    ["erfc", 143, 193],
    ["atan", 33, 49],
    ["asin", 37, 53],
    ["acos", 32, 48],
    ["cbrt", 45, 53],
  ] as const)("%s costs at most %i operations in f32, %i in f64", (name, single, double) => {
    for (const [precision, budget] of [
      ["f32", single],
      ["f64", double],
    ] as const) {
      const made = graph();
      const call = made.call(
        name,
        opShape(name).args.map((_, k) => made.symbol(`x${k}`)),
      );
      const nodes = topological(lower(graph(), [call], precision)).filter((node) => node.kind === "call");
      expect(nodes.length).toBeLessThanOrEqual(budget);
    }
  });
});

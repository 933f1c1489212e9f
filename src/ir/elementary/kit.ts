import { fault } from "../../core/fault.js";
import type { Expr, Graph, Lowering, Precision } from "../graph.js";
import * as coefficients from "./coefficients.js";

/** Facts of a float format that the functions need. */
interface Format {
  readonly coefficients: typeof coefficients.f32 | typeof coefficients.f64;
  /** Smallest normal number. */
  readonly tiny: number;
  /** Bits of the significand; denormals times 2^bits are normal. */
  readonly bits: number;
  /** Veltkamp's constant: 2^ceil(bits / 2) + 1 cuts a significand into two halves whose products are exact. */
  readonly splitter: number;
  /** exp is infinite from `overflow` on, and 0 up to `underflow`; a little beyond the exact bounds. */
  readonly overflow: number;
  readonly underflow: number;
  /** sinh and cosh are infinite from here on; below 129.5 ln 2 in f32, 1025.5 ln 2 in f64. */
  readonly hyperbolicOverflow: number;
  /** The float nearest to ln 2, and what it lacks. */
  readonly nearestLn2: { readonly high: number; readonly low: number };
  /** The float nearest to pi/2, and what it lacks. */
  readonly nearestHalfPi: readonly [number, number];
  /** The centre of the variable of erfc's polynomial, and a number whose erfc is 0. */
  readonly erfc: { readonly centre: number; readonly last: number };
  /** exp(-negligible) vanishes beside 1. */
  readonly negligible: number;
  /** exp(8 - underflow) / 2^shift is finite, and exp(-negligible) / 2^shift is far from denormal. */
  readonly shift: number;
}

const formats: Readonly<Record<Precision, Format>> = {
  f32: {
    coefficients: coefficients.f32,
    tiny: 2 ** -126,
    bits: 24,
    splitter: 2 ** 12 + 1,
    overflow: 89,
    underflow: -104,
    hyperbolicOverflow: 89.5,
    nearestLn2: { high: 0.6931471824645996, low: -1.904654323148236e-9 },
    nearestHalfPi: [1.5707963705062866, -4.371138828673793e-8],
    erfc: { centre: 2.5, last: 10.1 },
    negligible: 18,
    shift: 40,
  },
  f64: {
    coefficients: coefficients.f64,
    tiny: 2 ** -1022,
    bits: 53,
    splitter: 2 ** 27 + 1,
    overflow: 710,
    underflow: -746,
    hyperbolicOverflow: 710.6,
    nearestLn2: { high: Math.LN2, low: 2.3190468138462996e-17 },
    nearestHalfPi: [Math.PI / 2, 6.123233995736766e-17],
    erfc: { centre: 4, last: 27.3 },
    negligible: 40,
    shift: 80,
  },
};

/** A {@link Graph} with a method for each primitive, and the format of a precision. */
export interface Kit extends Graph {
  readonly format: Format;
  readonly c: Format["coefficients"];
  readonly abs: (a: Expr) => Expr;
  readonly floor: (a: Expr) => Expr;
  readonly nearest: (a: Expr) => Expr;
  readonly pow2: (a: Expr) => Expr;
  /** `b < a ? b : a`: a NaN in `a` survives. */
  readonly atMost: (a: Expr, bound: number) => Expr;
  readonly atLeast: (a: Expr, bound: number) => Expr;
  readonly copysign: (a: Expr, b: Expr) => Expr;
  readonly lt: (a: Expr, b: Expr) => Expr;
  readonly gt: (a: Expr, b: Expr) => Expr;
  readonly eq: (a: Expr, b: Expr) => Expr;
  readonly ne: (a: Expr, b: Expr) => Expr;
  /** a * factor, for a constant. */
  readonly times: (a: Expr, factor: number) => Expr;
  /** a + summand, for a constant. */
  readonly plus: (a: Expr, summand: number) => Expr;
}

export function kit(graph: Graph, precision: Precision): Kit {
  const { call, constant } = graph;
  const format = formats[precision];
  return {
    ...graph,
    format,
    c: format.coefficients,
    abs: (a) => call("abs", [a]),
    floor: (a) => call("floor", [a]),
    nearest: (a) => call("nearest", [a]),
    pow2: (a) => call("pow2", [a]),
    atMost: (a, bound) => call("min", [a, constant(bound)]),
    atLeast: (a, bound) => call("max", [a, constant(bound)]),
    copysign: (a, b) => call("copysign", [a, b]),
    lt: (a, b) => call("lt", [a, b]),
    gt: (a, b) => call("gt", [a, b]),
    eq: (a, b) => call("eq", [a, b]),
    ne: (a, b) => call("ne", [a, b]),
    times: (a, factor) => call("mul", [a, constant(factor)]),
    plus: (a, summand) => call("add", [a, constant(summand)]),
  };
}

/** Makes the {@link Lowering} of a function of one argument. */
export const unary =
  (lowering: (kit: Kit, x: Expr) => Expr): Lowering =>
  (graph, [x], precision) => {
    if (x === undefined) throw fault("BUG", "an elementary function lacks its argument");
    return lowering(kit(graph, precision), x);
  };

/** x - n (pieces[0] + pieces[1] + ...): Cody-Waite, exact as long as n times each piece but the last is. */
export const reduce = ({ sub, times }: Kit, x: Expr, n: Expr, pieces: readonly number[]): Expr =>
  pieces.reduce((rest, piece) => sub(rest, times(n, piece)), x);

/** a * 2^n for n beyond the normal exponents too, rounded once: two scalings, the first exact. */
export function scaleTwice(kit: Kit, a: Expr, n: Expr): Expr {
  const half = kit.floor(kit.times(n, 0.5));
  return kit.mul(kit.mul(a, kit.pow2(half)), kit.pow2(kit.sub(n, half)));
}

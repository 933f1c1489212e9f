import { flowOf, type Flow } from "./flow.js";
import { determinantSign, dot, factorise, norm, nullVector, solveFactored, unit } from "./linear.js";
import type { Mass } from "./mass.js";

/**
 * The curve f(x, p) = 0 in coordinates u = (x, p) / scale, in which lengths along the curve are measured.
 */
export interface Curve {
  /** Number of coordinates: state variables and the parameter, which is the last. */
  readonly size: number;
  readonly scale: Float64Array;
  readonly flow: Flow;
  /**
   * The point of the curve in the plane through `guess` across `normal`, by Newton's method; undefined when it does not
   * converge quickly or only far away.
   */
  readonly correct: (guess: Float64Array, normal: Float64Array, reach: number) => Corrected | undefined;
  /** The unit tangent that goes the way of `along`, and the sign of the determinant that changes at branch points. */
  readonly tangent: (u: Float64Array, along: Float64Array) => { readonly tangent: Float64Array; readonly sign: number };
  /** A direction in which another branch may leave a branch point, across `tangent`. */
  readonly across: (u: Float64Array, tangent: Float64Array) => Float64Array;
  /** The Jacobian by the state variables. */
  readonly stateJacobian: (u: Float64Array) => Float64Array;
}

export interface Corrected {
  readonly u: Float64Array;
  readonly iterations: number;
}

export function curveOf(mass: Mass, parameter: string, scale: Float64Array): Curve {
  const flow = flowOf(mass, parameter);
  const n = flow.size;
  const size = n + 1;
  const natural = (u: Float64Array) => u.map((v, k) => v * (scale[k] as number));
  /** [df/du; row], square. */
  const bordered = (u: Float64Array, row: Float64Array): Float64Array => {
    const matrix = new Float64Array(size * size);
    flow.jacobian(natural(u)).forEach((v, k) => (matrix[k] = v * (scale[k % size] as number)));
    // Rows of equal size: the border would else be lost beside steep equations.
    for (let i = 0; i < n; i++) {
      const length = norm(matrix.subarray(i * size, (i + 1) * size)) || 1;
      for (let j = 0; j < size; j++) matrix[i * size + j] = (matrix[i * size + j] as number) / length;
    }
    matrix.set(row, n * size);
    return matrix;
  };
  const lengths = (u: Float64Array): Float64Array => {
    const jacobian = flow.jacobian(natural(u));
    return Float64Array.from({ length: n }, (_, i) => {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += ((jacobian[i * size + j] as number) * (scale[j] as number)) ** 2;
      return Math.sqrt(sum) || 1;
    });
  };
  const correct: Curve["correct"] = (guess, normal, reach) => {
    let u = guess;
    for (let iterations = 1; iterations <= 10; iterations++) {
      const weights = lengths(u);
      const residual = new Float64Array(size);
      flow.derivative(natural(u)).forEach((v, i) => (residual[i] = v / (weights[i] as number)));
      residual[n] = dot(
        normal,
        u.map((v, k) => v - (guess[k] as number)),
      );
      const step = solveFactored(factorise(bordered(u, normal), size), residual);
      if (!step.every(Number.isFinite)) return undefined;
      u = u.map((v, k) => v - (step[k] as number));
      if (norm(u.map((v, k) => v - (guess[k] as number))) > reach) return undefined;
      if (norm(step) <= 1e-12 * (1 + norm(u))) return { u, iterations };
    }
    return undefined;
  };
  return {
    size,
    scale,
    flow,
    correct,
    tangent: (u, along) => {
      const right = new Float64Array(size);
      right[n] = 1;
      const solution = solveFactored(factorise(bordered(u, along), size), right);
      const tangent = solution.every(Number.isFinite) ? unit(solution) : along;
      return { tangent, sign: determinantSign(factorise(bordered(u, tangent), size)) };
    },
    across: (u, tangent) => nullVector(bordered(u, tangent), size),
    stateJacobian: (u) => flow.jacobian(natural(u)).filter((_, k) => k % size !== n),
  };
}

import type { Complex } from "./eigenvalues.js";

export type StabilityClass =
  | "stable node"
  | "stable focus"
  | "unstable node"
  | "unstable focus"
  | "saddle"
  | "saddle-focus"
  | "centre"
  | "non-hyperbolic";

export interface Stability {
  readonly class: StabilityClass;
  readonly stable: boolean;
  /** Dimension of the unstable manifold: eigenvalues with a positive real part. */
  readonly unstable: number;
}

/**
 * Names of the field: node = all eigenvalues real, focus = the ones nearest to the imaginary axis form a pair; a saddle
 * has both signs, a saddle-focus with a pair nearest to the axis on either side. An eigenvalue on the axis (relative to the
 * largest: 1e-9) makes a point non-hyperbolic, in the plane a centre when it is a pair: then linear theory does not decide.
 */
export function stabilityOf(eigenvalues: readonly Complex[]): Stability {
  const size = Math.max(...eigenvalues.map(({ re, im }) => Math.hypot(re, im)));
  const onAxis = eigenvalues.filter(({ re }) => Math.abs(re) <= 1e-9 * size);
  const unstable = eigenvalues.filter(({ re }) => re > 1e-9 * size);
  const decaying = eigenvalues.filter(({ re }) => re < -1e-9 * size);
  const named = (name: StabilityClass): Stability => ({
    class: name,
    stable: name === "stable node" || name === "stable focus",
    unstable: unstable.length,
  });
  if (onAxis.length > 0 || eigenvalues.length === 0)
    return named(eigenvalues.length === 2 && onAxis.length === 2 && onAxis[0]?.im !== 0 ? "centre" : "non-hyperbolic");
  // Sorted by falling real part: the slowest are the last that grow and the first that decay.
  const turning = (z: Complex | undefined) => z !== undefined && z.im !== 0;
  const [outward, inward] = [turning(unstable.at(-1)), turning(decaying[0])];
  if (unstable.length === 0) return named(inward ? "stable focus" : "stable node");
  if (decaying.length === 0) return named(outward ? "unstable focus" : "unstable node");
  return named(outward || inward ? "saddle-focus" : "saddle");
}

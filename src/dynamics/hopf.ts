import type { Complex } from "./eigenvalues.js";
import { directionalDerivatives, flowOf } from "./flow.js";
import { dot, nullVector, solve, transpose, unit } from "./linear.js";
import type { Mass } from "./mass.js";

export interface Hopf {
  /** Of the cycle that is born, in Hz: 1 unit of a dimensionless model's time counts as 1 ms. */
  readonly frequencyHz: number;
  /** First Lyapunov coefficient with |q| = 1 (Kuznetsov, Elements of Applied Bifurcation Theory, eq. 5.62). */
  readonly firstLyapunovCoefficient: number;
  /** Supercritical: a stable cycle (within the centre manifold) surrounds the point where it is unstable. */
  readonly criticality: "supercritical" | "subcritical" | "degenerate";
}

/** Real and imaginary part of a complex vector. */
interface Vector {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** @param pair the eigenvalue on the imaginary axis, with positive imaginary part */
export function hopfOf(mass: Mass, state: ArrayLike<number>, pair: Complex): Hopf {
  const omega = pair.im;
  const n = mass.names.length;
  const a = flowOf(mass).jacobian(state);
  const { second, third } = directionalDerivatives(mass);
  const q = eigenvector(a, n, omega);
  const p = normalised(eigenvector(transpose(a, n), n, -omega), q);
  // B and C are linear in each direction, so those of complex directions are sums of real ones.
  const [aa, ab, bb] = [second(state, q.re, q.re), second(state, q.re, q.im), second(state, q.im, q.im)];
  const plus = aa.map((v, k) => v + (bb[k] as number));
  const minus: Vector = { re: aa.map((v, k) => v - (bb[k] as number)), im: ab.map((v) => 2 * v) };
  const c: Vector = {
    re: sum(third(state, q.re, q.re, q.re), third(state, q.re, q.im, q.im)),
    im: sum(third(state, q.re, q.re, q.im), third(state, q.im, q.im, q.im)),
  };
  const mean = solve(a, plus);
  const viaMean: Vector = { re: second(state, q.re, mean), im: second(state, q.im, mean) };
  const double = solveShifted(a, n, 2 * omega, minus);
  // B(conj q, double)
  const viaDouble: Vector = {
    re: sum(second(state, q.re, double.re), second(state, q.im, double.im)),
    im: sum(
      second(state, q.re, double.im),
      second(state, q.im, double.re).map((v) => -v),
    ),
  };
  const terms = [product(p, c), -2 * product(p, viaMean), product(p, viaDouble)];
  const first = terms.reduce((x, y) => x + y, 0) / (2 * omega);
  const size = terms.reduce((x, y) => x + Math.abs(y), 0) / (2 * omega);
  return {
    frequencyHz: (1000 * omega) / (2 * Math.PI),
    firstLyapunovCoefficient: first,
    criticality: !(Math.abs(first) > 1e-8 * size) ? "degenerate" : first < 0 ? "supercritical" : "subcritical",
  };
}

const sum = (a: Float64Array, b: Float64Array): Float64Array => a.map((v, k) => v + (b[k] as number));

/** Re <p, v>, conjugate in p. */
const product = (p: Vector, v: Vector): number => dot(p.re, v.re) + dot(p.im, v.im);

/** The unit vector v with A v = i omega v: A re + omega im = 0, A im - omega re = 0. */
function eigenvector(a: Float64Array, n: number, omega: number): Vector {
  const v = unit(nullVector(blocks(a, n, omega), 2 * n));
  return { re: v.slice(0, n), im: v.slice(n) };
}

/** [[A, omega], [-omega, A]] */
function blocks(a: Float64Array, n: number, omega: number): Float64Array {
  const m = new Float64Array(4 * n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) m[i * 2 * n + j] = m[(n + i) * 2 * n + n + j] = a[i * n + j] as number;
    m[i * 2 * n + n + i] = omega;
    m[(n + i) * 2 * n + i] = -omega;
  }
  return m;
}

/** x of (i omega - A) x = b. */
function solveShifted(a: Float64Array, n: number, omega: number, b: Vector): Vector {
  const x = solve(
    blocks(
      a.map((v) => -v),
      n,
      -omega,
    ),
    [...b.re, ...b.im],
  );
  return { re: x.slice(0, n), im: x.slice(n) };
}

/** p / conj <p, q>, so that <p, q> = 1. */
function normalised(p: Vector, q: Vector): Vector {
  const re = product(p, q);
  const im = dot(p.re, q.im) - dot(p.im, q.re);
  const square = re * re + im * im;
  // 1 / (re - i im) = (re + i im) / square
  return {
    re: p.re.map((v, k) => (v * re - (p.im[k] as number) * im) / square),
    im: p.re.map((v, k) => (v * im + (p.im[k] as number) * re) / square),
  };
}

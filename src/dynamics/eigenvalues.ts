import { fault } from "../core/fault.js";

export interface Complex {
  readonly re: number;
  readonly im: number;
}

const at = (a: Float64Array, k: number): number => a[k] as number;

/**
 * Eigenvalues of a real square matrix, row-major, by falling real part; of a pair, the one with positive imaginary part first.
 * Balanced (Parlett, Reinsch 1969), brought to Hessenberg form by elimination, then Francis's double-shift QR
 * (Golub, Van Loan, Matrix Computations, 7.4 and 7.5).
 * @throws Fault DATA when an element is not finite
 */
export function eigenvalues(matrix: Float64Array): Complex[] {
  const n = Math.round(Math.sqrt(matrix.length));
  if (!matrix.every(Number.isFinite)) throw fault("DATA", "a matrix without finite elements has no eigenvalues");
  const largest = matrix.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
  if (largest === 0) return Array.from({ length: n }, () => ({ re: 0, im: 0 }));
  // Products of what lies 100 orders below the largest would underflow.
  const scale = 2 ** Math.max(-1000, Math.min(1000, Math.floor(Math.log2(largest))));
  const h = matrix.map((v) => (Math.abs(v / scale) < 1e-100 ? 0 : v / scale));
  balance(h, n);
  toHessenberg(h, n);
  return francis(h, n)
    .map(({ re, im }) => ({ re: re * scale, im: im * scale }))
    .sort((a, b) => b.re - a.re || b.im - a.im);
}

/** Scales rows and columns by powers of two until their norms are alike: exact, and it undoes mixtures of units. */
function balance(a: Float64Array, n: number): void {
  for (let changed = true; changed;) {
    changed = false;
    for (let i = 0; i < n; i++) {
      let [row, column] = [0, 0];
      for (let j = 0; j < n; j++)
        if (j !== i) {
          row += Math.abs(at(a, i * n + j));
          column += Math.abs(at(a, j * n + i));
        }
      if (row === 0 || column === 0) continue;
      const power = Math.round(Math.log2(row / column) / 2);
      const factor = 2 ** power;
      if (power === 0 || !Number.isFinite(factor) || row / factor + column * factor >= 0.95 * (row + column)) continue;
      for (let j = 0; j < n; j++) a[i * n + j] = at(a, i * n + j) / factor;
      for (let j = 0; j < n; j++) a[j * n + i] = at(a, j * n + i) * factor;
      changed = true;
    }
  }
}

/** A similar matrix without elements below the first subdiagonal. */
function toHessenberg(a: Float64Array, n: number): void {
  for (let m = 1; m < n - 1; m++) {
    let pivot = m;
    for (let i = m + 1; i < n; i++) if (Math.abs(at(a, i * n + m - 1)) > Math.abs(at(a, pivot * n + m - 1))) pivot = i;
    const divisor = at(a, pivot * n + m - 1);
    if (divisor === 0) continue;
    if (pivot !== m) {
      for (let j = 0; j < n; j++) swap(a, pivot * n + j, m * n + j);
      for (let j = 0; j < n; j++) swap(a, j * n + pivot, j * n + m);
    }
    for (let i = m + 1; i < n; i++) {
      const factor = at(a, i * n + m - 1) / divisor;
      if (factor === 0) continue;
      for (let j = 0; j < n; j++) a[i * n + j] = at(a, i * n + j) - factor * at(a, m * n + j);
      for (let j = 0; j < n; j++) a[j * n + m] = at(a, j * n + m) + factor * at(a, j * n + i);
      a[i * n + m - 1] = 0;
    }
  }
}

function swap(a: Float64Array, i: number, j: number): void {
  const kept = at(a, i);
  a[i] = at(a, j);
  a[j] = kept;
}

/** Deflates single roots and pairs from the end of a Hessenberg matrix until nothing is left. */
function francis(h: Float64Array, n: number): Complex[] {
  const found: Complex[] = [];
  const get = (i: number, j: number): number => at(h, i * n + j);
  let size = 0;
  for (let i = 0; i < n; i++) for (let j = Math.max(0, i - 1); j < n; j++) size += Math.abs(get(i, j));
  let end = n - 1;
  for (let sweeps = 0; end >= 0;) {
    let start = end;
    for (; start > 0; start--) {
      const local = Math.abs(get(start - 1, start - 1)) + Math.abs(get(start, start));
      const below = Math.abs(get(start, start - 1));
      if (below <= Number.EPSILON * (local === 0 ? size : local) || below <= 1e-60 * size) break;
    }
    if (start === end) found.push({ re: get(end, end), im: 0 });
    else if (start === end - 1) found.push(...pair(get(start, start), get(start, end), get(end, start), get(end, end)));
    if (start >= end - 1) {
      end = start - 1;
      sweeps = 0;
      continue;
    }
    // Every tenth sweep an odd shift, for matrices that the usual one leaves as they are.
    if (++sweeps > 300) throw fault("BUG", "the eigenvalues of a matrix were not found");
    const odd = sweeps % 10 === 0 ? Math.abs(get(end, end - 1)) + Math.abs(get(end - 1, end - 2)) : undefined;
    const trace = odd === undefined ? get(end - 1, end - 1) + get(end, end) : 1.5 * odd;
    const product =
      odd === undefined ? get(end - 1, end - 1) * get(end, end) - get(end - 1, end) * get(end, end - 1) : odd * odd;
    sweep(h, n, start, end, trace, product);
  }
  return found;
}

/** One implicit double shift on rows start … end: a bulge is made and chased out by reflections of three rows. */
function sweep(h: Float64Array, n: number, start: number, end: number, trace: number, product: number): void {
  const get = (i: number, j: number): number => at(h, i * n + j);
  let x = get(start, start) ** 2 + get(start, start + 1) * get(start + 1, start) - trace * get(start, start) + product;
  let y = get(start + 1, start) * (get(start, start) + get(start + 1, start + 1) - trace);
  let z = get(start + 1, start) * get(start + 2, start + 1);
  for (let k = start; k < end; k++) {
    const three = k < end - 1;
    if (!three) z = 0;
    const largest = Math.max(Math.abs(x), Math.abs(y), Math.abs(z));
    if (largest > 0) {
      let [u, v, w] = [x / largest, y / largest, z / largest];
      u += (u < 0 ? -1 : 1) * Math.hypot(u, v, w);
      [v, w] = [v / u, w / u];
      const beta = 2 / (1 + v * v + w * w);
      for (let j = Math.max(start, k - 1); j <= end; j++) {
        const sum = beta * (get(k, j) + v * get(k + 1, j) + (three ? w * get(k + 2, j) : 0));
        h[k * n + j] = get(k, j) - sum;
        h[(k + 1) * n + j] = get(k + 1, j) - sum * v;
        if (three) h[(k + 2) * n + j] = get(k + 2, j) - sum * w;
      }
      for (let i = start; i <= Math.min(end, k + 3); i++) {
        const sum = beta * (get(i, k) + v * get(i, k + 1) + (three ? w * get(i, k + 2) : 0));
        h[i * n + k] = get(i, k) - sum;
        h[i * n + k + 1] = get(i, k + 1) - sum * v;
        if (three) h[i * n + k + 2] = get(i, k + 2) - sum * w;
      }
      if (k > start) {
        h[(k + 1) * n + k - 1] = 0;
        if (three) h[(k + 2) * n + k - 1] = 0;
      }
    }
    x = get(k + 1, k);
    y = k + 2 <= end ? get(k + 2, k) : 0;
    z = k + 3 <= end ? get(k + 3, k) : 0;
  }
}

/** Eigenvalues of [[a, b], [c, d]], without cancellation. */
function pair(a: number, b: number, c: number, d: number): Complex[] {
  const half = (a - d) / 2;
  const bc = b * c;
  const square = half * half + bc;
  const middle = (a + d) / 2;
  if (square < 0) return [1, -1].map((sign) => ({ re: middle, im: sign * Math.sqrt(-square) }));
  const far = half + (half < 0 ? -1 : 1) * Math.sqrt(square);
  return far === 0
    ? [
        { re: d, im: 0 },
        { re: d, im: 0 },
      ]
    : [
        { re: d + far, im: 0 },
        { re: d - bc / far, im: 0 },
      ];
}

/** Linear algebra of small dense systems; matrices are row-major. */

export interface Factors {
  readonly n: number;
  /** L below the diagonal (ones on it), U above. */
  readonly lu: Float64Array;
  readonly rows: Uint32Array;
  /** Sign of the permutation. */
  readonly parity: 1 | -1;
}

const at = (a: Float64Array, k: number): number => a[k] as number;

/** Elimination with pivots by rows, each row scaled by its largest element; a zero pivot stays zero. */
export function factorise(matrix: Float64Array, n: number): Factors {
  const lu = matrix.slice();
  const rows = Uint32Array.from({ length: n }, (_, i) => i);
  const scale = Float64Array.from({ length: n }, (_, i) => {
    let most = 0;
    for (let j = 0; j < n; j++) most = Math.max(most, Math.abs(at(lu, i * n + j)));
    return most > 0 ? 1 / most : 1;
  });
  let parity: 1 | -1 = 1;
  for (let column = 0; column < n; column++) {
    let pivot = column;
    const size = (i: number) => Math.abs(at(lu, i * n + column)) * at(scale, i);
    for (let i = column + 1; i < n; i++) if (size(i) > size(pivot)) pivot = i;
    if (pivot !== column) {
      for (let j = 0; j < n; j++) {
        const kept = at(lu, column * n + j);
        lu[column * n + j] = at(lu, pivot * n + j);
        lu[pivot * n + j] = kept;
      }
      [rows[column], rows[pivot]] = [rows[pivot] as number, rows[column] as number];
      [scale[column], scale[pivot]] = [at(scale, pivot), at(scale, column)];
      parity = parity === 1 ? -1 : 1;
    }
    const divisor = at(lu, column * n + column);
    if (divisor === 0) continue;
    for (let i = column + 1; i < n; i++) {
      const factor = at(lu, i * n + column) / divisor;
      lu[i * n + column] = factor;
      if (factor !== 0)
        for (let j = column + 1; j < n; j++) lu[i * n + j] = at(lu, i * n + j) - factor * at(lu, column * n + j);
    }
  }
  return { n, lu, rows, parity };
}

/** x of A x = b; not finite where A is singular. */
export function solveFactored({ n, lu, rows }: Factors, b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from({ length: n }, (_, i) => b[rows[i] as number] as number);
  for (let i = 1; i < n; i++) for (let j = 0; j < i; j++) x[i] = at(x, i) - at(lu, i * n + j) * at(x, j);
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) x[i] = at(x, i) - at(lu, i * n + j) * at(x, j);
    x[i] = at(x, i) / at(lu, i * n + i);
  }
  return x;
}

export const solve = (matrix: Float64Array, b: ArrayLike<number>): Float64Array =>
  solveFactored(factorise(matrix, b.length), b);

export function determinantSign({ n, lu, parity }: Factors): number {
  let sign: number = parity;
  for (let i = 0; i < n; i++) sign *= Math.sign(at(lu, i * n + i));
  return sign;
}

/** A unit vector that a (nearly) singular matrix takes to (nearly) 0: inverse iteration on AᵀA by A's factors. */
export function nullVector(matrix: Float64Array, n: number): Float64Array {
  const regular = (a: Float64Array): Factors => {
    const factors = factorise(a, n);
    const largest = a.reduce((m, v) => Math.max(m, Math.abs(v)), 0) || 1;
    for (let i = 0; i < n; i++)
      if (Math.abs(at(factors.lu, i * n + i)) < 1e-15 * largest) factors.lu[i * n + i] = 1e-15 * largest;
    return factors;
  };
  const [forward, transposed] = [regular(matrix), regular(transpose(matrix, n))];
  let v: Float64Array = Float64Array.from({ length: n }, (_, i) => 1 / (1 + i));
  for (let k = 0; k < 4; k++) v = unit(solveFactored(forward, unit(solveFactored(transposed, v))));
  return v;
}

export function transpose(matrix: Float64Array, n: number): Float64Array {
  return Float64Array.from(matrix, (_, k) => at(matrix, (k % n) * n + Math.floor(k / n)));
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

export const norm = (a: ArrayLike<number>): number => Math.hypot(...Array.from(a));

export function unit(a: Float64Array): Float64Array {
  // In two steps, for vectors whose squares overflow.
  const largest = a.reduce((m, v) => Math.max(m, Math.abs(v)), 0) || 1;
  const scaled = a.map((v) => v / largest);
  const length = norm(scaled) || 1;
  return scaled.map((v) => v / length);
}

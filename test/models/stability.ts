/** Linear algebra for fixed points of small systems; matrices are row-major arrays. */

/** Solves A x = b by elimination with pivots; undefined when A is singular. */
export function solve(a: readonly number[], b: readonly number[]): number[] | undefined {
  const n = b.length;
  const rows = Array.from({ length: n }, (_, i) => [...a.slice(i * n, i * n + n), b[i] ?? NaN]);
  const at = (i: number, j: number) => rows[i]?.[j] ?? NaN;
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let i = column + 1; i < n; i++) if (Math.abs(at(i, column)) > Math.abs(at(pivot, column))) pivot = i;
    const [top, swapped] = [rows[pivot], rows[column]];
    if (!top || !swapped || !(Math.abs(at(pivot, column)) > 1e-300)) return undefined;
    [rows[column], rows[pivot]] = [top, swapped];
    for (let i = 0; i < n; i++) {
      const factor = i === column ? 0 : at(i, column) / at(column, column);
      if (factor !== 0) rows[i] = (rows[i] ?? []).map((v, j) => v - factor * at(column, j));
    }
  }
  return rows.map((row, i) => (row[n] ?? NaN) / (row[i] ?? NaN));
}

/** Coefficients of det(λ - A), highest power first (Faddeev, LeVerrier). */
export function characteristic(a: readonly number[], n: number): number[] {
  const coefficients = [1];
  let m = new Array<number>(n * n).fill(0);
  for (let k = 1; k <= n; k++) {
    const last = coefficients[k - 1] ?? NaN;
    m = m.map((v, at) => v + (Math.floor(at / n) === at % n ? last : 0));
    const product = new Array<number>(n * n).fill(0);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        for (let l = 0; l < n; l++)
          product[i * n + j] = (product[i * n + j] ?? 0) + (a[i * n + l] ?? NaN) * (m[l * n + j] ?? NaN);
    m = product;
    let trace = 0;
    for (let i = 0; i < n; i++) trace += m[i * n + i] ?? NaN;
    coefficients.push(-trace / k);
  }
  return coefficients;
}

/** True when all roots have negative real part: the first column of Routh's table is positive. */
export function isHurwitz(coefficients: readonly number[]): boolean {
  let upper = coefficients.filter((_, k) => k % 2 === 0);
  let lower = coefficients.filter((_, k) => k % 2 === 1);
  while (lower.length > 0) {
    const [u0 = NaN] = upper;
    const [l0 = NaN] = lower;
    if (!(u0 > 0 && l0 > 0)) return false;
    const ratio = u0 / l0;
    const next = upper.slice(1).map((v, k) => v - ratio * (lower[k + 1] ?? 0));
    [upper, lower] = [lower, next];
  }
  return (upper[0] ?? NaN) > 0;
}

/** Newton's method with halved steps; undefined when it does not arrive. */
export function newton(
  f: (x: readonly number[]) => number[],
  jacobian: (x: readonly number[]) => number[],
  start: readonly number[],
): number[] | undefined {
  const size = (v: readonly number[]) => Math.hypot(...v);
  let x = [...start];
  for (let iteration = 0; iteration < 60; iteration++) {
    const value = f(x);
    const step = solve(jacobian(x), value);
    if (!step || !step.every(Number.isFinite)) return undefined;
    let share = 1;
    const moved = () => x.map((v, k) => v - share * (step[k] ?? NaN));
    while (share > 1e-6 && !(size(f(moved())) <= size(value))) share /= 2;
    x = moved();
    if (share * size(step) <= 1e-12 * (1 + size(x))) return x;
  }
  return undefined;
}

/**
 * True when all eigenvalues of a have negative real part, for matrices whose characteristic polynomial would lose them to
 * rounding: (c + a) / (c - a) has them inside the unit circle, so its squares of squares vanish.
 */
export function isContracting(a: readonly number[], n: number): boolean {
  const scale = Math.hypot(...a) / Math.sqrt(n);
  const shifted = (sign: number) => a.map((v, at) => sign * v + (Math.floor(at / n) === at % n ? scale : 0));
  const [plus, minus] = [shifted(1), shifted(-1)];
  const columns = Array.from({ length: n }, (_, j) =>
    solve(
      minus,
      Array.from({ length: n }, (_, i) => plus[i * n + j] ?? NaN),
    ),
  );
  let power = plus.map((_, at) => columns[at % n]?.[Math.floor(at / n)] ?? NaN);
  for (let squared = 0; squared < 40; squared++) {
    const size = Math.hypot(...power);
    if (!(size < 1e100)) return false;
    if (size < 1e-3) return true;
    const last = power;
    power = last.map((_, at) => {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += (last[at - (at % n) + k] ?? NaN) * (last[k * n + (at % n)] ?? NaN);
      return sum;
    });
  }
  return false;
}

/** Slope of the least-squares line through (log step, log error): the observed order of convergence. */
export function slope(steps: readonly number[], errors: readonly number[]): number {
  const x = steps.map(Math.log);
  const y = errors.map(Math.log);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const over = x.reduce((sum, v, k) => sum + (v - mx) * ((y[k] ?? NaN) - my), 0);
  return over / x.reduce((sum, v) => sum + (v - mx) ** 2, 0);
}

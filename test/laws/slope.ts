/** Slope of the least-squares line through (log step, log error): the observed order of convergence. */
export function slope(steps: readonly number[], errors: readonly number[]): number {
  const x = steps.map(Math.log);
  const y = errors.map(Math.log);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const over = x.reduce((sum, v, k) => sum + (v - mx) * ((y[k] ?? NaN) - my), 0);
  return over / x.reduce((sum, v) => sum + (v - mx) ** 2, 0);
}

/**
 * The order p of errors C h^p (1 + c h), by least squares on their logarithms: high orders reach rounding before the next
 * term is small beside the first.
 */
export function orderBesideNext(steps: readonly number[], errors: readonly number[]): number {
  const centred = (values: readonly number[]): number[] => {
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    return values.map((v) => v - mean);
  };
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, v, k) => sum + v * (b[k] ?? NaN), 0);
  const [x, h, y] = [centred(steps.map(Math.log)), centred(steps), centred(errors.map(Math.log))];
  return (dot(x, y) * dot(h, h) - dot(h, y) * dot(x, h)) / (dot(x, x) * dot(h, h) - dot(x, h) ** 2);
}

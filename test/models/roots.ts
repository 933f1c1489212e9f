type Complex = readonly [number, number];
const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const over = (a: Complex, [c, d]: Complex): Complex => times(a, [c / (c * c + d * d), -d / (c * c + d * d)]);
const minus = ([a, b]: Complex, [c, d]: Complex): Complex => [a - c, b - d];

/** All roots of a monic real polynomial, highest power first, by the iteration of Durand and Kerner. */
export function roots(coefficients: readonly number[]): Complex[] {
  const size = 1 + Math.max(...coefficients.slice(1).map((c, k) => Math.abs(c) ** (1 / (k + 1))));
  let all = coefficients.slice(1).map((_, k): Complex => [size * Math.cos(2 * k + 0.4), size * Math.sin(2 * k + 0.4)]);
  for (let iteration = 0; iteration < 500; iteration++)
    all = all.map((x, k) => {
      const value = coefficients.reduce<Complex>((sum, c) => minus(times(sum, x), [-c, 0]), [0, 0]);
      const others = all.reduce<Complex>((product, y, j) => (j === k ? product : times(product, minus(x, y))), [1, 0]);
      return minus(x, over(value, others));
    });
  return all;
}

/** Rounds half to even, keeping the sign of zero: IEEE's roundToIntegralTiesToEven, NumPy's rint. */
export function nearestEven(x: number): number {
  // Above 2^52 every float is an integer; adding and subtracting it rounds the others to even.
  const magic = 4503599627370496;
  if (!(Math.abs(x) < magic)) return x;
  const rounded = Math.abs(x) + magic - magic;
  return x < 0 || Object.is(x, -0) ? -rounded : rounded;
}

/**
 * Steps of delay along one tract, rounded half to even. The two divisions are made in this order, each rounded to f64, because
 * TVB does so: (length / speed) / dt and length / (speed * dt) differ in the last bit, and then by a whole step where the
 * result lies at a half.
 * @param lengthMm mm
 * @param speed conduction speed in mm/ms; Infinity means none
 * @param dtMs ms
 */
export const delaySteps = (lengthMm: number, speed: number, dtMs: number): number =>
  nearestEven(lengthMm / speed / dtMs);

/** Rounds half to even, keeping the sign of zero: IEEE's roundToIntegralTiesToEven, NumPy's rint. */
export function nearestEven(x: number): number {
  // Above 2^52 every float is an integer; adding and subtracting it rounds the others to even.
  const magic = 4503599627370496;
  if (!(Math.abs(x) < magic)) return x;
  const rounded = Math.abs(x) + magic - magic;
  return x < 0 || Object.is(x, -0) ? -rounded : rounded;
}

/**
 * Delay of a tract in whole steps: round-half-even of length / speed / dt, in TVB's order of operations.
 * @param speed mm/ms; Infinity gives 0
 */
export const delaySteps = (lengthMm: number, speed: number, dtMs: number): number =>
  nearestEven(lengthMm / speed / dtMs);

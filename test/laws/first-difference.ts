/** The first place where two lists of numbers differ in their bits. */
export function firstDifference(a: ArrayLike<number>, b: ArrayLike<number>): string | undefined {
  if (a.length !== b.length) return `${a.length} and ${b.length} numbers`;
  for (let k = 0; k < a.length; k++) if (!Object.is(a[k], b[k])) return `[${k}]: ${a[k]} and ${b[k]}`;
  return undefined;
}

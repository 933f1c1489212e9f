/** Ways in which atlases mark the side of a region: FreeSurfer, AAL, TVB's rA1 and lA1. */
const conventions: readonly (readonly [left: RegExp, right: RegExp])[] = [
  [/^(ctx-lh-|lh[._-]|Left[-_ ])/, /^(ctx-rh-|rh[._-]|Right[-_ ])/],
  [/[._ -]L$/, /[._ -]R$/],
  [/^[lL][._ -]/, /^[rR][._ -]/],
  [/^l[A-Z0-9]/, /^r[A-Z0-9]/],
];

/**
 * The side of every region from its label: 1 = right. Undefined unless one convention fits all labels and both sides occur,
 * because a guess that is wrong for some regions is worse than none.
 */
export function hemispheresFromLabels(labels: readonly string[]): Uint8Array | undefined {
  for (const [left, right] of conventions) {
    const sides = labels.map((label) => (left.test(label) ? 0 : right.test(label) ? 1 : -1));
    if (!sides.includes(-1) && sides.includes(0) && sides.includes(1)) return Uint8Array.from(sides);
  }
  return undefined;
}

/**
 * What the Epileptor models on the unfolding of a degenerate Takens-Bogdanov singularity share, after Saggio et al. 2017:
 * the path that the slow variable takes over a sphere of radius R in the space (mu2, -mu1, nu) of the fast system's
 * parameters, and the resting state on it. Definitions as text; vectors are NAME_0, NAME_1, NAME_2.
 */
type Texts = Record<string, string>;
const axes = [0, 1, 2] as const;

const vector = (name: string, of: (axis: 0 | 1 | 2) => string): Texts =>
  Object.fromEntries(axes.map((axis) => [`${name}_${axis}`, of(axis)]));

/** `name` = `a` × `b` */
export const cross = (name: string, a: string, b: string): Texts =>
  vector(name, (axis) => {
    const [next, last] = [(axis + 1) % 3, (axis + 2) % 3];
    return `${a}_${next} * ${b}_${last} - ${a}_${last} * ${b}_${next}`;
  });

/** `name` = `of` divided by its length */
export const normalised = (name: string, of: string): Texts =>
  vector(name, (axis) => `${of}_${axis} / sqrt(${of}_0^2 + ${of}_1^2 + ${of}_2^2)`);

/** The point (mu2, -mu1, nu) that is made of parameters with these names. */
export const point = (name: string, mu2: string, mu1: string, nu: string): Texts => ({
  [`${name}_0`]: mu2,
  [`${name}_1`]: `-${mu1}`,
  [`${name}_2`]: nu,
});

/** Orthonormal vectors `e`, `f` that span the great circle through `a` and `b`: `e` points to `a`, `f` on towards `b`. */
export const greatCircle = (e: string, f: string, a: string, b: string): Texts => ({
  ...normalised(e, a),
  ...cross(`${a}x${b}`, a, b),
  ...cross(`${a}x${b}x${a}`, `${a}x${b}`, a),
  ...normalised(f, `${a}x${b}x${a}`),
});

/** `name` = the point of the great circle (e, f) at an angle, on the sphere of radius R */
export const onCircle = (name: string, e: string, f: string, angle: string): Texts =>
  vector(name, (axis) => `R * (${e}_${axis} * cos(${angle}) + ${f}_${axis} * sin(${angle}))`);

/**
 * The fast system's parameters at the slow variable z on the circle (E, F), and xs, the x of its resting state: the real
 * part of root N of x^3 = mu2 x + mu1 by Cardano's formula with principal complex roots. Where three roots are real,
 * N = 1, 2, 3 take the highest, the lowest, the middle one. Where the highest has met the middle one and both have left the
 * real line, N = 1 gives the real part they then share as long as mu2 > 0. Each of the two cube roots is held as a size
 * and an angle, because the text has no complex numbers.
 */
export const fastParameters: Texts = {
  ...onCircle("at", "E", "F", "z"),
  mu2: "at_0",
  mu1: "-at_1",
  nu: "at_2",
  discriminant: "mu1^2 / 4 - mu2^3 / 27",
  root: "sqrt(abs(discriminant))",
  sumOf: "mu1 / 2 + root",
  differenceOf: "mu1 / 2 - root",
  angle: "pi / 2 - atan(mu1 / (2 * root))",
  sizeOfFirst: "select(discriminant < 0, sqrt(abs(mu2) / 3), cbrt(abs(sumOf)))",
  sizeOfSecond: "select(discriminant < 0, sqrt(abs(mu2) / 3), cbrt(abs(differenceOf)))",
  angleOfFirst: "select(discriminant < 0, angle, select(sumOf < 0, pi, 0))",
  angleOfSecond: "select(discriminant < 0, -angle, select(differenceOf < 0, pi, 0))",
  branch: "select(N < 1.5, 0, select(N < 2.5, 1, -1)) * 2 * pi / 3",
  xs: "sizeOfFirst * cos(angleOfFirst / 3 + branch) + sizeOfSecond * cos(angleOfSecond / 3 - branch)",
};

/** Equations of the fast variables x and y and of the slow z. */
export const burster: Texts = {
  x: "-y",
  y: "x^3 - mu2 * x - mu1 - y * (nu + b * x + x^2)",
  z: "-c * (sqrt((x - xs)^2 + y^2) - dstar + select(modification != 0, 0.1 * (z - 0.5)^7, 0) + Ks * c_x)",
};

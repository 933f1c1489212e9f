/**
 * Modes of a heterogeneous population whose excitability z is normally distributed (mean mu, deviation sigma), after
 * Stefanescu and Jirsa: mode i is a step function v_i over one third of the distribution, scaled so that the integral of
 * v_i squared over z is 1. Every coefficient of the reduced equations is an integral over these steps. With
 * z = mu + sigma q they come down to three numbers per mode of the *standard* normal distribution, so they follow mu and
 * sigma exactly, whatever these are set to and also where they differ between regions:
 *
 * - length L_i, the integral of 1 over the third in q: the integral of v_i dz is sqrt(sigma L_i);
 * - mass P_i, the integral of the density: the integral of density times v_i is P_i / sqrt(sigma L_i);
 * - centre c_i, the mean of q over the third: the integral of z v_i dz is sqrt(sigma L_i) (mu + sigma c_i).
 *
 * A third that reaches to infinity has no length. Like TVB, the integrals run from the first to the last of the 1,500
 * quantiles j / 1501, by trapezoids between them; the numbers are these sums in 40 digits, rounded to double precision.
 */
const outer = { spread: "1.666876246130036354", weight: "0.199664841281239601" };
const middle = { spread: "0.927816918625088542", weight: "0.359027129184471284" };
/** Per mode: spread = sqrt(L), weight = P / sqrt(L), centre. */
const thirds = [
  { ...outer, centre: "-1.819660478201050633" },
  { ...middle, centre: "0" },
  { ...outer, centre: "1.819660478201050633" },
];

/** Entries for each mode: # in names and texts (or any `about`) stands for the number of the mode. */
export const perMode = <T>(entries: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(
    Object.entries(entries).flatMap(([name, entry]) =>
      thirds.map((_, mode) => [name.replaceAll("#", `${mode}`), numbered(entry, mode)] as const),
    ),
  );

const numbered = <T>(entry: T, mode: number): T => JSON.parse(JSON.stringify(entry).replaceAll("#", `${mode}`)) as T;

/** The sum of a term over the modes. */
export const overModes = (term: string): string => thirds.map((_, mode) => term.replaceAll("#", `${mode}`)).join(" + ");

/** Definitions, from parameters mu and sigma: spread_#, weight_#, size_# (integral of v dz), drive_# (integral of z v dz). */
export const normalModes: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    thirds.flatMap(({ spread, weight }, mode) => [
      [`spread_${mode}`, spread],
      [`weight_${mode}`, weight],
    ]),
  ),
  ...perMode({ "size_#": "sqrt(sigma) * spread_#" }),
  ...Object.fromEntries(thirds.map(({ centre }, mode) => [`drive_${mode}`, `size_${mode} * (mu + sigma * ${centre})`])),
};

/** What mode i gets of the mean activity of a population: the sum over modes k of (integral of v_i) (mass of v_k) x_k. */
export const meanActivity = (variable: string): string => `spread_# * (${overModes(`weight_# * ${variable}_#`)})`;

/** The same with the matrix transposed, as TVB multiplies by it where the inhibitory population acts. */
export const transposedActivity = (variable: string): string => `weight_# * (${overModes(`spread_# * ${variable}_#`)})`;

import type { Connectome } from "../core/connectome.js";
import { regionCount } from "../core/connectome.js";
import { fault, suggest } from "../core/fault.js";

/** Ways to scale the weights, with TVB's meaning. */
export const normalisations = ["none", "tract", "region"] as const;
export type Normalisation = (typeof normalisations)[number];

const withWeights = (connectome: Connectome, weights: Float64Array): Connectome => ({ ...connectome, weights });

/** What {@link normalise} divides by: 1, the largest |weight|, or the largest |sum of a row|. */
export function normalisationFactor(connectome: Connectome, mode: Normalisation): number {
  const { weights } = connectome;
  const n = regionCount(connectome);
  if (mode === "tract") return weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  if (mode !== "region") return 1;
  let most = 0;
  for (let target = 0; target < n; target++) {
    // TVB takes the absolute value of the sum, not the sum of absolute values: inhibition and excitation cancel.
    const sum = pairwiseSum(weights, target * n, n);
    most = Math.max(most, Math.abs(sum));
  }
  return most;
}

/**
 * The sum in NumPy's order (pairwise: halves down to 128 values, then eight running sums), so that weights scaled here and by TVB agree to
 * the last bit. Its error grows with log n instead of n (Higham 1993, doi:10.1137/0914050).
 */
function pairwiseSum(values: Float64Array, from: number, count: number): number {
  if (count > 128) {
    const half = Math.floor(count / 16) * 8;
    return pairwiseSum(values, from, half) + pairwiseSum(values, from + half, count - half);
  }
  const at = (k: number) => values[from + k] ?? NaN;
  const whole = count < 8 ? 0 : count - (count % 8);
  let sum = 0;
  if (whole > 0) {
    const lanes = Float64Array.from({ length: 8 }, (_, lane) => at(lane));
    for (let k = 8; k < whole; k++) lanes[k % 8] = (lanes[k % 8] ?? NaN) + at(k);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = lanes;
    sum = a + b + (c + d) + (e + f + (g + h));
  }
  for (let k = whole; k < count; k++) sum += at(k);
  return sum;
}

/**
 * Scales the weights: "tract" makes the largest weight 1, "region" the largest input of a region 1.
 * @throws Fault EXPERIMENT for an unknown way, Fault RANGE when all weights are zero
 */
export function normalise(connectome: Connectome, mode: Normalisation): Connectome {
  if (!normalisations.includes(mode))
    throw fault("EXPERIMENT", `"${String(mode)}" is not a normalisation`, {
      where: "normalise",
      next: suggest(String(mode), normalisations),
    });
  if (mode === "none") return connectome;
  const factor = normalisationFactor(connectome, mode);
  if (factor === 0)
    throw fault("RANGE", "weights that are all zero, or sum to zero, cannot be normalised", {
      where: connectome.source,
    });
  return withWeights(
    connectome,
    connectome.weights.map((weight) => (weight === 0 ? 0 : weight / factor)),
  );
}

/** 1 for every positive weight; others stay, as in TVB. */
export const binarise = (connectome: Connectome): Connectome =>
  withWeights(
    connectome,
    connectome.weights.map((weight) => (weight > 0 ? 1 : weight)),
  );

/** The diagonal set to zero. */
export function removeSelfConnections(connectome: Connectome): Connectome {
  const n = regionCount(connectome);
  return withWeights(
    connectome,
    connectome.weights.map((weight, k) => (k % (n + 1) === 0 ? 0 : weight)),
  );
}

/** (W + Wᵀ) / 2; tract lengths likewise. */
export function symmetrise(connectome: Connectome): Connectome {
  const n = regionCount(connectome);
  const mean = (values: Float64Array) =>
    values.map((value, k) => (value + (values[(k % n) * n + Math.floor(k / n)] ?? 0)) / 2);
  return { ...connectome, weights: mean(connectome.weights), tractLengths: mean(connectome.tractLengths) };
}

/** log(1 + w). @throws Fault RANGE for negative weights */
export function logTransform(connectome: Connectome): Connectome {
  if (connectome.weights.some((weight) => weight < 0))
    throw fault("RANGE", "the logarithm needs weights that are not negative", { where: connectome.source });
  return withWeights(connectome, connectome.weights.map(Math.log1p));
}

/** Weights whose absolute value is below the limit set to zero. */
export const threshold = (connectome: Connectome, atLeast: number): Connectome =>
  withWeights(
    connectome,
    connectome.weights.map((weight) => (Math.abs(weight) < atLeast ? 0 : weight)),
  );

/**
 * Keeps the strongest links so that this share of all pairs of different regions stays; the diagonal is left as it is.
 * Ties are kept in matrix order. @throws Fault RANGE for a share outside (0, 1]
 */
export function keepStrongest(connectome: Connectome, density: number): Connectome {
  if (!(density > 0 && density <= 1))
    throw fault("RANGE", "the density is not in (0, 1]", { where: "density", why: String(density) });
  const n = regionCount(connectome);
  const links = [...connectome.weights.keys()].filter((k) => k % (n + 1) !== 0 && connectome.weights[k] !== 0);
  const size = (k: number) => Math.abs(connectome.weights[k] ?? 0);
  links.sort((a, b) => size(b) - size(a) || a - b);
  const dropped = new Set(links.slice(Math.round(density * n * (n - 1))));
  return withWeights(
    connectome,
    connectome.weights.map((weight, k) => (dropped.has(k) ? 0 : weight)),
  );
}

import type { Connectome } from "../core/connectome.js";
import { fault } from "../core/fault.js";
import { checkConnectome, maxRegions } from "./check.js";
import { distances } from "./read.js";

export interface SyntheticOptions {
  readonly regions: number;
  readonly seed?: number;
  /** Share of pairs that are linked, in (0, 1]. Default 0.3. */
  readonly density?: number;
  /** Length over which weights fall to 1/e, in mm. Default 30. */
  readonly decayMm?: number;
  /** Tract length over straight distance. Default 1.3. */
  readonly tortuosity?: number;
}

/** Half axes of one hemisphere's region of the brain, in mm: left-right, back-front, down-up. */
const halfAxes = [60, 80, 55] as const;
const midlineGapMm = 5;

/**
 * A random connectome by an exponential distance rule (Ercsey-Ravasz et al. 2013, doi:10.1016/j.neuron.2013.07.036): regions lie
 * in two mirror-image half ellipsoids, weights fall exponentially with distance times log-normal noise, and the
 * strongest links stay, each region keeping its strongest link. Symmetric; the same for the same options on any machine up to the last
 * digits of `Math.exp`.
 * @throws Fault RANGE
 */
export function syntheticConnectome(options: SyntheticOptions): Connectome {
  const { regions: n, seed = 0, density = 0.3, decayMm = 30, tortuosity = 1.3 } = options;
  const range = (fits: boolean, name: string, value: number, wanted: string) => {
    if (!fits)
      throw fault("RANGE", `${name} is out of range`, {
        where: `connectome.synthetic.${name}`,
        why: String(value),
        next: wanted,
      });
  };
  range(Number.isInteger(n) && n >= 1 && n <= maxRegions, "regions", n, `a whole number from 1 to ${maxRegions}`);
  range(density > 0 && density <= 1, "density", density, "a number in (0, 1]");
  range(decayMm > 0 && Number.isFinite(decayMm), "decayMm", decayMm, "a positive number of mm");
  range(tortuosity >= 1 && Number.isFinite(tortuosity), "tortuosity", tortuosity, "1 or more");
  range(Number.isSafeInteger(seed), "seed", seed, "a whole number");

  const left = Math.ceil(n / 2);
  const centres = new Float64Array(n * 3);
  for (let region = 0; region < left; region++) {
    const place = placeInHalf(seed, region);
    centres.set(place, region * 3);
    // The right hemisphere mirrors the left; with an odd number its last region is missing.
    if (left + region < n) centres.set([-(place[0] ?? 0), place[1] ?? 0, place[2] ?? 0], (left + region) * 3);
  }
  const apart = distances(centres);
  const weights = new Float64Array(n * n);
  const strongest = new Float64Array(n);
  const sorted = new Float64Array((n * (n - 1)) / 2);
  let pair = 0;
  for (let i = 1; i < n; i++)
    for (let j = 0; j < i; j++) {
      const at = i * n + j;
      const weight = Math.exp(0.5 * normal(seed, 2, at) - (apart[at] ?? 0) / decayMm);
      weights[at] = weight;
      sorted[pair++] = weight;
      strongest[i] = Math.max(strongest[i] ?? 0, weight);
      strongest[j] = Math.max(strongest[j] ?? 0, weight);
    }
  sorted.sort();
  const least = sorted[Math.max(0, sorted.length - Math.round(density * sorted.length))] ?? Infinity;
  const most = sorted.at(-1) ?? 1;
  for (let i = 1; i < n; i++)
    for (let j = 0; j < i; j++) {
      const weight = weights[i * n + j] ?? 0;
      // A region's own strongest link stays, so that none is left alone.
      const kept = weight >= least || weight === strongest[i] || weight === strongest[j];
      weights[i * n + j] = weights[j * n + i] = kept ? weight / most : 0;
    }
  return checkConnectome({
    labels: Array.from({ length: n }, (_, k) => (k < left ? `L${k + 1}` : `R${k - left + 1}`)),
    weights,
    tractLengths: apart.map((distance) => distance * tortuosity),
    centres,
    hemispheres: Array.from({ length: n }, (_, k) => (k < left ? 0 : 1)),
    cortical: new Uint8Array(n).fill(1),
    source: `synthetic ${n} regions, seed ${seed}`,
  });
}

/** A point of the left half ellipsoid by rejection. */
function placeInHalf(seed: number, region: number): number[] {
  for (let attempt = 0; ; attempt++) {
    const [x = 0, y = 0, z = 0] = [0, 1, 2].map((axis) => uniform(seed, 1, (region * 64 + attempt) * 3 + axis));
    const point = [-x, 2 * y - 1, 2 * z - 1];
    const inside = point.reduce((sum, value) => sum + value * value, 0) <= 1;
    if (inside || attempt === 63)
      return point.map((value, axis) => value * (halfAxes[axis] ?? 1) - (axis === 0 ? midlineGapMm : 0));
  }
}

/** Uniform in (0, 1): a hash of (seed, stream, counter), so draws do not depend on their order. Finaliser of MurmurHash3. */
function uniform(seed: number, stream: number, counter: number): number {
  let h = mix(seed >>> 0);
  h = mix(h ^ (Math.floor(seed / 2 ** 32) | 0));
  h = mix(h ^ Math.imul(stream, 0x9e3779b1));
  h = mix(h ^ (counter >>> 0));
  h = mix(h ^ (Math.floor(counter / 2 ** 32) | 0));
  return ((h >>> 0) + 0.5) / 2 ** 32;
}

function mix(value: number): number {
  let h = (value + 0x7f4a7c15) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Standard normal by Box and Muller. */
const normal = (seed: number, stream: number, counter: number): number =>
  Math.sqrt(-2 * Math.log(uniform(seed, stream, 2 * counter))) *
  Math.cos(2 * Math.PI * uniform(seed, stream, 2 * counter + 1));

import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import type { Connectome } from "../src/core/connectome.js";

/**
 * The connectome of 76 regions from the package tvb-data, weights divided by their largest; undefined where the package
 * is not installed (its licence does not let us ship it).
 */
export function tvb76(peers: string | undefined): Connectome | undefined {
  if (peers === undefined) return undefined;
  const library = join(peers, "tvb/lib");
  const python = existsSync(library) ? readdirSync(library).find((name) => name.startsWith("python3")) : undefined;
  if (python === undefined) return undefined;
  const file = join(library, python, "site-packages/tvb_data/connectivity/connectivity_76.zip");
  if (!existsSync(file)) return undefined;
  const entries = unzipSync(readFileSync(file));
  const numbers = (name: string) =>
    Float64Array.from(
      strFromU8(entries[name] ?? new Uint8Array())
        .trim()
        .split(/\s+/),
      Number,
    );
  return plain(numbers("weights.txt"), numbers("tract_lengths.txt"), "connectivity_76.zip of tvb-data");
}

/**
 * A network like a human's: regions on an ellipsoid, the `links` pairs kept that win a draw in which near pairs have
 * better odds, log-normal weights that fall with distance.
 * @param links number of undirected pairs
 */
export function synthetic(regions: number, links: number, seed: number): Connectome {
  const uniform = generator(seed);
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const centres = Array.from({ length: regions }, (_, region) => {
    const direction = [normal(), normal(), normal()] as const;
    const norm = Math.hypot(...direction);
    const side = region < regions / 2 ? 1 : -1;
    return [
      side * (6 + (60 * Math.abs(direction[0])) / norm),
      (80 * direction[1]) / norm,
      (50 * direction[2]) / norm,
    ] as const;
  });
  const pairs: { i: number; j: number; distance: number; odds: number }[] = [];
  for (const [i, a] of centres.entries())
    for (const [j, b] of centres.slice(0, i).entries()) {
      // Tracts bend: 15 % longer than the straight line, none shorter than 5 mm.
      const distance = Math.max(5, 1.15 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]));
      const gumbel = -Math.log(-Math.log(uniform()));
      pairs.push({ i, j, distance, odds: 0.7 * gumbel - distance / 18 });
    }
  pairs.sort((a, b) => b.odds - a.odds);
  const weights = new Float64Array(regions * regions);
  const lengths = new Float64Array(regions * regions);
  for (const { i, j, distance } of pairs.slice(0, links)) {
    const weight = Math.exp(1.2 * normal() - distance / 40);
    weights[i * regions + j] = weights[j * regions + i] = weight;
    lengths[i * regions + j] = lengths[j * regions + i] = distance;
  }
  return plain(weights, lengths, `synthetic, ${regions} regions, seed ${seed}`);
}

/** Every region linked to every other, as connectomes of groups are: log-normal weights, lengths of 10 to 150 mm. */
export function dense(regions: number, seed: number): Connectome {
  const uniform = generator(seed);
  const weights = new Float64Array(regions * regions);
  const lengths = new Float64Array(regions * regions);
  for (let i = 0; i < regions; i++)
    for (let j = 0; j < i; j++) {
      const normal = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
      weights[i * regions + j] = weights[j * regions + i] = Math.exp(1.2 * normal);
      lengths[i * regions + j] = lengths[j * regions + i] = 10 + 140 * uniform();
    }
  return plain(weights, lengths, `all linked, ${regions} regions, seed ${seed}`);
}

/** The form that the C limit and the peers' scripts read: little-endian f64: N, weights, lengths. */
export function writeBinary({ labels, weights, tractLengths }: Connectome, file: string): void {
  const values = new Float64Array(1 + weights.length + tractLengths.length);
  values[0] = labels.length;
  values.set(weights, 1);
  values.set(tractLengths, 1 + weights.length);
  writeFileSync(file, new Uint8Array(values.buffer));
}

function plain(weights: Float64Array, tractLengths: Float64Array, source: string): Connectome {
  const regions = Math.sqrt(weights.length);
  if (!Number.isInteger(regions) || tractLengths.length !== weights.length || regions === 0)
    throw new Error(`${source}: ${weights.length} weights, ${tractLengths.length} lengths`);
  const largest = weights.reduce((a, b) => Math.max(a, b));
  return {
    labels: Array.from({ length: regions }, (_, region) => `r${region}`),
    weights: weights.map((weight) => weight / largest),
    tractLengths,
    centres: undefined,
    orientations: undefined,
    areas: undefined,
    hemispheres: undefined,
    cortical: undefined,
    source,
  };
}

/** Uniform in (0, 1): the 32-bit generator "mulberry32", good enough to draw a benchmark's input. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x = (x + Math.imul(x ^ (x >>> 7), x | 61)) ^ x;
    return (((x ^ (x >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
}

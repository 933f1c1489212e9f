import type { Connectome } from "../core/connectome.js";
import { regionCount } from "../core/connectome.js";
import { delayMatrix } from "./delays.js";

export interface Range {
  readonly least: number;
  readonly median: number;
  readonly mean: number;
  readonly most: number;
}

/** What a look at a connectome tells. Links are pairs of different regions with a weight that is not zero. */
export interface ConnectomeSummary {
  readonly source: string;
  readonly regions: number;
  readonly links: number;
  /** Links over possible links. */
  readonly density: number;
  readonly selfLinks: number;
  readonly negativeWeights: number;
  /** Links in one direction only. */
  readonly oneWayLinks: number;
  /** Sum |W − Wᵀ| / sum |W + Wᵀ|: 0 symmetric, 1 wholly one-way. */
  readonly asymmetry: number;
  readonly lengthAsymmetry: number;
  readonly weights: Range | undefined;
  /** mm, over links. */
  readonly lengths: Range | undefined;
  /** Links of length zero: they act at once. */
  readonly zeroLengthLinks: number;
  /** Pairs that have a length but no link. */
  readonly lengthsWithoutLink: number;
  /** Links over bins of length, in mm. */
  readonly histogram: { readonly edges: readonly number[]; readonly counts: readonly number[] };
  /** Sum of what each region receives. */
  readonly inStrength: Range | undefined;
  readonly isolatedRegions: readonly string[];
  /** Weakly connected parts. */
  readonly components: number;
  readonly hemispheres: { readonly left: number; readonly right: number; readonly acrossLinks: number } | undefined;
  readonly cortical: number | undefined;
  readonly delays:
    { readonly speed: number; readonly dtMs: number; readonly steps: Range; readonly withoutDelay: number } | undefined;
}

export interface InspectOptions {
  /** mm/ms; with dt, delays are counted. */
  readonly speed?: number;
  readonly dtMs?: number;
  readonly bins?: number;
}

export function inspectConnectome(
  connectome: Connectome,
  { speed, dtMs, bins = 20 }: InspectOptions = {},
): ConnectomeSummary {
  const { weights, tractLengths, labels, hemispheres, cortical } = connectome;
  const n = regionCount(connectome);
  const links: number[] = [];
  const neighbours = labels.map((): number[] => []);
  const inStrength = new Float64Array(n);
  let [selfLinks, negativeWeights, oneWayLinks, zeroLengthLinks, lengthsWithoutLink, acrossLinks] = [0, 0, 0, 0, 0, 0];
  for (let k = 0; k < n * n; k++) {
    const [target, source] = [Math.floor(k / n), k % n];
    const weight = weights[k] ?? 0;
    inStrength[target] = (inStrength[target] ?? 0) + weight;
    if (weight < 0) negativeWeights++;
    if (weight === 0) {
      if ((tractLengths[k] ?? 0) > 0) lengthsWithoutLink++;
      continue;
    }
    if (target === source) {
      selfLinks++;
      continue;
    }
    links.push(k);
    neighbours[target]?.push(source);
    neighbours[source]?.push(target);
    if (weights[source * n + target] === 0) oneWayLinks++;
    if (tractLengths[k] === 0) zeroLengthLinks++;
    if (hemispheres && hemispheres[target] !== hemispheres[source]) acrossLinks++;
  }
  const over = (values: ArrayLike<number>) => Float64Array.from(links, (k) => values[k] ?? NaN);
  const lengths = over(tractLengths);
  const right = hemispheres?.reduce((sum, side) => sum + side, 0) ?? 0;
  const steps = speed !== undefined && dtMs !== undefined ? over(delayMatrix(connectome, speed, dtMs)) : undefined;
  const stepRange = steps && rangeOf(steps);
  return {
    source: connectome.source,
    regions: n,
    links: links.length,
    density: n > 1 ? links.length / (n * (n - 1)) : 0,
    selfLinks,
    negativeWeights,
    oneWayLinks,
    asymmetry: asymmetryOf(weights, n),
    lengthAsymmetry: asymmetryOf(tractLengths, n),
    weights: rangeOf(over(weights)),
    lengths: rangeOf(lengths),
    zeroLengthLinks,
    lengthsWithoutLink,
    histogram: histogramOf(lengths, bins),
    inStrength: rangeOf(inStrength),
    isolatedRegions: labels.filter((_, region) => neighbours[region]?.length === 0),
    components: countComponents(neighbours),
    hemispheres: hemispheres && { left: n - right, right, acrossLinks },
    cortical: cortical?.reduce((sum, flag) => sum + flag, 0),
    delays:
      speed !== undefined && dtMs !== undefined && steps && stepRange
        ? { speed, dtMs, steps: stepRange, withoutDelay: steps.filter((step) => step === 0).length }
        : undefined,
  };
}

function rangeOf(values: Float64Array): Range | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.slice().sort();
  const middle = (sorted.length - 1) / 2;
  return {
    least: sorted[0] ?? NaN,
    median: ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2,
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    most: sorted.at(-1) ?? NaN,
  };
}

function asymmetryOf(values: Float64Array, n: number): number {
  let [apart, together] = [0, 0];
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const [a, b] = [values[i * n + j] ?? 0, values[j * n + i] ?? 0];
      apart += Math.abs(a - b);
      together += Math.abs(a) + Math.abs(b);
    }
  return together === 0 ? 0 : apart / together;
}

function histogramOf(values: Float64Array, bins: number): { edges: number[]; counts: number[] } {
  const most = values.reduce((top, value) => Math.max(top, value), 0);
  const width = most > 0 ? most / bins : 1;
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor(value / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { edges: Array.from({ length: bins + 1 }, (_, k) => k * width), counts };
}

function countComponents(neighbours: readonly (readonly number[])[]): number {
  const seen = new Set<number>();
  let components = 0;
  for (let start = 0; start < neighbours.length; start++) {
    if (seen.has(start)) continue;
    components++;
    const open = [start];
    seen.add(start);
    for (let region = open.pop(); region !== undefined; region = open.pop())
      for (const next of neighbours[region] ?? [])
        if (!seen.has(next)) {
          seen.add(next);
          open.push(next);
        }
  }
  return components;
}

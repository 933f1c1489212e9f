import { regionCount, type Connectome } from "../core/connectome.js";
import { quantile } from "../analysis/summary.js";
import { counted } from "./numbers.js";

export interface Edge {
  readonly source: number;
  readonly target: number;
  readonly weight: number;
}

/** Sum of |weights| that each region receives (rows) or sends (columns), without self links. */
export function strengths(connectome: Connectome): { readonly received: Float64Array; readonly sent: Float64Array } {
  const count = regionCount(connectome);
  const received = new Float64Array(count);
  const sent = new Float64Array(count);
  eachWeight(connectome, (target, source, weight) => {
    if (target === source) return;
    received[target] = (received[target] ?? 0) + Math.abs(weight);
    sent[source] = (sent[source] ?? 0) + Math.abs(weight);
  });
  return { received, sent };
}

/**
 * The `wanted` strongest connections by the mean of |weight| over both directions; source < target, strongest first.
 * Equal weights come in an order that has nothing to do with the regions' order, so that a cut among them favours no
 * part of the brain (many connectomes have three different weights only).
 */
export function strongestEdges(connectome: Connectome, wanted: number): Edge[] {
  const count = regionCount(connectome);
  const { weights } = connectome;
  const edges: Edge[] = [];
  for (let source = 0; source < count; source++)
    for (let target = source + 1; target < count; target++) {
      const weight =
        (Math.abs(weights[target * count + source] ?? 0) + Math.abs(weights[source * count + target] ?? 0)) / 2;
      if (weight > 0) edges.push({ source, target, weight });
    }
  return edges.sort((a, b) => b.weight - a.weight || scramble(a) - scramble(b)).slice(0, wanted);
}

const scramble = ({ source, target }: Edge): number => Math.imul(source * 65_537 + target + 1, 0x9e3779b1) >>> 0;

/** Calls back for every nonzero weight. */
export function eachWeight(
  { weights, tractLengths, labels }: Connectome,
  visit: (target: number, source: number, weight: number, length: number) => void,
): void {
  const count = labels.length;
  for (let k = 0; k < weights.length; k++) {
    const weight = weights[k] ?? 0;
    if (weight !== 0) visit(Math.floor(k / count), k % count, weight, tractLengths[k] ?? 0);
  }
}

export interface ConnectomeFacts {
  readonly regions: number;
  /** Nonzero weights off the diagonal, and as a share of N(N-1). */
  readonly connections: number;
  readonly density: number;
  readonly selfLinks: number;
  /** Σ|w_ij - w_ji| / Σ(|w_ij| + |w_ji|) off the diagonal: 0 symmetric, 1 one-way. */
  readonly asymmetry: number;
  readonly weights: { readonly min: number; readonly median: number; readonly max: number; readonly negative: number };
  /** Of connections only, mm. */
  readonly lengths: { readonly min: number; readonly median: number; readonly mean: number; readonly max: number };
  readonly isolated: readonly string[];
  /** Connections between different regions whose tract has no length. */
  readonly zeroLengths: number;
  /** Sizes of the parts that no connection joins, largest first. */
  readonly components: readonly number[];
}

export function connectomeFacts(connectome: Connectome): ConnectomeFacts {
  const count = regionCount(connectome);
  const values: number[] = [];
  const lengths: number[] = [];
  const parent = Array.from({ length: count }, (_, k) => k);
  const root = (k: number): number => {
    while (parent[k] !== k) k = parent[k] = parent[parent[k] ?? k] ?? k;
    return k;
  };
  let [selfLinks, negative, zeroLengths, difference, total] = [0, 0, 0, 0, 0];
  eachWeight(connectome, (target, source, weight, length) => {
    if (target === source) return void selfLinks++;
    values.push(weight);
    lengths.push(length);
    if (weight < 0) negative++;
    if (length === 0) zeroLengths++;
    parent[root(target)] = root(source);
    const back = connectome.weights[source * count + target] ?? 0;
    // Each ordered pair is met once; a pair whose other direction is 0 is met only here, so it counts twice.
    difference += Math.abs(weight - back) * (back === 0 ? 2 : 1);
    total += (Math.abs(weight) + Math.abs(back)) * (back === 0 ? 2 : 1);
  });
  const sizes = new Map<number, number>();
  for (let k = 0; k < count; k++) sizes.set(root(k), (sizes.get(root(k)) ?? 0) + 1);
  const { received, sent } = strengths(connectome);
  const range = (list: number[]) => ({ min: quantile(list, 0), median: quantile(list, 0.5), max: quantile(list, 1) });
  return {
    regions: count,
    connections: values.length,
    density: count > 1 ? values.length / (count * (count - 1)) : 0,
    selfLinks,
    asymmetry: total === 0 ? 0 : difference / total,
    weights: { ...range(values), negative },
    lengths: { ...range(lengths), mean: lengths.reduce((sum, mm) => sum + mm, 0) / lengths.length },
    isolated: connectome.labels.filter((_, k) => (received[k] ?? 0) + (sent[k] ?? 0) === 0),
    zeroLengths,
    components: [...sizes.values()].sort((a, b) => b - a),
  };
}

/** What a careful reader should know before trusting runs on this connectome. */
export function connectomeWarnings(connectome: Connectome, facts = connectomeFacts(connectome)): string[] {
  const { isolated, components, zeroLengths, selfLinks, weights, asymmetry } = facts;
  const warnings: string[] = [];
  if (isolated.length > 0)
    warnings.push(
      `${counted(isolated.length, "region")} ${isolated.length === 1 ? "has" : "have"} no connection: ${isolated.slice(0, 8).join(", ")}${isolated.length > 8 ? ", …" : ""}.`,
    );
  if (components.length - isolated.length > 1)
    warnings.push(
      `The network falls into ${components.length} parts that no tract joins (of ${components.slice(0, 6).join(", ")}${components.length > 6 ? ", …" : ""} regions).`,
    );
  if (zeroLengths > 0)
    warnings.push(
      `${counted(zeroLengths, "connection")} between different regions ${zeroLengths === 1 ? "has" : "have"} a tract length of 0 mm, so no delay.`,
    );
  if (selfLinks > 0)
    warnings.push(
      `${counted(selfLinks, "region")} ${selfLinks === 1 ? "is connected to itself" : "are connected to themselves"} (diagonal of the weights).`,
    );
  if (weights.negative > 0)
    warnings.push(`${counted(weights.negative, "weight")} ${weights.negative === 1 ? "is" : "are"} negative.`);
  if (asymmetry === 0 && facts.connections > 0)
    warnings.push("Weights are exactly symmetric, as from diffusion MRI: they tell no direction.");
  if (connectome.centres === undefined)
    warnings.push("Region centres are not given, so the network is not drawn in space.");
  if (connectome.hemispheres === undefined) warnings.push("Hemispheres are not given.");
  return warnings;
}

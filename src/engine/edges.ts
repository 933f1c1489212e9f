import { delaySteps } from "../core/round.js";
import type { Edges } from "../ir/program.js";
import type { Setup } from "./setup.js";

export interface EdgeSets {
  /** Edges read from the delay history. */
  readonly delayed: Edges;
  /** Edges without delay between different regions, empty when they are frozen with the delayed ones. */
  readonly instant: Edges;
  /** Weights of undelayed self links that can be added inside a region; undefined when there are none. */
  readonly self: Float64Array | undefined;
  /** Sum of incoming weights per region, whatever the delay. */
  readonly weightSums: Float64Array;
  readonly maxDelay: number;
}

interface Link {
  readonly source: number;
  readonly delay: number;
  readonly weight: number;
}

/**
 * Sorts a connectome's non-zero weights by what a back end must do for them. Zero weights cost nothing, whatever their length.
 * @param bySource keep the order of sources and no link apart, as TVB sums
 * @param frozen coupling is held over the step (compat: tvb), so undelayed links read the history like the others
 */
export function edgeSets(setup: Setup, frozen: boolean, bySource: boolean): EdgeSets {
  const n = setup.connectome.labels.length;
  const { weights, tractLengths } = setup.connectome;
  const rows: Link[][] = [];
  const self = new Float64Array(n);
  const weightSums = new Float64Array(n);
  let instantBetween = false;
  let maxDelay = 0;
  for (let target = 0; target < n; target++) {
    const row: Link[] = [];
    for (let source = 0; source < n; source++) {
      const weight = weights[target * n + source] ?? 0;
      if (weight === 0) continue;
      const delay = delaySteps(tractLengths[target * n + source] ?? 0, setup.conductionSpeed, setup.dtMs);
      weightSums[target] = (weightSums[target] ?? 0) + weight;
      maxDelay = Math.max(maxDelay, delay);
      if (delay === 0 && source !== target) instantBetween = true;
      row.push({ source, delay, weight });
    }
    rows.push(row);
  }
  const inlineSelf = !instantBetween && !bySource;
  const isSelf = (link: Link, target: number) => inlineSelf && link.delay === 0 && link.source === target;
  rows.forEach((row, target) => row.forEach((link) => isSelf(link, target) && (self[target] = link.weight)));
  const isInstant = (link: Link) => link.delay === 0 && !frozen;
  return {
    delayed: pack(
      rows.map((row, target) => row.filter((link) => !isSelf(link, target) && !isInstant(link))),
      bySource,
    ),
    instant: pack(
      rows.map((row, target) => row.filter((link) => !isSelf(link, target) && isInstant(link))),
      false,
    ),
    self: self.some((w) => w !== 0) ? self : undefined,
    weightSums,
    maxDelay,
  };
}

/** Longest delay first, then by source: the summation order that programs promise. */
function pack(rows: readonly (readonly Link[])[], bySource: boolean): Edges {
  const sorted = rows.map((row) => row.toSorted((a, b) => (bySource ? 0 : b.delay - a.delay) || a.source - b.source));
  const start = new Uint32Array(rows.length + 1);
  sorted.forEach((row, k) => (start[k + 1] = (start[k] ?? 0) + row.length));
  const flat = sorted.flat();
  return {
    start,
    source: Uint32Array.from(flat, (link) => link.source),
    delay: Uint32Array.from(flat, (link) => link.delay),
    weight: Float64Array.from(flat, (link) => link.weight),
  };
}

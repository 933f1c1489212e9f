import { fault } from "../core/fault.js";
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

/** Steps of history that no machine holds; far below where 32-bit addresses would wrap. */
const mostDelaySteps = 2 ** 28;

/**
 * Sorts a connectome's non-zero weights by what a back end must do for them. Zero weights cost nothing, whatever their length.
 * @param frozen coupling is held over the step (compat: tvb), so undelayed links read the history like the others
 * @param bySource keep the order of sources and no link apart, as TVB sums
 * @throws Fault LIMIT for a delay of more steps than can be kept
 */
export function edgeSets(setup: Setup, frozen: boolean, bySource: boolean): EdgeSets {
  const n = setup.connectome.labels.length;
  const { weights } = setup.connectome;
  const delays = delaysOf(setup);
  const self = new Float64Array(n);
  const weightSums = new Float64Array(n);
  let maxDelay = 0;
  let instantBetween = false;
  for (let target = 0; target < n; target++)
    for (let source = 0; source < n; source++) {
      const k = target * n + source;
      if (weights[k] === 0) continue;
      weightSums[target] = (weightSums[target] as number) + (weights[k] as number);
      maxDelay = Math.max(maxDelay, delays[k] as number);
      if (delays[k] === 0 && source !== target) instantBetween = true;
    }
  const inlineSelf = !instantBetween && !bySource;
  if (inlineSelf) for (let i = 0; i < n; i++) if (delays[i * n + i] === 0) self[i] = weights[i * n + i] as number;
  const isSelf = (target: number, source: number) =>
    inlineSelf && source === target && delays[target * n + source] === 0;
  const isInstant = (target: number, source: number) => !frozen && delays[target * n + source] === 0;
  const pack = (belongs: (target: number, source: number) => boolean, sorted: boolean) =>
    packEdges(weights, delays, n, (target, source) => !isSelf(target, source) && belongs(target, source), sorted);
  return {
    delayed: pack((target, source) => !isInstant(target, source), !bySource),
    instant: pack(isInstant, false),
    self: self.some((w) => w !== 0) ? self : undefined,
    weightSums,
    maxDelay,
  };
}

/** Delays in steps, [target, source]. */
function delaysOf(setup: Setup): Uint32Array {
  const { weights, tractLengths, labels } = setup.connectome;
  return Uint32Array.from(tractLengths, (length, k) => {
    if (weights[k] === 0) return 0;
    const delay = delaySteps(length, setup.conductionSpeed, setup.dtMs);
    if (delay <= mostDelaySteps) return delay;
    const [target, source] = [Math.floor(k / labels.length), k % labels.length];
    throw fault("LIMIT", `the link from ${labels[source]} to ${labels[target]} takes ${delay.toPrecision(3)} steps`, {
      where: "conduction_speed",
      why: `${length} mm at ${setup.conductionSpeed} mm/ms in steps of ${setup.dtMs} ms; the history can hold ${mostDelaySteps}`,
      next: "a higher conduction speed, or a larger dt",
    });
  });
}

/** Longest delay first, then by source: the summation order that programs promise; unsorted: by source. */
function packEdges(
  weights: Float64Array,
  delays: Uint32Array,
  n: number,
  belongs: (target: number, source: number) => boolean,
  sorted: boolean,
): Edges {
  const start = new Uint32Array(n + 1);
  const row = (target: number, take: (source: number) => void) => {
    for (let source = 0; source < n; source++)
      if (weights[target * n + source] !== 0 && belongs(target, source)) take(source);
  };
  for (let target = 0; target < n; target++) {
    let count = 0;
    row(target, () => count++);
    start[target + 1] = (start[target] as number) + count;
  }
  const edges = start[n] as number;
  const source = new Uint32Array(edges);
  const delay = new Uint32Array(edges);
  const weight = new Float64Array(edges);
  // One number holds both keys: at most 2^28 delays times 2^15 regions.
  const keys = new Float64Array(n);
  for (let target = 0; target < n; target++) {
    const first = start[target] as number;
    let count = 0;
    row(
      target,
      (from) => (keys[count++] = (sorted ? mostDelaySteps - (delays[target * n + from] as number) : 0) * n + from),
    );
    const mine = sorted ? keys.subarray(0, count).sort() : keys.subarray(0, count);
    for (let k = 0; k < count; k++) {
      const from = (mine[k] as number) % n;
      source[first + k] = from;
      delay[first + k] = delays[target * n + from] as number;
      weight[first + k] = weights[target * n + from] as number;
    }
  }
  return { start, source, delay, weight };
}

import { programTables, type Edges, type Program } from "../../ir/program.js";
import type { Table } from "../../ir/tables.js";
import type { Variant } from "../kernel.js";
import { panelsOf, type Panels } from "./dense.js";

/** Byte addresses and extents of everything a kernel keeps in its memory. */
export interface Layout {
  readonly elementBytes: 4 | 8;
  /** Regions in one vector. */
  readonly lanes: 2 | 4;
  readonly groups: number;
  /** Regions rounded up to whole groups of vectors (and of four, for the noise). */
  readonly padded: number;
  /** Most steps per call. */
  readonly block: number;
  /** Steps of history that a ring row holds before it wraps; behind it lie the first `block` steps once more. */
  readonly ring: number;
  /** Bytes from one region's ring row to the next. */
  readonly ringRow: number;
  readonly noiseRows: number;
  /** Longest delay of the edges that are summed step by step. */
  readonly recentDepth: number;
  /** Rows of recent channel values, one per step: the longest near delay and the block; 0 without edges. */
  readonly recentRows: number;
  readonly at: Readonly<Record<Area, number>>;
  /** Address of each drive's row 0, and bytes from one of its rows to the next. */
  readonly drives: readonly { readonly at: number; readonly rowBytes: number }[];
  readonly bytes: number;
}

export const areas = [
  "constants",
  "tables",
  "state",
  "snapshot",
  "regional",
  "drives",
  "part",
  "sums",
  "noise",
  "observed",
  "sent",
  "sentBefore",
  "instant",
  "carry",
  "means",
  "accumulators",
  "recent",
  "farStart",
  "farAddress",
  "farDelay",
  "farRow",
  "farWeight",
  "near",
  "instantEdges",
  "dense",
  "ring",
] as const;
export type Area = (typeof areas)[number];

/**
 * Edges of four (or two) neighbouring targets side by side, one slot after the other. Short lists are padded with their
 * own first edge at weight 0; from the first slot that pads on, such products are masked, as 0 times infinity is none.
 */
export interface SideBySide {
  /** First slot of each vector of targets. */
  readonly start: Uint32Array;
  /** First slot of each vector in which a lane pads. */
  readonly padsFrom: Uint32Array;
  readonly slots: number;
  /** [slot][lane] index into the edge list; -1 in lanes that have no edge at all. */
  readonly edge: Int32Array;
  /** [slot][lane] 1 where the edge counts, 0 where it pads. */
  readonly counts: Uint8Array;
  /** [vector][lane] 1 where a region has no edge though a neighbour has. */
  readonly idle: Uint8Array;
}

export function sideBySide(
  start: Uint32Array,
  from: (target: number) => number,
  lanes: number,
  padded: number,
): SideBySide {
  const vectors = padded / lanes;
  const count = (target: number) => (target < start.length - 1 ? (start[target + 1] as number) - from(target) : 0);
  const starts = new Uint32Array(vectors + 1);
  const padsFrom = new Uint32Array(vectors);
  const idle = new Uint8Array(padded);
  for (let k = 0; k < vectors; k++) {
    let longest = 0;
    let shortest = Infinity;
    for (let target = k * lanes; target < (k + 1) * lanes; target++) {
      longest = Math.max(longest, count(target));
      // Lanes without any edge do not count: they keep what they had.
      if (count(target) > 0) shortest = Math.min(shortest, count(target));
    }
    for (let target = k * lanes; target < (k + 1) * lanes; target++)
      idle[target] = longest > 0 && count(target) === 0 ? 1 : 0;
    starts[k + 1] = (starts[k] as number) + longest;
    padsFrom[k] = (starts[k] as number) + Math.min(longest, shortest);
  }
  const slots = starts[vectors] as number;
  const edge = new Int32Array(slots * lanes);
  const counts = new Uint8Array(slots * lanes);
  for (let target = 0; target < padded; target++) {
    const k = Math.floor(target / lanes);
    const first = from(target);
    for (let slot = starts[k] as number; slot < (starts[k + 1] as number); slot++) {
      const at = slot * lanes + (target % lanes);
      const place = slot - (starts[k] as number);
      counts[at] = place < count(target) ? 1 : 0;
      edge[at] = place < count(target) ? first + place : count(target) > 0 ? first : -1;
    }
  }
  return { start: starts, padsFrom, slots, edge, counts, idle };
}

export interface Plan {
  readonly layout: Layout;
  /** First edge of each target that is summed step by step; those before it are summed by blocks. */
  readonly nearFrom: Uint32Array;
  readonly farCount: number;
  readonly near: SideBySide;
  readonly instant: SideBySide;
  /** The undelayed edges once more, where they are dense. */
  readonly dense: Panels | undefined;
  readonly constantBytes: number;
  /** Address of each table's first value. */
  readonly tables: ReadonlyMap<Table, number>;
}

const roundUp = (value: number, unit: number): number => Math.ceil(value / unit) * unit;

/** Lays out memory for a program and variant. */
export function planMemory(program: Program, variant: Variant, slots: number, constantBytes: number): Plan {
  const elementBytes = program.precision === "f32" ? 4 : 8;
  const lanes = elementBytes === 4 ? 4 : 2;
  const padded = roundUp(program.regions, Math.max(4, lanes * variant.groups));
  // Who takes a step in parts looks at it after every part, so blocks are as short as a vector.
  const block = program.parts ? lanes : roundUp(variant.block, lanes);
  const nearFrom = nearStarts(program.edges, program.numpySums ? Infinity : block - 1 + program.lookahead);
  const farCount = nearFrom.reduce((sum, from, target) => sum + from - (program.edges.start[target] ?? 0), 0);
  // Sums in NumPy's order are made in JavaScript, from the recent rows.
  const nearStart = program.numpySums ? new Uint32Array(program.regions + 1) : program.edges.start;
  const near = sideBySide(nearStart, (target) => (program.numpySums ? 0 : (nearFrom[target] ?? 0)), lanes, padded);
  const instant = sideBySide(program.instant.start, (target) => program.instant.start[target] ?? 0, lanes, padded);
  const dense = panelsOf(program.instant, lanes);
  let recentDepth = 0;
  nearFrom.forEach((from, target) => {
    for (let e = from; e < (program.edges.start[target + 1] ?? 0); e++)
      recentDepth = Math.max(recentDepth, program.edges.delay[e] ?? 0);
  });
  const recentRows = program.edges.source.length > 0 ? recentDepth + block + 2 : 0;
  const ring = farCount > 0 ? program.maxDelay + block + 1 : 0;
  // An odd number of cache lines, so that equal positions of different rows do not share a cache set.
  const lines = roundUp((ring + block) * elementBytes, 64) / 64;
  const ringRow = ring === 0 ? 0 : (lines + 1 - (lines % 2)) * 64;
  const variables = program.stateNames.length;
  const noiseRows = block + 8;
  const row = padded * elementBytes;
  const carries = program.phases.reduce((most, phase) => Math.max(most, ...phase.carry.map((c) => c.slot + 1)), 0);
  let driveBytes = 0;
  const driveOffsets = program.drives.map(({ uniform }) => {
    const offset = driveBytes;
    const rowBytes = uniform ? elementBytes : row;
    driveBytes += roundUp(block * rowBytes, 16);
    return { offset, rowBytes };
  });
  let tableBytes = 0;
  const tableOffsets = programTables(program).map((table): [Table, number] => {
    const offset = tableBytes;
    tableBytes += roundUp(table.values.length * elementBytes, 16);
    return [table, offset];
  });
  const sizes: Record<Area, number> = {
    constants: constantBytes + 16,
    tables: tableBytes,
    state: variables * row,
    snapshot: variables * row,
    regional: program.regional.length * row,
    drives: driveBytes,
    part: 2 * elementBytes,
    sums: program.channels * (block + 1) * row,
    noise: program.noise.length * noiseRows * padded * 4,
    observed: program.observe.length * block * row,
    sent: program.channels * row,
    sentBefore: program.channels * row,
    instant: program.channels * row,
    carry: carries * row,
    means: program.observe.length * row,
    accumulators: slots * program.observe.length * padded * 8,
    recent: program.channels * recentRows * row,
    farStart: (program.regions + 1) * 4,
    farAddress: roundUp(farCount, 4) * 4,
    farDelay: roundUp(farCount, 4) * 4,
    farRow: roundUp(farCount, 4) * 4,
    farWeight: farCount * elementBytes,
    near: sideParts(near, elementBytes).end,
    instantEdges: sideParts(instant, elementBytes).end,
    dense: dense?.bytes ?? 0,
    ring: program.channels * padded * ringRow,
  };
  const at = {} as Record<Area, number>;
  let next = 0;
  for (const area of areas) {
    at[area] = next;
    // A spare vector after each area: loads of the last elements may reach over its end.
    next += roundUp(sizes[area] + 16, 64);
  }
  return {
    layout: {
      elementBytes,
      lanes,
      groups: variant.groups,
      padded,
      block,
      ring,
      ringRow,
      noiseRows,
      recentDepth,
      recentRows,
      at,
      drives: driveOffsets.map(({ offset, rowBytes }) => ({ at: at.drives + offset, rowBytes })),
      bytes: next,
    },
    nearFrom,
    farCount,
    near,
    instant,
    dense,
    constantBytes,
    tables: new Map(tableOffsets.map(([table, offset]) => [table, at.tables + offset])),
  };
}

/** Byte offsets of the parts of a side-by-side list: slot starts, padding starts, source offsets, weights, masks of idle lanes. */
export function sideParts(
  list: SideBySide,
  elementBytes: number,
): {
  readonly padsFrom: number;
  readonly offsets: number;
  readonly weights: number;
  readonly masks: number;
  readonly end: number;
} {
  const padsFrom = roundUp(list.start.length * 4, 16);
  const offsets = padsFrom + roundUp(list.padsFrom.length * 4, 16);
  const weights = offsets + roundUp(list.edge.length * 4, 16);
  const masks = weights + roundUp(list.edge.length * elementBytes, 16);
  return { padsFrom, offsets, weights, masks, end: masks + list.idle.length * elementBytes };
}

/** For each target its first edge whose delay is below `least`. */
function nearStarts({ start, delay }: Edges, least: number): Uint32Array {
  const from = new Uint32Array(start.length - 1);
  for (let target = 0; target < from.length; target++) {
    let e = start[target] ?? 0;
    const end = start[target + 1] ?? 0;
    while (e < end && (delay[e] ?? 0) >= least) e++;
    from[target] = e;
  }
  return from;
}

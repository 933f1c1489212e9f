import { topological, type Expr, type Graph, type Precision } from "./graph.js";
import type { Table } from "./tables.js";

/**
 * Incoming edges of every region, in the order in which they are summed: longest delay first, then by source. The
 * order is part of a program's meaning: any split of the list at a delay keeps it, so sums have the same bits
 * whatever block a back end works in.
 */
export interface Edges {
  /** [regions + 1] */
  readonly start: Uint32Array;
  readonly source: Uint32Array;
  /** In steps. */
  readonly delay: Uint32Array;
  readonly weight: Float64Array;
}

/**
 * A part of a step that every region can do alone. Symbols of its expressions:
 * `state.v`, `carry.k` (left by an earlier phase), `sum.c.0` and `sum.c.1` (delayed sums of channel c at the start and
 * the end of the step), `instant.c` (undelayed sums of what the phase before sent), `noise.v` (a standard normal draw),
 * `drive.j`, `regional.k`; in programs with `parts` also `part.from` and `part.size`.
 */
export interface Phase {
  /** New state (last phase only, in the order of `state`). */
  readonly next: readonly Expr[];
  /** Values kept for later phases of the same step. */
  readonly carry: readonly { readonly slot: number; readonly value: Expr }[];
  /**
   * What is sent over undelayed edges to the next phase. Empty in the last phase: the first phase of the next step gets
   * `Program.send` of the new state, so that a run that starts again from that state has the same bits.
   */
  readonly send: readonly Expr[];
}

/** Where TVB's sums are in single precision. */
export interface NumpySum {
  /** Weight times sent value, and their running sums. */
  readonly singleProducts: boolean;
  /** The finished sum. */
  readonly singleSums: boolean;
}

/** A model, coupling, noise and scheme put together on a connectome: checked, lowered, free of any back end. */
export interface Program {
  readonly graph: Graph;
  readonly precision: Precision;
  readonly regions: number;
  readonly stateNames: readonly string[];
  /** Channels kept in the delay history. */
  readonly channels: number;
  /** Per-region constants, f64; a back end rounds them to its precision. */
  readonly regional: readonly Float64Array[];
  /** Edges whose sums are read from the history: `sum.c.*`. */
  readonly edges: Edges;
  /** Edges without delay whose sums are renewed before every phase: `instant.c`. */
  readonly instant: Edges;
  readonly maxDelay: number;
  /**
   * Per channel, how `compat: tvb` sums: as NumPy does (see kernels/numpy-sums), with edges in the order of sources.
   * Undefined: in the order of the edges, in the working precision.
   */
  readonly numpySums: readonly NumpySum[] | undefined;
  /** 1 when the scheme reads `sum.c.1`: the sums at the end of the step must be known at its start. */
  readonly lookahead: 0 | 1;
  /** Of `state.v` and `regional.k` alone: the channel values of a region. */
  readonly send: readonly Expr[];
  readonly phases: readonly Phase[];
  /** Values that the host gives for every step, read as `drive.j`: one for all regions (uniform) or one per region. */
  readonly drives: readonly { readonly uniform: boolean }[];
  /**
   * A step may be taken in parts of sizes that the host chooses (adaptive schemes). Expressions may then read
   * `part.from` and `part.size`, fractions of the step. Such programs have no noise.
   */
  readonly parts: boolean;
  /** State variables that get a draw; `noise.k` is a draw keyed by variable noise[k]. */
  readonly noise: readonly number[];
  /** Key of the draws: seed (low and high word), stream, run. */
  readonly key: readonly [number, number, number, number];
  /** Of `state.v`, `regional.k` and `drive.j` (as it was during the step): what monitors may read after every step. */
  readonly observe: readonly Expr[];
}

/** Where a run starts. */
export interface Start {
  /** Absolute number of the first step. */
  readonly step: number;
  /** [state variable][region] */
  readonly state: Float64Array;
  /**
   * Channel values [row][channel][region], oldest first; the oldest holds for all time before. The last row is the
   * start's: back ends take `Program.send` of the state in its place.
   */
  readonly past: Float64Array;
  readonly pastRows: number;
}

/** The tables that a program's expressions read. */
export const programTables = ({ send, phases, observe }: Program): Table[] =>
  topological([
    ...send,
    ...observe,
    ...phases.flatMap((phase) => [...phase.next, ...phase.send, ...phase.carry.map(({ value }) => value)]),
  ]).flatMap((node) => (node.kind === "table" ? [node.table] : []));

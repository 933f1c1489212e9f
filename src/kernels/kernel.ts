import type { Program, Start } from "../ir/program.js";

/** The first non-finite value of a run, and the state one step before it. */
export interface BlowUp {
  /** Absolute step after which the value appeared. */
  readonly step: number;
  readonly region: number;
  readonly variable: number;
  /** The region's state variables one step earlier. */
  readonly lastGood: readonly number[];
}

/** Rows of one observable: row k is the value after the k-th step of the last `advance`. */
export interface ObservedRows {
  readonly data: Float32Array | Float64Array;
  readonly offset: number;
  /** Elements between rows; the first `regions` of each row count. */
  readonly stride: number;
}

/** Rows of one drive, in the program's precision: step k of the next `advance` reads row k. */
export interface DriveRows {
  readonly data: Float32Array | Float64Array;
  readonly offset: number;
  /** Elements between rows: 1 for a uniform drive; else the first `regions` of each row count. */
  readonly stride: number;
}

/** A program compiled by one back end. Holds the state; not shared between threads. */
export interface Kernel {
  readonly backend: string;
  /** How it was built, e.g. "block 64, 2 groups". Has no influence on results. */
  readonly variant: string;
  /** Bytes of memory held. */
  readonly bytes: number;
  /** The most steps one `advance` may take. */
  readonly blockSteps: number;
  /** Absolute number of steps done. */
  readonly step: () => number;
  /** For the host to fill before every `advance`; the values of the last call may have been overwritten. */
  readonly drive: (drive: number) => DriveRows;
  /** Takes 1 … blockSteps steps. Returns where the state became non-finite, if it did; the kernel is then spent. */
  readonly advance: (steps: number) => BlowUp | undefined;
  readonly observed: (observable: number) => ObservedRows;
  /** Adds rows [from, to) of every observable to accumulator `slot`, in f64, one row after the other. */
  readonly accumulate: (slot: number, from: number, to: number) => void;
  /** Copies an accumulator, [observable][region], into `to` (default: a new array), and sets it to zero. */
  readonly drain: (slot: number, to?: Float64Array) => Float64Array;
  /**
   * Per observable, an accumulator divided by `count` and rounded to the program's precision; sets it to zero. The
   * arrays are overwritten by the next call.
   */
  readonly mean: (slot: number, count: number) => readonly (Float32Array | Float64Array)[];
  /** A copy of an accumulator, [observable][region]. */
  readonly accumulated: (slot: number) => Float64Array;
  readonly setAccumulated: (slot: number, values: Float64Array) => void;
  /** [state variable][region] */
  readonly state: () => Float64Array;
  /**
   * Channel values [row][channel][region], oldest first, as many rows as a restart needs: the longest delay and one with
   * delayed edges, else one. With `step` and `state` a {@link Start} from which any back end goes on with the same bits.
   * Not within a step that is taken in parts.
   */
  readonly past: () => Float64Array;
  /**
   * Programs with `parts`, whose `blockSteps` is 1. Takes a part of the step under way, from the fraction `from` on:
   * all phases on the state, with the sums of this step and row 0 of the drives. Changes the state alone.
   */
  readonly part: (from: number, size: number) => void;
  /** Ends the step under way: sends, observes (row 0), counts it. Returns as `advance` does. */
  readonly commit: () => BlowUp | undefined;
  /** Goes back to the state before the first part of the step under way. */
  readonly undo: () => void;
  readonly dispose: () => void;
}

export interface KernelOptions {
  /** Number of accumulators. */
  readonly slots: number;
  /** Check for non-finite values; on unless a bench turns it off. */
  readonly guard?: boolean;
  /** Fixes the build, e.g. a remembered winner of `tune`. */
  readonly variant?: Variant;
}

/** Choices that change the speed and nothing else. */
export interface Variant {
  /** Steps per block of far edges. */
  readonly block: number;
  /** Vectors of regions worked on side by side. */
  readonly groups: number;
}

export interface Backend {
  readonly id: string;
  readonly about: string;
  /** Why it cannot run here; undefined when it can. */
  readonly refuses: (program: Program) => string | undefined;
  readonly compile: (program: Program, start: Start, options: KernelOptions) => Promise<Kernel>;
}

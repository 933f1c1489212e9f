import type { Connectome } from "../core/connectome.js";
import type { NdArray } from "../core/ndarray.js";
import type { Coupling, Model, Monitor, Scheme } from "../ir/declare.js";
import type { Precision } from "../ir/graph.js";
import type { BoldSetup } from "./bold/setup.js";
import type { Checkpoint } from "./checkpoint.js";

/** A number for the whole brain, or one per region. */
export type Regional = number | Float64Array;

export type InitialConditions =
  /** Constant in time, drawn per region and variable from the model's start range by the seed's own stream. */
  | { readonly kind: "seeded" }
  /** [state variables, regions] in the model's order, constant over the past. */
  | { readonly kind: "state"; readonly values: Float64Array }
  /** [steps, state variables, regions], oldest first, last row the state at t0; spaced by dt. */
  | { readonly kind: "history"; readonly values: Float64Array; readonly steps: number }
  /** Where another run stood. */
  | { readonly kind: "checkpoint"; readonly checkpoint: Checkpoint };

/** What sensors see of the regions. */
export interface SensorSetup {
  readonly names: readonly string[];
  /** [sensor][region], with the reference taken off. */
  readonly gain: Float64Array;
  /** Standard deviation of each sensor's own noise, in the unit of its signal. */
  readonly noise: Float64Array;
}

export interface MonitorSetup {
  /** Unique name in the result: the id, or the id with a number when it is used twice. */
  readonly name: string;
  readonly monitor: Monitor;
  /** ms; ignored by monitors that see every step. */
  readonly periodMs: number;
  /** Expressions of state variables, e.g. "V" or "x2 - x1". */
  readonly variables: readonly string[];
  /** For monitors over groups: for each region its group, and the groups' names. */
  readonly groups?: { readonly of: Uint32Array; readonly names: readonly string[] };
  /** For monitors of sensors. */
  readonly sensors?: SensorSetup;
  /** For BOLD. */
  readonly bold?: BoldSetup;
}

/** A signal known before the run, in ms from the start of the simulation. */
export type Signal =
  /** An expression of `t` in ms and of named values: one number for all regions. */
  | { readonly kind: "expression"; readonly text: string; readonly values: Readonly<Record<string, number>> }
  /** Rows of values, one for all regions or one per region, at startMs + k stepMs. */
  | {
      readonly kind: "recorded";
      readonly startMs: number;
      readonly stepMs: number;
      readonly rows: number;
      /** 1, or the number of regions. */
      readonly columns: number;
      /** [row][column] */
      readonly values: Float64Array;
      /** Between rows: the row before, or the line between both. */
      readonly between: "hold" | "linear";
      /** Before the first and after the last row. */
      readonly outside: "zero" | "hold" | "repeat";
    };

/** What acts on the derivative of a state variable, or is added to a parameter. Several on one target add up. */
export interface StimulusSetup {
  readonly target: { readonly kind: "variable" | "parameter"; readonly name: string };
  /** By how much each region gets the signal. */
  readonly weights: Regional;
  readonly signal: Signal;
}

/** What noise is beyond its intensities; white and additive where nothing is said. */
export interface NoiseForm {
  /** Per state variable an expression of the region's state and parameters that multiplies the amplitude sqrt(2 D). */
  readonly b?: Readonly<Record<string, string>>;
  /** Time over which exponentially correlated noise forgets; white noise without. */
  readonly correlationMs?: number;
}

/** Everything one run needs, as checked values: what the engine takes. Made from an experiment by `src/experiment`. */
export interface Setup {
  readonly connectome: Connectome;
  readonly model: Model;
  /** Every parameter of the model. */
  readonly parameters: Readonly<Record<string, Regional>>;
  readonly coupling: Coupling;
  readonly couplingParameters: Readonly<Record<string, Regional>>;
  readonly scheme: Scheme;
  readonly dtMs: number;
  /** Noise intensity D per state variable (variance per ms is 2 D); absent variables have none. */
  readonly noise: Readonly<Record<string, Regional>> | undefined;
  readonly noiseForm?: NoiseForm;
  /** Values of the scheme's parameters that are not their defaults. */
  readonly schemeParameters?: Readonly<Record<string, number>>;
  /** Steps are taken in parts, as many as keep the local error within this; undefined: whole steps. */
  readonly tolerance?: { readonly absolute: number; readonly relative: number };
  /** State variables held at a value; NaN at regions where they are not. */
  readonly clamp?: Readonly<Record<string, Regional>>;
  readonly stimuli?: readonly StimulusSetup[];
  /** mm/ms; Infinity means no delays. */
  readonly conductionSpeed: number;
  /** Steps that are recorded, after `transientSteps` that are not. */
  readonly steps: number;
  readonly transientSteps: number;
  readonly seed: number;
  /** Number of the run within a study: part of the key of every random draw. */
  readonly run: number;
  readonly initial: InitialConditions;
  readonly monitors: readonly MonitorSetup[];
  /** Copy TVB's documented quirks. */
  readonly compatTvb: boolean;
  /** Keep the coupling history, weights and sums in single precision, as TVB does. Default: with `compatTvb` in f64. */
  readonly singleHistory?: boolean;
  readonly precision: Precision;
}

/** A piece of one monitor's output. */
export interface Block {
  readonly monitor: string;
  /** ms, one per row; see docs/time.md. */
  readonly time: Float64Array;
  /** For means: (start, end] of the window of each row, in ms: the states after each step in it. */
  readonly window?: { readonly start: Float64Array; readonly end: Float64Array };
  /** [time, variable, region]. */
  readonly data: NdArray<Float64Array | Float32Array>;
}

/** One monitor's whole output. */
export interface Recording {
  readonly name: string;
  readonly monitor: string;
  readonly periodMs: number;
  readonly variables: readonly string[];
  readonly units: readonly string[];
  /** Labels along the last axis. */
  readonly regions: readonly string[];
  /** ms from the start of the simulation, one per row. */
  readonly time: Float64Array;
  /** For means: (start, end] of the window of each row, in ms: the states after each step in it. */
  readonly window: { readonly start: Float64Array; readonly end: Float64Array } | undefined;
  /** [time, variable, region]. */
  readonly data: NdArray<Float64Array | Float32Array>;
}

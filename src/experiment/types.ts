import type { Connectome } from "../core/connectome.js";
import type { Checkpoint } from "../engine/checkpoint.js";
import type { NdArray } from "../core/ndarray.js";
import type { Model } from "../ir/declare.js";

/** A number in the key's own unit, or text with a unit: 0.1 or "0.1 ms". */
export type Quantity = number | string;

/** One value for all regions, a list in region order, or values by region label with "*" for the rest. */
export type ParameterValue = Quantity | readonly number[] | { readonly region: Readonly<Record<string, Quantity>> };

/** A lead field: gains of sensors for regions, or for vertices of a cortex with their regions. */
export interface LeadFieldSpec {
  /** Path of a CSV file with names, or of an .npy file of shape [sensors, regions or vertices]; or an array. */
  readonly gain: string | NdArray;
  /** Names of the rows, where the file has none. */
  readonly sensors?: readonly string[];
  /** Labels of the columns, where the file has none; "in order" vouches for the connectome's order. */
  readonly regions?: readonly string[] | "in order";
  /** Path of a text or .npy file: for each vertex the number of its region, from 0. */
  readonly region_mapping?: string;
  /** How vertices of a region come together. Default "mean"; "sum" under compat: tvb. */
  readonly vertices?: "mean" | "sum";
}

/** A haemodynamic response (laennec monitors show bold), or its id. */
export type HrfSpec =
  | string
  | {
      /** A response function, or "balloon-windkessel". */
      readonly id?: string;
      readonly parameters?: Readonly<Record<string, ParameterValue>>;
      /** For the balloon model: whose constants. Default "friston-2003"; "tvb" under compat: tvb. */
      readonly preset?: string;
      /** For the balloon model: it is driven by scale (activity - baseline). Default 1 and 0. */
      readonly scale?: ParameterValue;
      readonly baseline?: ParameterValue;
      /** A measured response: an .npy file or array of shape [times] or [times, regions], from the activity on. */
      readonly values?: string | NdArray;
      /** Time between the rows of a measured response; for the balloon model its step. */
      readonly step?: Quantity;
      /** After this the response is over. Default 20 s. */
      readonly length?: Quantity;
      /** Activity is kept as means over this. Default 4 ms, or the nearest that divides the period. */
      readonly stock?: Quantity;
      /** Rows that would need activity from before the simulation: left out ("drop", default), or as if there was none ("zero"). */
      readonly before?: "drop" | "zero";
    };

export interface MonitorSpec {
  readonly id: string;
  readonly name?: string;
  readonly period?: Quantity;
  /** State variables, or expressions of them such as "x2 - x1". Default: the model's own choice; "all" = every state variable. */
  readonly variables?: readonly string[] | "all";
  /** For spatial averages: group names by region label, or "hemisphere", or "cortical". */
  readonly groups?: string | Readonly<Record<string, readonly string[]>>;
  /** For sensors: a path, or what it takes to read one. */
  readonly lead_field?: string | LeadFieldSpec;
  /** For EEG and SEEG: "average", "none" (default), or the name of a sensor. */
  readonly reference?: string;
  /** Standard deviation of the sensors' own white noise: one, or by sensor with "*" for the rest. Default 0. */
  readonly noise?: number | Readonly<Record<string, number>>;
  /** For BOLD. Default "first-order-volterra". */
  readonly hrf?: HrfSpec;
}

/** A recorded signal: an .npy file or array of shape [times], or [times, regions]. */
export interface RecordedShape {
  readonly values: string | NdArray;
  /** Time between rows. */
  readonly step: Quantity;
  /** Time of the first row. Default 0. */
  readonly start?: Quantity;
  /** Default "linear". */
  readonly between?: "hold" | "linear";
  /** Before the first and after the last row. Default "zero". */
  readonly outside?: "zero" | "hold" | "repeat";
}

/** A course in time: a shape's id (laennec stimuli list), an expression of t in ms, or a combination. */
export type TimeShape =
  | string
  | { readonly id: string; readonly parameters?: Readonly<Record<string, Quantity>> }
  | { readonly sum: readonly TimeShape[] }
  | { readonly product: readonly TimeShape[] }
  | { readonly recorded: RecordedShape };

export interface StimulusSpec {
  /** State variable whose derivative it is added to … */
  readonly variable?: string;
  /** … or parameter that it is added to. */
  readonly parameter?: string;
  /** Per region, without unit; regions left out get none. Default 1 everywhere. Or a shape around regions, by the distance of centres. */
  readonly weights?:
    | ParameterValue
    | {
        readonly shape: string;
        readonly around: string | readonly string[];
        readonly parameters?: Readonly<Record<string, Quantity>>;
      };
  readonly time: TimeShape;
}

/** The model of some regions. */
export interface RegionalModel {
  readonly id: string | Model;
  /** Region labels; "cortical", "subcortical", "left" or "right", as the connectome says; "*": all that no other entry names. */
  readonly regions: string | readonly string[];
  /** What the entry is called where one model has several. Default: the model's id. */
  readonly name?: string;
  /** By name of the model's own; lists and maps are over this entry's regions. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** How long one unit of a dimensionless model's time lasts. */
  readonly time_scale?: Quantity;
}

export interface MixedModel {
  readonly by_region: readonly RegionalModel[];
  /** What the models send each other; by default their inputs are matched by name. Keys are names of entries or ids of models. */
  readonly channels?: readonly {
    /** An expression of the state; "0" sends nothing. */
    readonly send: Readonly<Record<string, string | number>>;
    /** An input; "none", or nothing, receives nothing. */
    readonly receive: Readonly<Record<string, string>>;
  }[];
}

export interface NoiseSpec {
  readonly id: string;
  /** One for all state variables, or by state variable; each may be by region. */
  readonly D: ParameterValue | Readonly<Record<string, ParameterValue>>;
  /** Multiplicative noise: what multiplies sqrt(2 D), for all variables (called x) or by state variable. */
  readonly b?: string | Readonly<Record<string, string>>;
  /** Exponentially correlated noise; white without. */
  readonly correlation_time?: Quantity;
}

/** An experiment as a person writes it, in YAML, JSON, or as an object. docs/experiment.md describes every key. */
export interface Experiment {
  /** "default", a path to a zip or folder, {synthetic: {...}}, or a connectome. */
  readonly connectome?:
    | string
    | Connectome
    | { readonly path: string; readonly normalise?: string }
    | {
        readonly synthetic: { readonly regions: number; readonly seed?: number; readonly density?: number };
        readonly normalise?: string;
      };
  /** Applied to the weights: "none", "tract" (divide by the maximum), "region" (divide by the largest row sum). */
  readonly normalise?: "none" | "tract" | "region";
  readonly model:
    | string
    | Model
    | { readonly id: string | Model; readonly parameters?: Readonly<Record<string, ParameterValue>> }
    | MixedModel;
  readonly coupling?: string | { readonly id: string; readonly parameters?: Readonly<Record<string, ParameterValue>> };
  readonly integrator?: {
    readonly scheme?: string;
    readonly dt?: Quantity;
    readonly noise?: NoiseSpec;
    /** Of the scheme theta: the share of the slope at the end of the step. */
    readonly theta?: number;
    /** Whether steps are taken in parts to keep the error within tolerance. Default: with schemes that estimate it. */
    readonly adaptive?: boolean;
    readonly rtol?: number;
    readonly atol?: number;
    /** State variables held at a value, everywhere or in some regions. */
    readonly clamp?: Readonly<Record<string, ParameterValue>>;
  };
  readonly conduction_speed?: Quantity;
  readonly duration: Quantity;
  readonly transient?: Quantity;
  readonly seed?: number;
  readonly initial?:
    | "seeded"
    | { readonly state: Readonly<Record<string, ParameterValue>> }
    | { readonly history: string | NdArray }
    | { readonly checkpoint: string | Checkpoint };
  readonly stimuli?: readonly StimulusSpec[];
  readonly monitors?: readonly (string | MonitorSpec)[];
  readonly compat?: "tvb" | "none";
  readonly backend?: "auto" | "wasm" | "reference";
  readonly precision?: "f32" | "f64";
}

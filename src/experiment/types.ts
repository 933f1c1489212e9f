import type { Connectome } from "../core/connectome.js";
import type { NdArray } from "../core/ndarray.js";
import type { Model } from "../ir/declare.js";

/** A number in the key's own unit, or text with a unit: 0.1 or "0.1 ms". */
export type Quantity = number | string;

/** One value for all regions, a list in region order, or values by region label with "*" for the rest. */
export type ParameterValue = Quantity | readonly number[] | { readonly region: Readonly<Record<string, Quantity>> };

export interface MonitorSpec {
  readonly id: string;
  readonly name?: string;
  readonly period?: Quantity;
  /** State variables, or expressions of them such as "x2 - x1". Default: the model's own choice; "all" = every state variable. */
  readonly variables?: readonly string[] | "all";
  /** For spatial averages: group names by region label, or "hemisphere", or "cortical". */
  readonly groups?: string | Readonly<Record<string, readonly string[]>>;
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
    string | Model | { readonly id: string | Model; readonly parameters?: Readonly<Record<string, ParameterValue>> };
  readonly coupling?: string | { readonly id: string; readonly parameters?: Readonly<Record<string, ParameterValue>> };
  readonly integrator?: {
    readonly scheme?: string;
    readonly dt?: Quantity;
    readonly noise?: { readonly id: string; readonly D: Quantity | Readonly<Record<string, ParameterValue>> };
  };
  readonly conduction_speed?: Quantity;
  readonly duration: Quantity;
  readonly transient?: Quantity;
  readonly seed?: number;
  readonly initial?:
    "seeded" | { readonly state: Readonly<Record<string, ParameterValue>> } | { readonly history: string | NdArray };
  readonly stimuli?: readonly StimulusSpec[];
  readonly monitors?: readonly (string | MonitorSpec)[];
  readonly compat?: "tvb" | "none";
  readonly backend?: "auto" | "wasm" | "reference";
  readonly precision?: "f32" | "f64";
}

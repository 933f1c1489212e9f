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
  readonly monitors?: readonly (string | MonitorSpec)[];
  readonly compat?: "tvb" | "none";
  readonly backend?: "auto" | "wasm" | "reference";
  readonly precision?: "f32" | "f64";
}

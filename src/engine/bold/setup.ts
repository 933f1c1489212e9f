import type { Model, Scheme } from "../../ir/declare.js";
import type { Regional } from "../setup.js";

/** A haemodynamic response as a function of the time since the activity. */
export type Response =
  /** An expression of `t` in s and of named values. */
  | {
      readonly kind: "expression";
      readonly text: string;
      readonly values: Readonly<Record<string, Regional>>;
      /** The curve is scaled so that its largest value is this. */
      readonly peak?: Regional;
    }
  /** As measured: [row][column] at k stepMs, lines between; one column for all regions, or one per region. */
  | { readonly kind: "measured"; readonly stepMs: number; readonly columns: number; readonly values: Float64Array };

/** How a monitor turns activity into blood-oxygen-level-dependent signals. */
export type BoldSetup =
  /** The convolution of the activity with a response. */
  | {
      readonly kind: "convolution";
      readonly response: Response;
      readonly lengthMs: number;
      /** Activity is kept as means over this: a whole number of steps, and a whole number of them in the period. */
      readonly stockMs: number;
      /** The signal is gain (x + shift), with x the convolution. */
      readonly gain: Regional;
      readonly shift: number;
      /** Before the first step there was no activity; else rows that would have to know it are left out. */
      readonly zeroBefore: boolean;
    }
  /** A model of its own, driven by the activity's mean over each of its steps, from its rest. */
  | {
      readonly kind: "model";
      readonly model: Model;
      readonly scheme: Scheme;
      readonly parameters: Readonly<Record<string, Regional>>;
      /** State at rest, by variable. */
      readonly rest: Readonly<Record<string, number>>;
      /** What is driven: a parameter. */
      readonly drives: string;
      /** By how much: scale (x - baseline). */
      readonly scale: Regional;
      readonly baseline: Regional;
      /** An expression of the model's state and parameters. */
      readonly signal: string;
      /** Its step: a whole number of the simulation's, and a whole number of them in the period. */
      readonly stepMs: number;
      /** The mean over the first step drives nothing, as in TVB's analyser. */
      readonly losesFirst: boolean;
    };

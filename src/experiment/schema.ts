import document from "../../data/schemas/experiment.schema.json" with { type: "json" };
import type { Experiment, MonitorSpec } from "./types.js";

/** The keywords of JSON Schema (draft 2020-12) that our schemas use, and {@link checkAgainst} reads. */
export interface Schema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: "string" | "number" | "integer" | "boolean" | "object" | "array";
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly minProperties?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly $ref?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/**
 * The published schema of experiment files, JSON Schema draft 2020-12: the one definition of their structure. Editors
 * read the same file for completion.
 */
// Of a type of its own, so that published declarations do not import a JSON file.
export const experimentSchema: Schema = document as Schema;

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
type Properties = (typeof document)["properties"];
type MonitorProperties = Extract<
  (typeof document)["$defs"]["monitor"]["anyOf"][number],
  { properties: unknown }
>["properties"];

// The schema and the TypeScript types name the same keys, or this does not compile.
const sameKeys: Same<Exclude<keyof Properties, "$schema">, keyof Experiment> = true;
const sameMonitorKeys: Same<keyof MonitorProperties, keyof MonitorSpec> = true;
void sameKeys;
void sameMonitorKeys;

import { fault } from "../core/fault.js";
import { maxDepth } from "./nesting.js";
import { checkPlain, parseText, type Parsed } from "./parse.js";
import { experimentSchema } from "./schema.js";
import type { Experiment } from "./types.js";
import { checkAgainst, pathText, type Locate } from "./validate.js";

/** An experiment whose structure is right; names, units and counts are checked by `resolveExperiment`. */
export interface CheckedExperiment {
  readonly experiment: Experiment;
  readonly locate: Locate;
}

/** For experiments that come from no text: the key path alone. */
export const keyOnly: Locate = (path) => pathText(path) || "experiment";

export const locateIn =
  (parsed: Parsed): Locate =>
  (path) =>
    path.length === 0 ? parsed.locate(path) : `${parsed.locate(path)}, ${pathText(path)}`;

/**
 * Checks the structure of an experiment: keys, kinds, list lengths, simple limits.
 * @param locate how to name a key path in faults
 * @throws Fault EXPERIMENT, or DATA for what is not plain data
 */
export function checkExperiment(value: unknown, locate: Locate = keyOnly): CheckedExperiment {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw fault("EXPERIMENT", "an experiment is a map of keys and values", {
      where: locate([]),
      next: "the smallest one: {model: jansen-rit, duration: 1 s}",
    });
  const plain = withoutValues(value as Record<string, unknown>);
  checkPlain(plain, "");
  checkAgainst(experimentSchema, plain, locate);
  return { experiment: value as unknown as Experiment, locate };
}

/** Reads and checks the text of an experiment file. @throws Fault DATA or EXPERIMENT, with line and column */
export function readExperiment(text: string, source: string): CheckedExperiment {
  const parsed = parseText(text, source);
  return checkExperiment(parsed.value, locateIn(parsed));
}

/**
 * A program may hand in values where a file has names: a connectome, a model, an array. They stand for a name here and
 * are checked where they are used.
 */
function withoutValues(value: Record<string, unknown>): Record<string, unknown> {
  const plain = { ...value };
  if (isConnectome(plain["connectome"])) plain["connectome"] = "given";
  if (isModel(plain["model"])) plain["model"] = "given";
  const { model } = plain as { model?: { id?: unknown; by_region?: unknown } };
  if (isObject(model) && isModel(model.id)) plain["model"] = { ...model, id: "given" };
  if (isObject(model) && Array.isArray(model.by_region)) {
    const entries: readonly unknown[] = model.by_region;
    const given = entries.map((entry) => (isObject(entry) && isModel(entry["id"]) ? { ...entry, id: "given" } : entry));
    plain["model"] = { ...model, by_region: given };
  }
  for (const key of ["initial", "stimuli", "monitors"]) if (key in plain) plain[key] = withoutArrays(plain[key]);
  return plain;
}

/** The same with "given" in place of arrays, down to the depth that is looked at anyway. */
export function withoutArrays(value: unknown, depth = 0): unknown {
  if (isNdArray(value) || isCheckpoint(value)) return "given";
  if (depth > maxDepth) return value;
  if (Array.isArray(value)) return value.map((item) => withoutArrays(item, depth + 1));
  const simple = isObject(value) && Object.getPrototypeOf(value) === Object.prototype;
  // Accessors are left for the check of plain data to refuse.
  if (!simple || Object.values(Object.getOwnPropertyDescriptors(value)).some((p) => p.get ?? p.set)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutArrays(item, depth + 1)]));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const isCheckpoint = (value: unknown): boolean =>
  isObject(value) && ArrayBuffer.isView(value["past"]) && ArrayBuffer.isView(value["state"]);
export const isConnectome = (value: unknown): boolean => isObject(value) && ArrayBuffer.isView(value["weights"]);
export const isModel = (value: unknown): boolean => isObject(value) && isObject(value["equations"]);
export const isNdArray = (value: unknown): boolean => {
  if (!isObject(value)) return false;
  const { data, shape, stride, offset } = value;
  const integers = (list: unknown): list is number[] => Array.isArray(list) && list.every(Number.isInteger);
  const kind = Object.prototype.toString.call(data);
  const numeric = ArrayBuffer.isView(data) && /^\[object (Float|Int|Uint)\d/.test(kind);
  const whole = integers(shape) && integers(stride) && shape.length === stride.length && shape.every((n) => n >= 0);
  return numeric && whole && Number.isInteger(offset);
};

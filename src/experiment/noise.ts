import type { NoiseForm, Regional } from "../engine/setup.js";
import { statePlaces } from "../ir/compose/parts.js";
import type { Noise } from "../ir/declare.js";
import { namesIn } from "../ir/syntax.js";
import { noises } from "../noises/index.js";
import { faultAt, findItem, type Resolving } from "./context.js";
import { regionalValue } from "./parameters.js";
import { bySlot, type SlotContext } from "./slot-values.js";
import type { Path } from "./parse.js";
import { milliseconds } from "./time.js";
import type { NoiseSpec, ParameterValue } from "./types.js";
import { pathText } from "./validate.js";

export const noisePath: Path = ["integrator", "noise"];

/** What was asked for, before it is known whether the scheme takes it. */
export interface NoiseAsked {
  readonly noise: Noise;
  readonly correlationMs: number | undefined;
}

/** @throws Fault EXPERIMENT, UNIT, RANGE */
export function askedNoise(spec: NoiseSpec | undefined, { locate }: Resolving): NoiseAsked | undefined {
  if (!spec) return undefined;
  const noise = findItem("noise", noises, spec.id, locate, [...noisePath, "id"]);
  if (spec.b !== undefined && noise.kind === "additive")
    faultAt(locate, [...noisePath, "b"], "MISMATCH", `${noise.id} noise does not depend on the state`, {
      next: "integrator.noise.id: multiplicative, or no b",
    });
  const correlationMs =
    spec.correlation_time === undefined
      ? undefined
      : milliseconds(spec.correlation_time, [...noisePath, "correlation_time"], locate, true);
  return { noise, correlationMs };
}

/**
 * D per state variable. Its unit is the variable's squared per ms; of multiplicative noise, whose b has the variable's unit,
 * it is per ms.
 * @throws Fault EXPERIMENT (unknown variable), UNIT, DATA, RANGE (negative)
 */
export function resolveIntensities(
  spec: NoiseSpec | undefined,
  asked: NoiseAsked | undefined,
  resolving: SlotContext,
): Record<string, Regional> | undefined {
  if (!spec || !asked) return undefined;
  const at = [...noisePath, "D"];
  const places = statePlaces(resolving.model);
  const variables = [...places.keys()].filter((name) => !name.includes(":"));
  const byVariable = isByVariable(spec.D, variables);
  const given: Readonly<Record<string, ParameterValue>> = byVariable
    ? (spec.D as Readonly<Record<string, ParameterValue>>)
    : Object.fromEntries(variables.map((name) => [name, spec.D as ParameterValue]));
  const where = (name: string): Path => (byVariable ? [...at, name] : at);
  return bySlot(given, where, resolving, 0, (value, { unit }, at) => {
    const own = unit === "1" || asked.noise.kind === "multiplicative" ? "1/ms" : `(${unit})^2/ms`;
    const d = regionalValue(value, own, 0, at, resolving);
    if (typeof d === "number" ? d < 0 : d.some((v) => v < 0))
      faultAt(resolving.locate, at, "RANGE", `${pathText(at)} is negative; D is half a variance per ms`);
    return d;
  });
}

/** Names of variables, not the one key of a map by region; a variable called region takes precedence. */
const isByVariable = (d: NoiseSpec["D"], variables: readonly string[]): boolean =>
  typeof d === "object" && !Array.isArray(d) && !(Object.keys(d).join() === "region" && !variables.includes("region"));

/**
 * What the noise is beyond its intensities. One text holds for every variable, which it calls x.
 * @throws Fault EXPERIMENT (unknown names), MISMATCH (composed models)
 */
export function resolveNoiseForm(
  spec: NoiseSpec | undefined,
  asked: NoiseAsked | undefined,
  { model, locate }: SlotContext,
): NoiseForm | undefined {
  if (!spec || !asked) return undefined;
  const { correlationMs } = asked;
  const form = correlationMs === undefined ? {} : { correlationMs };
  if (asked.noise.kind === "additive") return form;
  const at = [...noisePath, "b"];
  if (model.mixed)
    faultAt(locate, noisePath, "MISMATCH", "multiplicative noise is not defined for networks of several models", {
      next: "integrator.noise.id: additive",
    });
  const variables = Object.keys(model.state);
  const { b: given = "x" } = spec;
  const b: Readonly<Record<string, string>> =
    typeof given === "string"
      ? Object.fromEntries(variables.map((name) => [name, given.replaceAll(/\bx\b/g, name)]))
      : given;
  const known = new Set([...variables, ...Object.keys(model.parameters), "pi"]);
  for (const [name, text] of Object.entries(b)) {
    const here = typeof given === "string" ? at : [...at, name];
    if (!variables.includes(name))
      faultAt(locate, here, "EXPERIMENT", `${model.id} has no state variable "${name.slice(0, 60)}"`, {
        next: `state variables: ${variables.join(", ")}`,
      });
    const unknown = [...namesIn(text, locate(here))].find((part) => !known.has(part));
    if (unknown !== undefined)
      faultAt(locate, here, "EQUATION", `the name ${unknown} is not known in b`, {
        next: `state variables and parameters of ${model.id}${typeof given === "string" ? ", and x, the variable itself" : ""}`,
      });
  }
  return { ...form, b };
}

/** A variable whose b reads another one, and that one. */
export function notDiagonal(form: NoiseForm | undefined, variables: readonly string[]): [string, string] | undefined {
  for (const [name, text] of Object.entries(form?.b ?? {}))
    for (const part of namesIn(text, "b")) if (part !== name && variables.includes(part)) return [name, part];
  return undefined;
}

import { suggest } from "../core/fault.js";
import type { Regional } from "../engine/setup.js";
import { statePlaces } from "../ir/compose/parts.js";
import type { Scheme } from "../ir/declare.js";
import { schemes } from "../integrators/index.js";
import { faultAt, findItem, type Resolving } from "./context.js";
import { regionalValue } from "./parameters.js";
import { bySlot, type SlotContext } from "./slot-values.js";
import type { Path } from "./parse.js";
import type { Experiment, ParameterValue } from "./types.js";
import { pathText } from "./validate.js";

type Noise = NonNullable<NonNullable<Experiment["integrator"]>["noise"]>;

const path: Path = ["integrator", "noise"];

/** The scheme, and that it fits the noise. @throws Fault EXPERIMENT or MISMATCH */
export function resolveScheme(integrator: Experiment["integrator"], { locate }: Resolving): Scheme {
  const { noise, scheme: id = noise ? "heun-stochastic" : "heun" } = integrator ?? {};
  const scheme = findItem("scheme", schemes, id, locate, ["integrator", "scheme"]);
  const others = Object.values(schemes).filter((s) => (s.noise === undefined) === (noise === undefined));
  const next = `schemes that ${noise ? "take noise" : "need none"}: ${others.map((s) => s.id).join(", ")}`;
  if (noise && !scheme.noise) faultAt(locate, path, "MISMATCH", `the scheme ${id} takes no noise`, { next });
  if (!noise && scheme.noise)
    faultAt(locate, ["integrator", "scheme"], "MISMATCH", `the scheme ${id} needs noise, and none is given`, {
      next: `integrator.noise: {id: additive, D: …}, or ${next}`,
    });
  if (noise && scheme.noise && !(scheme.noise.kinds as readonly string[]).includes(noise.id))
    faultAt(locate, [...path, "id"], "EXPERIMENT", `the scheme ${id} takes no "${noise.id.slice(0, 60)}" noise`, {
      next: suggest(noise.id, scheme.noise.kinds),
    });
  return scheme;
}

/**
 * D per state variable; D has the unit of the variable squared per ms.
 * @throws Fault EXPERIMENT (unknown variable), UNIT, DATA, RANGE (negative)
 */
export function resolveNoise(noise: Noise | undefined, resolving: SlotContext): Record<string, Regional> | undefined {
  if (!noise) return undefined;
  const at = [...path, "D"];
  const variables = [...statePlaces(resolving.model).keys()].filter((name) => !name.includes(":"));
  const given: Readonly<Record<string, ParameterValue>> =
    typeof noise.D === "object"
      ? noise.D
      : Object.fromEntries(variables.map((name) => [name, noise.D as ParameterValue]));
  const where = (name: string): Path => (typeof noise.D === "object" ? [...at, name] : at);
  return bySlot(given, where, resolving, 0, (value, { unit }, at) => {
    const d = regionalValue(value, unit === "1" ? "1/ms" : `(${unit})^2/ms`, 0, at, resolving);
    if (typeof d === "number" ? d < 0 : d.some((v) => v < 0))
      faultAt(resolving.locate, at, "RANGE", `${pathText(at)} is negative; D is half a variance per ms`);
    return d;
  });
}

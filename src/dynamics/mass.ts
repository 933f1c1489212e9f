import { fault, suggest } from "../core/fault.js";
import type { Model } from "../ir/declare.js";

/** A model alone: its network inputs are held at constant values. */
export interface Mass {
  /** The model with its inputs as parameters, and without a network. */
  readonly model: Model;
  /** Names of the state variables. */
  readonly names: readonly string[];
  /** Every parameter and input. */
  readonly values: Readonly<Record<string, number>>;
}

export interface MassOptions {
  /** Parameters that differ from their defaults. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** Network inputs that are not 0. */
  readonly inputs?: Readonly<Record<string, number>>;
}

/** @throws Fault EXPERIMENT for an unknown name, RANGE for a value that is not finite, MISMATCH for a model without state, or of several models */
export function massOf(model: Model, { parameters = {}, inputs = {} }: MassOptions = {}): Mass {
  if (model.mixed)
    throw fault("MISMATCH", "regions have different models: that is a network, not one mass", {
      where: model.id,
      next: "name one of the models, or look at the network: --lyapunov, --scan",
    });
  checkNames(model, "parameter", parameters, model.parameters);
  checkNames(model, "input", inputs, model.inputs);
  const names = Object.keys(model.state);
  if (names.length === 0) throw fault("MISMATCH", `${model.id} has no state variables`, { where: model.id });
  const asParameters = Object.fromEntries(
    Object.entries(model.inputs).map(([name, { unit, about }]) => [
      name,
      { unit, about, default: 0, range: [-Number.MAX_VALUE, Number.MAX_VALUE] as const },
    ]),
  );
  const alone: Model = { ...model, parameters: { ...model.parameters, ...asParameters }, inputs: {}, sends: [] };
  const defaults = Object.entries(alone.parameters).map(([name, p]): [string, number] => [name, p.default]);
  return { model: alone, names, values: { ...Object.fromEntries(defaults), ...parameters, ...inputs } };
}

/** The same with one parameter or input at another value. */
export const withValue = (mass: Mass, name: string, value: number): Mass => ({
  ...mass,
  values: { ...mass.values, [name]: value },
});

/** @throws Fault EXPERIMENT when the mass has no such parameter or input */
export function checkParameter(mass: Mass, name: string, where: string): void {
  if (Object.hasOwn(mass.values, name)) return;
  throw fault("EXPERIMENT", `${mass.model.id} has no parameter or input "${name.slice(0, 60)}"`, {
    where,
    next: suggest(name, Object.keys(mass.values)),
  });
}

/** @throws Fault EXPERIMENT when there is no such state variable */
export function variableIndex(mass: Mass, name: string, where: string): number {
  const index = mass.names.indexOf(name);
  if (index >= 0) return index;
  throw fault("EXPERIMENT", `${mass.model.id} has no state variable "${name.slice(0, 60)}"`, {
    where,
    next: suggest(name, mass.names),
  });
}

function checkNames(
  { id }: Model,
  kind: "parameter" | "input",
  given: Readonly<Record<string, number>>,
  declared: Readonly<Record<string, unknown>>,
): void {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(declared, name))
      throw fault("EXPERIMENT", `${id} has no ${kind} "${name.slice(0, 60)}"`, {
        where: `${kind}s`,
        next: Object.keys(declared).length > 0 ? suggest(name, Object.keys(declared)) : `it has no ${kind}s`,
      });
    if (!Number.isFinite(value))
      throw fault("RANGE", `${name} must be finite, not ${value}`, { where: `${kind}s.${name}` });
  }
}

/** Lower and upper bound of each state variable; infinite where there is none. */
export const boundsOf = ({ model, names }: Mass): readonly (readonly [number, number])[] =>
  names.map((name) => {
    const { atLeast = -Infinity, atMost = Infinity } = model.state[name] ?? {};
    return [atLeast, atMost];
  });

/** Start ranges, cut to the bounds. */
export const startsOf = (mass: Mass): readonly (readonly [number, number])[] =>
  boundsOf(mass).map(([least, most], v) => {
    const [low, high] = mass.model.state[mass.names[v] ?? ""]?.start ?? [0, 0];
    return [Math.min(Math.max(low, least), most), Math.min(Math.max(high, least), most)];
  });

/** A length per variable, by which distances are measured: the width of the start range, or the size of its values. */
export const scalesOf = (mass: Mass): Float64Array =>
  Float64Array.from(startsOf(mass), ([low, high]) => high - low || Math.max(Math.abs(low), 1e-3) || 1);

/** Puts a state into the bounds, as the engine does after every stage. */
export function clamp(state: Float64Array, bounds: readonly (readonly [number, number])[]): Float64Array {
  bounds.forEach(([low, high], v) => (state[v] = Math.min(Math.max(state[v] as number, low), high)));
  return state;
}

import type { Model, ParameterDeclaration, StateDeclaration } from "../declare.js";

/** One of several models of a network. */
export interface Part {
  /** kebab-case and unique; what users call it. */
  readonly name: string;
  readonly model: Model;
  /** ms that one unit of a dimensionless model's time lasts. */
  readonly timeScale?: number;
}

/** What regions exchange although their models differ; records are by name of a part. */
export interface Channel {
  /** An expression of the part's state and parameters; "0": it sends nothing. */
  readonly send: Readonly<Record<string, string>>;
  /** The input that gets what arrives; absent: it hears nothing. */
  readonly receive: Readonly<Record<string, string>>;
}

/** What a composed model is made of. */
export interface Mixture {
  /** In the order of the values of {@link partParameter}. */
  readonly parts: readonly Part[];
  readonly channels: readonly Channel[];
}

/** The regional parameter of a composed model that says which part a region is; no mangled name is like it. */
export const partParameter = "part__";

/**
 * A name of a part, made unique among all parts: "jansen_rit__A". Names of parts hold no two hyphens in a row, so the first
 * "__" ends the part.
 */
export const mangled = (part: Part, name: string): string => `${part.name.replaceAll("-", "_")}__${name}`;

/** Names of the shared slots: "y1", or "x1_or_y0" where the models' variables differ. */
export function slotNames(parts: readonly Part[]): string[] {
  const variables = parts.map((part) => Object.keys(part.model.state));
  const count = Math.max(0, ...variables.map((names) => names.length));
  const joined = Array.from({ length: count }, (_, v) =>
    [...new Set(variables.flatMap((names) => names[v] ?? []))].join("_or_"),
  );
  return joined.map((name, v) => (name.includes("__") || joined.indexOf(name) !== v ? `slot__${v}` : name));
}

const unused: StateDeclaration = { unit: "1", start: [0, 0], about: "unused here" };

/**
 * What the slots of the state hold at a region: the model's own variables by name, in order; slots that the region's model
 * does not have are left out.
 * @param part the region's value of {@link partParameter}; without meaning for a model that is not composed
 */
export const variablesAt = (model: Model, part: number): readonly (readonly [name: string, StateDeclaration])[] =>
  Object.entries((model.mixed?.parts[part]?.model ?? model).state);

/** The declaration of every slot at a region of a part. */
export function slotsAt(model: Model, part: number): readonly StateDeclaration[] {
  const own = variablesAt(model, part);
  return Object.keys(model.state).map((_, v) => own[v]?.[1] ?? unused);
}

/** A variable or parameter of one part, and where the composed model keeps it. */
export interface Place<T = StateDeclaration> {
  /** Undefined for a model that is not composed: every region. */
  readonly part: number | undefined;
  /** Name in the composed model. */
  readonly slot: string;
  readonly declaration: T;
}

/** "epileptor: x1" → the part's name and the rest; without a name the whole text. */
export function qualified(text: string): { readonly of: string | undefined; readonly text: string } {
  const [, of, rest = ""] = /^\s*([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\s*:(.*)$/s.exec(text) ?? [];
  return of === undefined ? { of, text: text.trim() } : { of, text: rest.trim() };
}

/** Whether a name means this part: its own, or its model's. */
export const isCalled = (part: Part, of: string | undefined): boolean =>
  of === undefined || part.name === of || part.model.id === of;

/** Every state variable a user may name, with the places that the name means: "x1", and "epileptor: x1" where models are several. */
export function statePlaces(model: Model): ReadonlyMap<string, readonly Place[]> {
  const slots = Object.keys(model.state);
  return placesOf(
    model,
    ({ state }) => state,
    (_, __, v) => slots[v] ?? "",
  );
}

/** The same for parameters. */
export const parameterPlaces = (model: Model): ReadonlyMap<string, readonly Place<ParameterDeclaration>[]> =>
  placesOf(model, ({ parameters }) => parameters, mangled);

function placesOf<T>(
  model: Model,
  declared: (model: Model) => Readonly<Record<string, T>>,
  slotOf: (part: Part, name: string, position: number) => string,
): ReadonlyMap<string, readonly Place<T>[]> {
  if (!model.mixed)
    return new Map(
      Object.entries(declared(model)).map(([slot, declaration]) => [slot, [{ part: undefined, slot, declaration }]]),
    );
  const places = new Map<string, Place<T>[]>();
  for (const [k, part] of model.mixed.parts.entries())
    for (const [v, [name, declaration]] of Object.entries(declared(part.model)).entries())
      for (const known of new Set([name, `${part.name}: ${name}`, `${part.model.id}: ${name}`]))
        places.set(known, [...(places.get(known) ?? []), { part: k, slot: slotOf(part, name, v), declaration }]);
  return places;
}

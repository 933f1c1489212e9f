import { fault } from "../core/fault.js";
import type { Coupling, Model, Monitor, Noise, Paper, ParameterDeclaration, Scheme, Stimulus } from "./declare.js";
import { namesIn } from "./jets.js";
import { elementaries } from "./ops.js";
import { tableProblems } from "./tables.js";

/**
 * The form of declarations: what must hold before an equation is read. The same lists of problems serve items of ours,
 * where one is a defect, and models that a user brings in a file, where one is a fault of the file.
 */

const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const identifier = /^[A-Za-z][A-Za-z0-9_]*$/;
const doiForm = /^10\.\d{4,9}\/\S+$/;

/** Names that equation text gives a meaning of its own, or that its parser reads as an operator or a constant. */
const reserved = new Set([
  ...Object.keys(elementaries),
  ...["select", "min", "max", "abs", "sqrt", "floor", "sign", "heaviside", "pi"],
  ...["t", "dt", "dW"],
  ...["and", "or", "xor", "not", "mod", "to", "in", "end", "true", "false", "null", "undefined", "NaN", "Infinity"],
]);

/** What the text of a scheme means by itself. */
const schemeNames = new Set(["x", "t", "dt", "dW", "error"]);

type Problems = string[];

function idProblems(id: string, about: string): Problems {
  return [
    ...(kebab.test(id) ? [] : [`id "${id}" is not kebab-case`]),
    ...(about.trim() === "" ? ["about is empty"] : []),
  ];
}

const paperProblems = (papers: readonly Paper[]): Problems =>
  papers.flatMap(({ cite, doi, gives }) => [
    ...(doiForm.test(doi) ? [] : [`"${doi}" is not a DOI`]),
    ...(cite === "" || gives === "" ? [`paper ${doi} says not what it is or gives`] : []),
  ]);

/** Each name an identifier, not reserved, and used once over all kinds of names. */
function nameProblems(groups: Readonly<Record<string, readonly string[]>>): Problems {
  const usedAs = new Map<string, string>();
  const problems: Problems = [];
  for (const [kind, names] of Object.entries(groups))
    for (const name of names) {
      const before = usedAs.get(name);
      if (!identifier.test(name)) problems.push(`${kind} "${name}" is not an identifier`);
      if (reserved.has(name)) problems.push(`${kind} "${name}" is a word of the equation language`);
      if (before !== undefined) problems.push(`"${name}" is both ${before} and ${kind}`);
      usedAs.set(name, kind);
    }
  return problems;
}

const rangeProblems = (what: string, [low, high]: readonly [number, number]): Problems =>
  low < high && Number.isFinite(low) && Number.isFinite(high) ? [] : [`${what}: [${low}, ${high}] is not a range`];

const parameterProblems = (parameters: Readonly<Record<string, ParameterDeclaration>>): Problems =>
  Object.entries(parameters).flatMap(([name, { default: value, range }]) => [
    ...rangeProblems(`range of ${name}`, range),
    ...(value >= range[0] && value <= range[1] ? [] : [`default ${value} of ${name} lies outside its range`]),
  ]);

/** What is wrong with the form of a model; empty when nothing is. Equations are not read. */
export function modelProblems(model: Model): string[] {
  const {
    state,
    parameters,
    inputs,
    local = {},
    tables = {},
    definitions = {},
    equations,
    sends,
    observe,
    compat,
  } = model;
  const states = Object.keys(state);
  const added = Object.keys(compat?.definitions ?? {}).filter((name) => !Object.hasOwn(definitions, name));
  const usedByCompat = new Set(Object.values({ ...compat?.definitions, ...compat?.equations }).flatMap(namesIn));
  return [
    ...idProblems(model.id, model.about),
    ...paperProblems(model.papers),
    ...nameProblems({
      "state variable": states,
      parameter: Object.keys(parameters),
      input: Object.keys(inputs),
      "local input": Object.keys(local),
      table: Object.keys(tables),
      definition: [...Object.keys(definitions), ...added],
    }),
    ...parameterProblems(parameters),
    ...Object.entries(tables).flatMap(([name, table]) => tableProblems(name, table)),
    ...(states.length > 0 ? [] : ["there is no state variable"]),
    ...states.filter((name) => !Object.hasOwn(equations, name)).map((name) => `${name} has no equation`),
    ...Object.keys(equations)
      .filter((name) => !Object.hasOwn(state, name))
      .map((name) => `there is an equation for ${name}, which is no state variable`),
    ...Object.entries(state).flatMap(([name, { start, atLeast = -Infinity, atMost = Infinity }]) => [
      // One value is a range to start from, as for a clock.
      ...(start[0] === start[1] && Number.isFinite(start[0]) ? [] : rangeProblems(`start of ${name}`, start)),
      ...(atLeast < atMost ? [] : [`bounds of ${name} leave nothing between them`]),
      ...(start[0] >= atLeast && start[1] <= atMost ? [] : [`start of ${name} lies outside its bounds`]),
    ]),
    ...(Object.keys(inputs).length === sends.length
      ? []
      : [`${sends.length} expressions are sent but ${Object.keys(inputs).length} inputs received`]),
    ...(observe.length > 0 ? [] : ["nothing is observed"]),
    ...added
      .filter((name) => !usedByCompat.has(name))
      .map((name) => `compat replaces ${name}, which is no definition, nor used by others of compat`),
    ...Object.keys(compat?.equations ?? {})
      .filter((name) => !Object.hasOwn(equations, name))
      .map((name) => `compat replaces an equation for ${name}, which has none`),
  ];
}

/** What is wrong with the form of a coupling; empty when nothing is. */
export function couplingProblems(coupling: Coupling): string[] {
  const { parameters, combines, sends, compat } = coupling;
  const own = ["x", "x0", "x1", "S", ...sends.map((_, k) => `S${k}`), "W", "N"];
  return [
    ...idProblems(coupling.id, coupling.about),
    ...paperProblems(coupling.papers),
    ...nameProblems({ "name of the coupling language": own, parameter: Object.keys(parameters) }),
    ...parameterProblems(parameters),
    ...(combines === 1 || combines === 2 ? [] : [`it combines ${combines} sent expressions, not 1 or 2`]),
    ...(sends.length > 0 ? [] : ["nothing is sent"]),
    ...(compat?.sends === undefined || compat.sends.length === sends.length ? [] : ["compat sends another count"]),
  ];
}

/** What is wrong with the form of a scheme; empty when nothing is. */
export function schemeProblems(scheme: Scheme): string[] {
  const { steps, noise, parameters = {} } = scheme;
  const targets = steps.map((step) => /^([A-Za-z][A-Za-z0-9]*) = \S/.exec(step)?.[1]);
  const stochastic = steps.some((step) => /\bdW\b/.test(step));
  const multiplicative = noise?.kinds.includes("multiplicative") ?? false;
  return [
    ...idProblems(scheme.id, scheme.about),
    ...paperProblems(scheme.papers),
    ...(targets.includes(undefined) ? ["a step is not an assignment"] : []),
    ...(targets.at(-1) === "x" ? [] : ["the last step does not assign x"]),
    ...(targets.indexOf("x") === targets.length - 1 ? [] : ["x is assigned before the last step"]),
    ...(stochastic === (noise !== undefined) ? [] : ["dW is used without noise, or noise declared without dW"]),
    ...(multiplicative === (noise?.multiplicative !== undefined)
      ? []
      : ["orders for multiplicative noise are given without the kind, or the kind without them"]),
    ...(scheme.delayOrder <= scheme.order ? [] : ["delays cannot raise the order"]),
    ...(scheme.map && scheme.order !== 0 ? ["a map has no order"] : []),
    ...Object.entries(parameters).flatMap(([name, { default: value, range }]) => [
      ...rangeProblems(`range of ${name}`, range),
      ...(value >= range[0] && value <= range[1] ? [] : [`default ${value} of ${name} lies outside its range`]),
      ...(schemeNames.has(name) || !identifier.test(name) ? [`a parameter cannot be called ${name}`] : []),
      ...(targets.includes(name) ? [`the parameter ${name} is assigned`] : []),
    ]),
  ];
}

/** What is wrong with the form of a kind of noise; empty when nothing is. */
export const noiseProblems = (noise: Noise): string[] => [
  ...idProblems(noise.id, noise.about),
  ...paperProblems(noise.papers),
];

/** What is wrong with the form of a stimulus; empty when nothing is. */
export const stimulusProblems = ({ id, about, papers, parameters, uses, shortest = [] }: Stimulus): string[] => [
  ...idProblems(id, about),
  ...paperProblems(papers),
  ...nameProblems({ "name of the stimulus language": ["x"], parameter: Object.keys(parameters) }),
  ...parameterProblems(parameters),
  ...(uses.length > 0 ? [] : ["it has no use"]),
  ...shortest.filter((name) => !Object.hasOwn(parameters, name)).map((name) => `${name} is no parameter`),
];

/** What is wrong with the form of a monitor; empty when nothing is. */
export const monitorProblems = (monitor: Monitor): string[] => idProblems(monitor.id, monitor.about);

/** Returns the item, or stops: an item of ours with a problem is a defect. */
function checked<T extends { readonly id: string }>(kind: string, item: T, problems: readonly string[]): T {
  if (problems.length > 0) throw fault("BUG", `${kind} ${item.id}: ${problems.join("; ")}`);
  return item;
}

/** @throws Fault BUG */
export const model = (item: Model): Model => checked("model", item, modelProblems(item));
/** @throws Fault BUG */
export const coupling = (item: Coupling): Coupling => checked("coupling", item, couplingProblems(item));
/** @throws Fault BUG */
export const scheme = (item: Scheme): Scheme => checked("scheme", item, schemeProblems(item));
/** @throws Fault BUG */
export const stimulus = (item: Stimulus): Stimulus => checked("stimulus", item, stimulusProblems(item));
/** @throws Fault BUG */
export const noise = (item: Noise): Noise => checked("noise", item, noiseProblems(item));
/** @throws Fault BUG */
export const monitor = (item: Monitor): Monitor => checked("monitor", item, monitorProblems(item));

/**
 * Items by id, in the order given.
 * @throws Fault BUG when two share an id
 */
export function registry<T extends { readonly id: string }>(items: readonly T[]): Readonly<Record<string, T>> {
  const byId = Object.fromEntries(items.map((item) => [item.id, item]));
  if (Object.keys(byId).length !== items.length) throw fault("BUG", "two items share an id");
  return Object.freeze(byId);
}

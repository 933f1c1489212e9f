import { fault } from "../../core/fault.js";
import type { Model } from "../declare.js";
import { modelProblems } from "../form.js";
import { mangled, partParameter, slotNames, type Channel, type Part } from "./parts.js";
import { renamed } from "./rename.js";

/**
 * One model made of several: which of them a region is, its value of {@link partParameter} says. State slots are shared (the
 * k-th variables of all models have the k-th slot, so a region gets the draws and start values that it would have in a
 * network of its own model), parameters are kept apart, and `select` chooses, so that what the other models make of a
 * region's state, be it infinite or NaN, does not reach it. Bounds and start ranges stay with the parts (`slotsAt`).
 *
 * Every region evaluates every model's equations.
 * @throws Fault MISMATCH when the models count time differently and are not told how
 */
export function compose(parts: readonly Part[], channels: readonly Channel[]): Model {
  checkTimes(parts);
  const slots = slotNames(parts);
  const names = parts.map((part) => namesIn(part, slots, channels));
  const read = (k: number, text: string): string =>
    renamed(text, names[k] ?? new Map<string, string>(), parts[k]?.name);
  const slopeName = (part: Part, variable: string) => `slope__${mangled(part, variable)}`;
  const inTime = ({ timeScale = 1 }: Part, text: string) => (timeScale === 1 ? text : `(${text}) / ${timeScale}`);
  const slopes = (part: Part, k: number, equations: Readonly<Record<string, string>>): [string, string][] =>
    Object.entries(equations).map(([name, text]) => [slopeName(part, name), inTime(part, read(k, text))]);
  const definitions = (part: Part, k: number, given: Readonly<Record<string, string>> = {}): [string, string][] =>
    Object.entries(given).map(([name, text]) => [mangled(part, name), read(k, text)]);
  const each = <T>(of: (part: Part, k: number) => readonly T[]): T[] => parts.flatMap(of);
  const tvb = parts.filter(({ model }) => model.compat);
  const composed: Model = {
    id: parts.map(({ name }) => name).join("-and-"),
    about: `Regions of different models: ${parts.map(({ name }) => name).join(", ")}.`,
    papers: each(({ model }) => model.papers),
    time: parts.every(({ model, timeScale }) => model.time === "dimensionless" && timeScale === undefined)
      ? "dimensionless"
      : "ms",
    state: Object.fromEntries(slots.map((name, v) => [name, sharedSlot(parts, v)])),
    parameters: {
      [partParameter]: { unit: "1", default: 0, range: [0, parts.length], about: "which model a region is" },
      ...Object.fromEntries(
        each((part) => Object.entries(part.model.parameters).map(([name, p]) => [mangled(part, name), p])),
      ),
    },
    inputs: Object.fromEntries(channels.map((channel, c) => [inputName(c), sharedInput(parts, channel)])),
    sends: channels.map(({ send }) => choice(parts.map((part, k) => read(k, send[part.name] ?? "0")))),
    local: Object.fromEntries(
      each((part, k) =>
        Object.entries(part.model.local ?? {}).map(([name, input]) => [
          mangled(part, name),
          { ...input, of: choice(parts.map((_, other) => (other === k ? read(k, input.of) : "0"))) },
        ]),
      ),
    ),
    tables: Object.fromEntries(
      each((part) => Object.entries(part.model.tables ?? {}).map(([name, table]) => [mangled(part, name), table])),
    ),
    definitions: Object.fromEntries(
      each((part, k) => [...definitions(part, k, part.model.definitions), ...slopes(part, k, part.model.equations)]),
    ),
    equations: Object.fromEntries(
      slots.map((slot, v) => [
        slot,
        choice(
          parts.map((part) => {
            const variable = Object.keys(part.model.state)[v];
            return variable === undefined ? "0" : slopeName(part, variable);
          }),
        ),
      ]),
    ),
    ...(tvb.length === 0
      ? {}
      : {
          compat: {
            ...(tvb.some(({ model }) => model.compat?.double) ? { double: true as const } : {}),
            about: tvb.map(({ name, model }) => `${name}: ${model.compat?.about ?? ""}`).join(" "),
            definitions: Object.fromEntries(
              each((part, k) => [
                ...definitions(part, k, part.model.compat?.definitions),
                ...slopes(part, k, part.model.compat?.equations ?? {}),
              ]),
            ),
          },
        }),
    observe: [...new Set(each(({ model }) => model.observe))],
    mixed: { parts, channels },
  };
  const problems = modelProblems(composed);
  if (problems.length > 0) throw fault("BUG", `models do not compose: ${problems.slice(0, 3).join("; ")}`);
  return composed;
}

/** What a channel's input is called in the composed model. */
export const inputName = (channel: number): string => `channel__${channel}`;

/** Each part's text where the region is that part; the last one needs no question. */
export function choice(texts: readonly string[]): string {
  if (texts.every((text) => text === texts[0])) return texts[0] ?? "0";
  return texts.reduceRight((rest, text, k) => `select(${partParameter} == ${k}, ${text}, ${rest})`);
}

/** What a part's names become. */
export function namesIn(part: Part, slots: readonly string[], channels: readonly Channel[]): Map<string, string> {
  const { state, parameters, inputs, local = {}, tables = {}, definitions = {}, compat } = part.model;
  const heard = (input: string) => channels.findIndex(({ receive }) => receive[part.name] === input);
  return new Map([
    ...[parameters, local, tables, definitions, compat?.definitions ?? {}]
      .flatMap(Object.keys)
      .map((name): [string, string] => [name, mangled(part, name)]),
    ...Object.keys(inputs).map((name): [string, string] => [name, heard(name) < 0 ? "0" : inputName(heard(name))]),
    ...Object.keys(state).map((name, v): [string, string] => [name, slots[v] ?? name]),
  ]);
}

/** One slot's declaration: the range that holds every part's; its bounds differ by region (`slotsAt`). */
function sharedSlot(parts: readonly Part[], v: number): Model["state"][string] {
  const held = parts.flatMap(({ name, model }) => {
    const [variable, declaration] = Object.entries(model.state)[v] ?? [];
    return declaration ? [{ text: `${name}: ${variable}`, ...declaration }] : [];
  });
  const unit = commonUnit(held);
  return {
    unit,
    start: [Math.min(...held.map(({ start }) => start[0])), Math.max(...held.map(({ start }) => start[1]))],
    about: held.map(({ text }) => text).join(", "),
  };
}

function sharedInput(parts: readonly Part[], { receive }: Channel): Model["inputs"][string] {
  const held = parts.flatMap(({ name, model }) => model.inputs[receive[name] ?? ""] ?? []);
  return { unit: commonUnit(held), about: [...new Set(held.map(({ about }) => about))].join("; ") };
}

const commonUnit = (held: readonly { readonly unit: string }[]): string =>
  held.every(({ unit }) => unit === held[0]?.unit) ? (held[0]?.unit ?? "1") : "1";

function checkTimes(parts: readonly Part[]): void {
  const scaled = parts.find(({ model, timeScale }) => model.time === "ms" && timeScale !== undefined);
  if (scaled)
    throw fault("MISMATCH", `${scaled.name} counts in ms and takes no time_scale`, {
      next: "time_scale is for models of dimensionless time",
    });
  const inMs = parts.find(({ model, timeScale }) => model.time === "ms" || timeScale !== undefined);
  const own = parts.find(({ model, timeScale }) => model.time === "dimensionless" && timeScale === undefined);
  if (inMs && own)
    throw fault("MISMATCH", `${own.name} counts time without a unit, ${inMs.name} in ms`, {
      why: "how long one lasts in terms of the other is a choice that no default can make",
      next: `give ${own.name} a time_scale: the ms that one unit of its time lasts, such as time_scale: 1 ms`,
    });
}

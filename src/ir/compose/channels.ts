import { fault } from "../../core/fault.js";
import type { Channel, Part } from "./parts.js";

export interface Matched {
  readonly channels: readonly Channel[];
  /** What was taken for the same without being told so. */
  readonly notes: readonly string[];
}

/**
 * Channels of models that say themselves what belongs together: by the names of their inputs, or because each has one input.
 * @throws Fault MISMATCH otherwise
 */
export function matchChannels(parts: readonly Part[]): Matched {
  const inputs = parts.map(({ model }) => Object.keys(model.inputs));
  const [first = []] = inputs;
  const sameNames = inputs.every(
    (names) => names.length === first.length && first.every((name) => names.includes(name)),
  );
  const single = inputs.every((names) => names.length === 1);
  if (!sameNames && !single) throw unmatched(parts);
  const channels = first.map((name, c): Channel => {
    const inputOf = (k: number) => (sameNames ? name : (inputs[k]?.[c] ?? name));
    const record = (of: (part: Part, k: number) => string) =>
      Object.fromEntries(parts.map((part, k) => [part.name, of(part, k)]));
    return {
      send: record(({ model }, k) => model.sends[inputs[k]?.indexOf(inputOf(k)) ?? -1] ?? "0"),
      receive: record((_, k) => inputOf(k)),
    };
  });
  const notes = sameNames ? [] : [`the only inputs of the models were taken for one channel: ${inputList(parts)}`];
  return { channels, notes: [...notes, ...channels.flatMap((channel) => unitNotes(parts, channel))] };
}

/** Where models receive one channel in different units. */
export function unitNotes(parts: readonly Part[], { receive }: Channel): string[] {
  const heard = parts.flatMap(({ name, model }) => {
    const input = receive[name];
    const unit = input === undefined ? undefined : model.inputs[input]?.unit;
    return unit === undefined ? [] : [{ unit, text: `${name} receives ${input} in ${unit}` }];
  });
  return new Set(heard.map(({ unit }) => unit)).size > 1
    ? [
        `one channel is received in several units, and nothing converts between them: ${heard.map(({ text }) => text).join(", ")}`,
      ]
    : [];
}

const inputList = (parts: readonly Part[]): string =>
  parts.map(({ name, model }) => `${name}: ${Object.keys(model.inputs).join(", ") || "none"}`).join("; ");

function unmatched(parts: readonly Part[]) {
  const example = (of: (part: Part) => string | undefined) =>
    parts.map((part) => `${part.name}: ${JSON.stringify(of(part) ?? "0")}`).join(", ");
  return fault("MISMATCH", "the models' network inputs do not match by name", {
    where: "model.by_region",
    why: `inputs are ${inputList(parts)}`,
    next: `say what belongs together, for example model.channels: [{send: {${example(({ model }) => model.sends[0])}}, receive: {${example(({ model }) => Object.keys(model.inputs)[0] ?? "none")}}}]`,
  });
}

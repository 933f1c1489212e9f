import { suggest } from "../core/fault.js";
import { matchChannels, unitNotes, type Matched } from "../ir/compose/channels.js";
import { isCalled, type Channel, type Part } from "../ir/compose/parts.js";
import { graph, type Expr } from "../ir/graph.js";
import { parseEquation } from "../ir/parse.js";
import { tablesIn } from "../ir/tables.js";
import { faultAt, type Resolving } from "./context.js";
import type { Path } from "./parse.js";
import type { MixedModel } from "./types.js";

const root: Path = ["model", "channels"];

/**
 * What models of one network send each other.
 * @throws Fault EXPERIMENT (unknown names), EQUATION, MISMATCH (a model without a channel)
 */
export function resolveChannels(given: MixedModel["channels"], parts: readonly Part[], resolving: Resolving): Matched {
  if (given === undefined) return matchChannels(parts);
  const channels = given.map(({ send, receive }, c): Channel => {
    const at: Path = [...root, c];
    const sent = byPart(send, parts, [...at, "send"], resolving);
    const heard = byPart(receive, parts, [...at, "receive"], resolving);
    return {
      send: Object.fromEntries(parts.map((part) => [part.name, sentBy(part, sent.get(part), at, resolving)])),
      receive: Object.fromEntries(
        parts.flatMap((part) => {
          const input = heardBy(part, heard.get(part), at, resolving);
          return input === undefined ? [] : [[part.name, input]];
        }),
      ),
    };
  });
  for (const part of parts) checkHearing(part, given, channels, resolving);
  return { channels, notes: channels.flatMap((channel) => unitNotes(parts, channel)) };
}

/** A map by name of an entry or id of a model; the name wins. */
function byPart<T>(
  given: Readonly<Record<string, T>>,
  parts: readonly Part[],
  path: Path,
  { locate }: Resolving,
): Map<Part, T> {
  const unknown = Object.keys(given).find((key) => !parts.some((part) => isCalled(part, key)));
  if (unknown !== undefined)
    faultAt(locate, [...path, unknown], "EXPERIMENT", `no model here is called "${unknown.slice(0, 60)}"`, {
      next: suggest(
        unknown,
        parts.map(({ name }) => name),
      ),
    });
  return new Map(
    parts.flatMap((part): [Part, T][] => {
      const key = [part.name, part.model.id].find((name) => Object.hasOwn(given, name));
      const value = key === undefined ? undefined : given[key];
      return value === undefined ? [] : [[part, value]];
    }),
  );
}

function sentBy(part: Part, given: string | number | undefined, at: Path, { locate }: Resolving): string {
  if (given === undefined)
    return faultAt(locate, [...at, "send"], "MISMATCH", `the channel does not say what ${part.name} sends`, {
      next: `${part.name}: an expression of ${Object.keys(part.model.state).join(", ")}, or 0 for nothing`,
    });
  const g = graph();
  const names = [...Object.keys(part.model.state), ...Object.keys(part.model.parameters)];
  const where = locate([...at, "send", part.name]);
  const sent = parseEquation(
    g,
    String(given),
    new Map([...tablesIn(g, part.model), ...names.map((name): [string, Expr] => [name, g.symbol(name)])]),
    where,
  );
  if (sent.type !== "float") faultAt(locate, [...at, "send"], "EQUATION", `"${given}" is a condition, not a number`);
  return String(given);
}

function heardBy(part: Part, given: string | undefined, at: Path, { locate }: Resolving): string | undefined {
  if (given === undefined || given === "none") return undefined;
  const inputs = Object.keys(part.model.inputs);
  if (!inputs.includes(given))
    faultAt(locate, [...at, "receive"], "EXPERIMENT", `${part.name} has no input "${given.slice(0, 60)}"`, {
      next: inputs.length > 0 ? suggest(given, inputs) : "it has none: leave it out, or none",
    });
  return given;
}

/** Every model is spoken of in some channel's `receive`, and no input hears two channels. */
function checkHearing(
  part: Part,
  given: NonNullable<MixedModel["channels"]>,
  channels: readonly Channel[],
  { locate }: Resolving,
): void {
  const heard = channels.flatMap(({ receive }) => receive[part.name] ?? []);
  const twice = heard.find((input, k) => heard.indexOf(input) !== k);
  if (twice !== undefined)
    faultAt(locate, root, "MISMATCH", `the input ${twice} of ${part.name} receives two channels`, {
      next: "give each channel an input of its own, or one channel what both send",
    });
  const spoken = given.some(({ receive }) => Object.keys(receive).some((key) => isCalled(part, key)));
  if (!spoken && Object.keys(part.model.inputs).length > 0)
    faultAt(locate, root, "MISMATCH", `no channel says what ${part.name} receives`, {
      next: `receive: {${part.name}: one of ${Object.keys(part.model.inputs).join(", ")}, or none}`,
    });
}

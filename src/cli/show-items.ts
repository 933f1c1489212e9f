import { fault, suggest } from "../core/fault.js";
import { couplings } from "../couplings/index.js";
import { readModelFile, isModelPath } from "../experiment/find-model.js";
import { notingDisk } from "../experiment/inputs.js";
import { schemes } from "../integrators/index.js";
import type { Coupling, Model, Monitor, Noise, Paper, ParameterDeclaration, Scheme, Stimulus } from "../ir/declare.js";
import { models } from "../models/index.js";
import { monitors } from "../monitors/index.js";
import { noises } from "../noises/index.js";
import { stimuli } from "../stimuli/index.js";
import type { Io } from "./io.js";
import type { Kind } from "./items.js";
import { boldSections } from "./show-bold.js";
import { equationLines, jacobianLines } from "./show-equations.js";

type Item = Model | Coupling | Scheme | Noise | Stimulus | Monitor;

const registries: Readonly<Record<Kind, Readonly<Record<string, Item>>>> = {
  models,
  couplings,
  schemes,
  noises,
  stimuli,
  monitors,
};

export interface ShowOptions {
  readonly json: boolean;
  readonly jacobian: boolean;
  readonly latex: boolean;
}

/** One line per item: id and the first sentence about it. */
export function listItems(kind: Kind, json: boolean): string {
  const all = Object.values(registries[kind]);
  if (json) return JSON.stringify(all.map(({ id, about }) => ({ id, about })));
  const width = Math.max(...all.map(({ id }) => id.length));
  return all.map(({ id, about }) => `${id.padEnd(width)}  ${firstSentence(about)}`).join("\n");
}

const firstSentence = (text: string): string => /^.*?[.:;](?=\s|$)/.exec(text)?.[0].replace(/[:;]$/, ".") ?? text;

/** @throws Fault EXPERIMENT for an unknown id, that suggests the nearest; as `readModelFile` for a model file */
export async function showItem(io: Io, kind: Kind, one: string, id: string, options: ShowOptions): Promise<string> {
  const known = registries[kind];
  const item =
    kind === "models" && isModelPath(id)
      ? await readModelFile(id, notingDisk(io.disk, "."))
      : Object.hasOwn(known, id)
        ? known[id]
        : undefined;
  if (!item)
    throw fault("EXPERIMENT", `there is no ${one} "${id.slice(0, 60)}"`, {
      where: `laennec ${kind} show`,
      next: suggest(id, Object.keys(known)),
    });
  const jacobian = options.jacobian && "equations" in item ? jacobianLines(item, options.latex) : [];
  if (options.json) return JSON.stringify(options.jacobian ? { ...item, jacobian } : item);
  return [item.id, "", ...wrap(item.about, 100), ...sections(item, options, jacobian)].join("\n").trimEnd();
}

function sections(item: Item, { latex }: ShowOptions, jacobian: readonly string[]): string[] {
  const lines: string[] = [];
  const section = (title: string, body: readonly string[]) => {
    if (body.length > 0) lines.push("", title, ...body.map((line) => `  ${line}`));
  };
  if ("equations" in item) {
    section(
      "state variables",
      table(
        Object.entries(item.state).map(([name, s]) => [
          name,
          s.unit,
          `start ${interval(s.start)}${bounds(s)}`,
          s.about,
        ]),
      ),
    );
    section("parameters", parameterTable(item.parameters));
    section("inputs from the network", table(Object.entries(item.inputs).map(([name, i]) => [name, i.unit, i.about])));
    section("sent to the network", item.sends);
    section(
      `equations${item.time === "ms" ? ", per ms" : ", in the paper's own time (1 ms = 1 unit)"}`,
      equationLines(item, latex),
    );
    section("recorded by default", item.observe);
    section("Jacobian, without the network", jacobian);
  } else if ("receives" in item) {
    section("parameters", parameterTable(item.parameters));
    section("a source sends", item.sends);
    section("a target receives", [item.receives]);
    if (item.compat)
      section("under compat: tvb", [
        item.compat.about,
        ...(item.compat.sends ?? []),
        ...(item.compat.receives === undefined ? [] : [item.compat.receives]),
      ]);
  } else if ("kind" in item) {
    section("amplitude", [item.kind === "additive" ? "sqrt(2 D)" : "sqrt(2 D) b"]);
    if (item.compat !== undefined) section("under compat: tvb", [item.compat]);
  } else if ("equation" in item) {
    section("of", [
      `x: ${item.uses.map((use) => (use === "time" ? "the time in ms" : "a distance in mm")).join(", or ")}`,
    ]);
    section("parameters", parameterTable(item.parameters));
    section("equation", [item.equation]);
    if (item.compat) section("under compat: tvb", [item.compat.about, item.compat.equation]);
  } else if ("steps" in item) {
    section("one step", item.steps);
    const { order, delayOrder, noise } = item;
    section("order", [
      `${order} without delays, ${delayOrder} with delays`,
      ...(noise
        ? [
            `noise: ${noise.kinds.join(", ")}; strong order ${noise.strongOrder}, weak order ${noise.weakOrder}${noise.multiplicative ? ` (multiplicative: ${noise.multiplicative.strongOrder}, ${noise.multiplicative.weakOrder})` : ""}; ${noise.calculus === "ito" ? "Itô" : "Stratonovich"}`,
          ]
        : ["takes no noise"]),
    ]);
  } else
    section("records", [
      `in time: ${{ step: "every step", sample: "the state at the end of each period", mean: "the mean over each period" }[item.time]}`,
      `in space: ${{ regions: "every region", groups: "the mean over each group of regions", all: "the mean over all regions", sensors: "sensors, through a lead field" }[item.space]}`,
    ]);
  if (item.id === "bold") for (const [title, body] of boldSections(parameterTable, paperLine)) section(title, body);
  section("papers", "papers" in item ? item.papers.map(paperLine) : []);
  if (item.tvb) section("in The Virtual Brain", [item.tvb.class]);
  return lines;
}

const paperLine = ({ cite, doi, gives }: Paper): string => `${cite}. doi:${doi} (${gives})`;
const interval = ([low, high]: readonly [number, number]): string =>
  low <= -Number.MAX_VALUE && high >= Number.MAX_VALUE ? "any" : `[${low}, ${high}]`;
const bounds = ({ atLeast, atMost }: { readonly atLeast?: number; readonly atMost?: number }): string =>
  [atLeast === undefined ? "" : `, at least ${atLeast}`, atMost === undefined ? "" : `, at most ${atMost}`].join("");

const parameterTable = (parameters: Readonly<Record<string, ParameterDeclaration>>): string[] =>
  table(
    Object.entries(parameters).map(([name, p]) => [
      name,
      String(p.default),
      p.unit,
      `range ${interval(p.range)}`,
      p.about,
    ]),
  );

/** Columns padded to their widest cell. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, k) => Math.max(...rows.map((row) => row[k]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, k) => (k === row.length - 1 ? cell : cell.padEnd(widths[k] ?? 0))).join("  "),
  );
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [""];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1) ?? "";
    if (last.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines;
}

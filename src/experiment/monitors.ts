import { fault, suggest } from "../core/fault.js";
import type { Connectome } from "../core/connectome.js";
import type { MonitorSetup } from "../engine/setup.js";
import type { Model, Monitor } from "../ir/declare.js";
import { observedBy } from "../ir/compose/observe.js";
import { isCalled, qualified, statePlaces, type Mixture } from "../ir/compose/parts.js";
import { graph, type Expr } from "../ir/graph.js";
import { parseEquation } from "../ir/parse.js";
import { tablesIn } from "../ir/tables.js";
import { namesIn } from "../ir/syntax.js";
import { monitors } from "../monitors/index.js";
import { resolveBold } from "./bold.js";
import { faultAt, findItem, type Resolving } from "./context.js";
import { resolveSensors, type LeadFieldContext } from "./lead-field.js";
import type { Path } from "./parse.js";
import { milliseconds, tidy, wholeSteps } from "./time.js";
import type { Experiment, MonitorSpec } from "./types.js";

interface MonitorContext extends LeadFieldContext {
  readonly connectome: Connectome;
  readonly model: Model;
  readonly dtMs: number;
  readonly durationMs: number;
  readonly transientMs: number;
}

/**
 * The monitors of an experiment; by default the temporal average of 1 ms, or of the next whole number of steps.
 * @throws Fault EXPERIMENT, EQUATION, MISMATCH, RANGE
 */
export async function resolveMonitors(
  given: Experiment["monitors"],
  context: MonitorContext,
): Promise<readonly MonitorSetup[]> {
  const specs = (given ?? ["temporal-average"]).map((spec): MonitorSpec =>
    typeof spec === "string" ? { id: spec } : spec,
  );
  const setups: MonitorSetup[] = [];
  for (const [k, spec] of specs.entries()) setups.push(await resolveMonitor(spec, ["monitors", k], context));
  const named = setups.map((setup, k) => ({ ...setup, name: specs[k]?.name ?? numbered(setups, k) }));
  // Each name becomes a folder beside connectome.zarr, and some disks do not tell capital letters from small ones.
  const folders = named.map(({ name }) => name.toLowerCase());
  for (const [k, { name }] of named.entries()) {
    const path = ["monitors", k, "name"];
    if (folders[k] === "connectome")
      faultAt(context.locate, path, "EXPERIMENT", `a monitor cannot be called "${name}"`, {
        why: "connectome.zarr in the result holds the connectome",
        next: "another name",
      });
    const first = folders.indexOf(folders[k] ?? "");
    if (first !== k)
      faultAt(
        context.locate,
        path,
        "EXPERIMENT",
        named[first]?.name === name
          ? `two monitors are called "${name}"`
          : `the monitors "${named[first]?.name}" and "${name}" differ in capital letters only`,
        { next: "another name" },
      );
  }
  return named;
}

/** "raw", or "raw-2" when it is the second raw one. */
function numbered(setups: readonly { readonly name: string }[], at: number): string {
  const id = setups[at]?.name ?? "";
  const before = setups.slice(0, at).filter((other) => other.name === id).length;
  return before === 0 ? id : `${id}-${before + 1}`;
}

async function resolveMonitor(spec: MonitorSpec, path: Path, context: MonitorContext): Promise<MonitorSetup> {
  const { locate, model } = context;
  const monitor = findItem("monitor", monitors, spec.id, locate, typeof spec === "string" ? path : [...path, "id"]);
  const inputs = monitor.of === "inputs";
  const everything = inputs ? inputNames(model) : stateNames(model);
  const variables = spec.variables === "all" ? everything : (spec.variables ?? (inputs ? everything : model.observe));
  if (variables.length === 0)
    faultAt(locate, path, "MISMATCH", `${model.id} gets nothing from the network`, { next: "another monitor" });
  for (const [k, text] of variables.entries()) {
    const at = [...path, "variables", k];
    if (inputs) checkInput(text, everything, at, context);
    else checkVariable(text, model, at, context);
  }
  const groups = resolveGroups(monitor, spec.groups, [...path, "groups"], context);
  const sensors = await resolveSensors(monitor, spec, path, context);
  const periodMs = resolvePeriod(monitor, spec, path, context);
  const bold = await resolveBold(monitor, spec, periodMs, path, context);
  return {
    name: monitor.id,
    monitor: bold && groups ? { ...monitor, space: "groups" } : monitor,
    periodMs,
    variables,
    ...(groups ? { groups } : {}),
    ...(sensors ? { sensors } : {}),
    ...(bold ? { bold } : {}),
  };
}

/** @throws Fault EXPERIMENT for what is no input */
function checkInput(text: string, inputs: readonly string[], path: Path, { locate }: Resolving): void {
  const texts = text.split(";").map((one) => qualified(one).text);
  const unknown = texts.flatMap((one) => [...namesIn(one, locate(path))]).find((name) => !inputs.includes(name));
  if (unknown !== undefined)
    faultAt(locate, path, "EXPERIMENT", `the model has no network input "${unknown.slice(0, 60)}"`, {
      next: suggest(unknown, inputs),
    });
}

const inputNames = ({ mixed, inputs }: Model): string[] => [
  ...new Set(mixed ? mixed.parts.flatMap(({ model }) => Object.keys(model.inputs)) : Object.keys(inputs)),
];
const stateNames = (model: Model): string[] => [...statePlaces(model).keys()].filter((name) => !name.includes(":"));

function checkVariable(text: string, model: Model, path: Path, resolving: Resolving): void {
  if (model.mixed) return checkMixedVariable(text, model, model.mixed, path, resolving);
  const { locate } = resolving;
  const g = graph();
  const scope = new Map([
    ...tablesIn(g, model),
    ...Object.keys(model.state).map((name): [string, Expr] => [name, g.symbol(name)]),
  ]);
  const expression = parseEquation(g, text, scope, locate(path));
  if (expression.type !== "float")
    throw fault("EQUATION", `"${text}" is a condition, not a number`, { where: locate(path) });
}

/** @throws Fault EXPERIMENT for a name that no model has, EQUATION where no model has all names of the text */
function checkMixedVariable(text: string, model: Model, { parts }: Mixture, path: Path, resolving: Resolving): void {
  const { locate } = resolving;
  for (const { of } of text.split(";").map(qualified))
    if (!parts.some((part) => isCalled(part, of)))
      faultAt(locate, path, "EXPERIMENT", `no model here is called "${of?.slice(0, 60)}"`, {
        next: suggest(
          of ?? "",
          parts.map(({ name }) => name),
        ),
      });
  const own = observedBy(parts, text);
  for (const [k, one] of own.entries())
    if (one !== undefined) checkVariable(one, parts[k]?.model ?? model, path, resolving);
  if (own.some((one) => one !== undefined)) return;
  const g = graph();
  const all = new Map(stateNames(model).map((name) => [name, g.symbol(name)]));
  for (const one of text.split(";").map(qualified)) parseEquation(g, one.text, all, locate(path));
  faultAt(locate, path, "EQUATION", `no model here has all names of "${text.slice(0, 60)}"`, {
    next: `for each its own: "${parts.map((part) => `${part.name}: ${part.model.observe[0] ?? ""}`).join("; ")}"`,
  });
}

function resolvePeriod(
  monitor: Monitor,
  { period }: MonitorSpec,
  path: Path,
  { locate, dtMs, durationMs }: MonitorContext,
): number {
  const at = [...path, "period"];
  if (monitor.time === "step") {
    if (period !== undefined && wholeSteps(milliseconds(period, at, locate, true), dtMs, at, locate) !== 1)
      faultAt(locate, at, "MISMATCH", `the monitor ${monitor.id} records every step`, {
        next: "leave the period out, or use subsample",
      });
    return dtMs;
  }
  const usual = monitor.id === "bold" ? 2000 : 1;
  const ms =
    period === undefined ? Math.max(1, Math.ceil(usual / dtMs - 1e-9)) * dtMs : milliseconds(period, at, locate, true);
  // A period of whole steps is kept as steps x dt, so that time stamps and windows agree with the engine's clock.
  const exact = wholeSteps(ms, dtMs, at, locate) * dtMs;
  if (exact > durationMs * (1 + 1e-9))
    faultAt(
      locate,
      period === undefined ? path : at,
      "RANGE",
      `${monitor.id} would record nothing: its period of ${tidy(exact)} ms is longer than the run (${tidy(durationMs)} ms)`,
      {
        next: "a longer duration or a shorter period",
      },
    );
  return exact;
}

function resolveGroups(
  monitor: Monitor,
  given: MonitorSpec["groups"],
  path: Path,
  context: MonitorContext,
): MonitorSetup["groups"] {
  const { locate, connectome } = context;
  if (monitor.id === "bold" && given === undefined) return undefined;
  if (monitor.space !== "groups" && monitor.id !== "bold") {
    if (given !== undefined)
      faultAt(locate, path, "MISMATCH", `the monitor ${monitor.id} has no groups`, {
        next: "groups belong to spatial-average and bold",
      });
    return undefined;
  }
  const next = "groups: hemisphere, cortical, or {NAME: [REGION, …], …}";
  if (given === undefined)
    faultAt(locate, path.slice(0, -1), "EXPERIMENT", `${monitor.id} needs groups of regions`, { next });
  if (given === "hemisphere" || given === "cortical") {
    const flags = given === "hemisphere" ? connectome.hemispheres : connectome.cortical;
    if (!flags)
      faultAt(
        locate,
        path,
        "MISMATCH",
        `the connectome does not say which regions are ${given === "cortical" ? "cortical" : "left or right"}`,
        { next: "give the groups by region labels" },
      );
    return compact(
      Uint32Array.from(flags ?? []),
      given === "hemisphere" ? ["left", "right"] : ["subcortical", "cortical"],
    );
  }
  if (typeof given === "string") faultAt(locate, path, "EXPERIMENT", `"${given}" is not a grouping`, { next });
  return mappedGroups(given as Readonly<Record<string, readonly string[]>>, path, context);
}

/** Leaves out groups without regions: their mean would be 0/0. */
function compact(of: Uint32Array, names: readonly string[]): { of: Uint32Array; names: string[] } {
  const used = names.map((_, k) => k).filter((k) => of.includes(k));
  return { of: of.map((k) => used.indexOf(k)), names: used.map((k) => names[k] ?? "") };
}

function mappedGroups(
  given: Readonly<Record<string, readonly string[]>>,
  path: Path,
  { labels, locate }: Resolving,
): { of: Uint32Array; names: string[] } {
  const index = new Map(labels.map((label, k) => [label, k]));
  const unset = 2 ** 32 - 1;
  const of = new Uint32Array(labels.length).fill(unset);
  const names = Object.keys(given);
  for (const [g, name] of names.entries())
    for (const [k, label] of (given[name] ?? []).entries()) {
      const region = index.get(label);
      if (region === undefined)
        faultAt(locate, [...path, name, k], "EXPERIMENT", `the connectome has no region "${label.slice(0, 60)}"`, {
          next: suggest(label, labels),
        });
      if (of[region] !== unset) faultAt(locate, [...path, name, k], "EXPERIMENT", `region ${label} is in two groups`);
      of[region] = g;
    }
  const missing = of.indexOf(unset);
  if (missing >= 0)
    faultAt(locate, path, "EXPERIMENT", `region ${labels[missing]} is in no group`, {
      next: "every region belongs to one group; make one for the rest",
    });
  return { of, names };
}

import { suggest } from "../core/fault.js";
import { parseQuantity } from "../core/units.js";
import type { Regional } from "../engine/setup.js";
import { compose } from "../ir/compose/compose.js";
import { mangled, partParameter, type Part } from "../ir/compose/parts.js";
import type { Model } from "../ir/declare.js";
import { resolveChannels } from "./channels.js";
import { faultAt } from "./context.js";
import { findModel, type ModelContext, type ResolvedModel } from "./find-model.js";
import { resolveParameters } from "./parameters.js";
import type { Path } from "./parse.js";
import type { MixedModel, RegionalModel } from "./types.js";

const root: Path = ["model", "by_region"];

/**
 * One model composed of those of an experiment's regions, and its parameters: each part's own, mangled, and which part a region is.
 * @throws Fault EXPERIMENT (labels, regions twice or without a model, names), MISMATCH (time, channels), and those of one model
 */
export async function resolveMixed(given: MixedModel, context: ModelContext): Promise<ResolvedModel> {
  const { labels, files, locate, deviations } = context;
  const found: Model[] = [];
  for (const [k, { id }] of given.by_region.entries())
    found.push(await findModel(id, files, locate, [...root, k, "id"]));
  const of = assignment(given.by_region, context);
  const parts = given.by_region.map((entry, k): Part => {
    const model = found[k];
    if (!model) return faultAt(locate, [...root, k], "BUG", "a model is missing");
    const name = entry.name ?? model.id;
    if (entry.time_scale === undefined) return { name, model };
    const timeScale = parseQuantity(entry.time_scale, "ms", locate([...root, k, "time_scale"]));
    if (!(timeScale > 0 && Number.isFinite(timeScale)))
      faultAt(locate, [...root, k, "time_scale"], "RANGE", `time_scale must be above 0, not ${entry.time_scale}`);
    return { name, model, timeScale };
  });
  checkNames(parts, context);
  const { channels, notes } = resolveChannels(given.channels, parts, context);
  deviations.push(...notes.map((about) => ({ kind: "channels" as const, where: "model.channels", about })));
  const parameters: Record<string, Regional> = { [partParameter]: of };
  for (const [k, part] of parts.entries()) {
    const mine = labels.filter((_, i) => of[i] === k);
    const own = resolveParameters(
      part.name,
      part.model.parameters,
      given.by_region[k]?.parameters ?? {},
      [...root, k, "parameters"],
      {
        ...context,
        labels: mine,
        among: `${part.name} (${mine.length} of ${labels.length} regions)`,
      },
    );
    for (const [name, value] of Object.entries(own))
      parameters[mangled(part, name)] =
        typeof value === "number" ? value : spread(value, of, k, part.model.parameters[name]?.default ?? 0);
  }
  return { model: compose(parts, channels), parameters };
}

/** Values of a part's regions at their places among all; elsewhere the default, which nothing reads. */
function spread(values: Float64Array, of: Float64Array, part: number, otherwise: number): Float64Array {
  let next = 0;
  return of.map((k) => (k === part ? (values[next++] ?? otherwise) : otherwise));
}

/** Which entry each region belongs to. */
function assignment(entries: readonly RegionalModel[], context: ModelContext): Float64Array {
  const { labels, locate } = context;
  const of = new Float64Array(labels.length).fill(-1);
  const take = (region: number, k: number, path: Path) => {
    const before = of[region] ?? -1;
    if (before >= 0)
      faultAt(locate, path, "EXPERIMENT", `region ${labels[region]} has two models`, {
        next: `it is in entries ${before} and ${k} of model.by_region; leave it in one`,
      });
    of[region] = k;
  };
  for (const [k, { regions }] of entries.entries()) {
    const path: Path = [...root, k, "regions"];
    if (regions === "*") continue;
    if (typeof regions === "string") for (const i of regionsOfKind(regions, path, context)) take(i, k, path);
    else
      for (const [j, label] of regions.entries()) {
        const region = labels.indexOf(label);
        if (region < 0)
          faultAt(locate, [...path, j], "EXPERIMENT", `the connectome has no region "${label.slice(0, 60)}"`, {
            next: suggest(label, labels),
          });
        take(region, k, [...path, j]);
      }
  }
  const rest = entries.flatMap(({ regions }, k) => (regions === "*" ? [k] : []));
  const [star, second] = rest;
  if (second !== undefined)
    faultAt(
      locate,
      [...root, second, "regions"],
      "EXPERIMENT",
      '"*" stands for the rest of the regions: only one entry can have it',
    );
  if (star !== undefined) of.forEach((k, i) => k < 0 && (of[i] = star));
  const without = labels.filter((_, i) => (of[i] ?? -1) < 0);
  if (without.length > 0)
    faultAt(
      locate,
      root,
      "EXPERIMENT",
      `${without.length} regions have no model: ${without.slice(0, 5).join(", ")}${without.length > 5 ? ", …" : ""}`,
      {
        next: 'name them, or give one entry regions: "*", which is the rest',
      },
    );
  const empty = entries.findIndex((_, k) => !of.includes(k));
  if (empty >= 0)
    faultAt(locate, [...root, empty, "regions"], "EXPERIMENT", "no region is left for this model", {
      next: "leave the entry out, or give it regions",
    });
  return of;
}

function regionsOfKind(kind: string, path: Path, { connectome, locate, labels }: ModelContext): number[] {
  const kinds: Readonly<Record<string, readonly [flags: Uint8Array | undefined, wanted: number]>> = {
    left: [connectome.hemispheres, 0],
    right: [connectome.hemispheres, 1],
    subcortical: [connectome.cortical, 0],
    cortical: [connectome.cortical, 1],
  };
  const [flags, wanted] = (Object.hasOwn(kinds, kind) ? kinds[kind] : undefined) ?? [];
  if (wanted === undefined)
    return faultAt(locate, path, "EXPERIMENT", `"${kind.slice(0, 60)}" does not say which regions`, {
      next: labels.includes(kind) ? `a list: [${kind}]` : `a list of labels, "*", or ${Object.keys(kinds).join(", ")}`,
    });
  if (!flags)
    return faultAt(locate, path, "MISMATCH", `the connectome does not say which regions are ${kind}`, {
      next: "give a list of labels",
    });
  return labels.flatMap((_, i) => (flags[i] === wanted ? [i] : []));
}

function checkNames(parts: readonly Part[], { locate }: ModelContext): void {
  for (const [k, { name }] of parts.entries()) {
    const path: Path = [...root, k, "name"];
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
      faultAt(
        locate,
        path,
        "EXPERIMENT",
        `"${name.slice(0, 60)}" is no name: small letters, digits and single hyphens`,
      );
    if (parts.findIndex((part) => part.name === name) !== k)
      faultAt(locate, path, "EXPERIMENT", `two models are called ${name}`, {
        next: "give one of them another name: …",
      });
  }
}

import { fault } from "../core/fault.js";
import { baseName, folderOf, type Disk } from "../storage/disk.js";
import { decodeText } from "../storage/table.js";
import { locateIn } from "./check.js";
import { isModelPath } from "./find-model.js";
import { applyOverrides } from "./overrides.js";
import { parseText } from "./parse.js";
import { resolveExperiment, type Resolved } from "./resolve.js";

export const maxExperimentBytes = 1_000_000;

export interface LoadOptions {
  /** Changes to the experiment, `path=value`. */
  readonly sets?: readonly string[] | undefined;
  /** A model's id, or a model file, in place of the experiment's. */
  readonly model?: string | undefined;
  readonly force?: boolean | undefined;
}

/**
 * Reads an experiment file and resolves it; files that it names are looked for beside it.
 * @throws Fault FILE, and as {@link resolveText}
 */
export async function loadExperiment(disk: Disk, file: string, options: LoadOptions = {}): Promise<Resolved> {
  const source = baseName(file);
  if ((await disk.kind(file)) === undefined)
    throw fault("FILE", "there is no such experiment", {
      where: source,
      next: "laennec demo --print > experiment.yaml makes a first one",
    });
  const bytes = await disk.read(file, { maxBytes: maxExperimentBytes });
  return resolveText(disk, { text: bytes, source, folder: folderOf(file) }, options);
}

export interface ExperimentText {
  readonly text: string | Uint8Array;
  /** What faults and provenance call it. */
  readonly source: string;
  /** Where the experiment's relative paths start. */
  readonly folder: string;
}

/** @throws Fault DATA, EXPERIMENT, FILE, UNIT, RANGE, EQUATION, MISMATCH, LIMIT, USAGE (a malformed `path=value`) */
export async function resolveText(
  disk: Disk,
  { text: given, source, folder }: ExperimentText,
  { sets = [], model, force = false }: LoadOptions = {},
): Promise<Resolved> {
  const text = typeof given === "string" ? given : decodeText(given, source);
  const parsed = parseText(text, source);
  const changes = [...(model === undefined ? [] : [`model.id=${JSON.stringify(baseName(model))}`]), ...sets];
  const checked = applyOverrides(parsed.value, changes, locateIn(parsed));
  return resolveExperiment(checked, {
    disk,
    folder,
    force,
    experiment: { name: source, text },
    ...(model !== undefined && isModelPath(model) ? { modelFile: model } : {}),
  });
}

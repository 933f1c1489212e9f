import { fault, suggest } from "../core/fault.js";
import type { Model } from "../ir/declare.js";
import { models } from "../models/index.js";
import { decodeText } from "../storage/table.js";
import type { NotingDisk } from "./inputs.js";
import { checkModel, readModel } from "./model-file.js";
import type { Experiment, ParameterValue } from "./types.js";
import type { Locate } from "./validate.js";

const maxModelBytes = 1_000_000;

export const isModelPath = (id: string): boolean => /\.(ya?ml|json)$/i.test(id);

/**
 * The model that an experiment names (by id, or by the path of a model file) or holds, and the parameters it gives.
 * @throws Fault EXPERIMENT, FILE, DATA, EQUATION, UNIT
 */
export async function resolveModel(
  given: Experiment["model"],
  files: NotingDisk,
  locate: Locate,
  override?: string,
): Promise<{ readonly model: Model; readonly given: Readonly<Record<string, ParameterValue>> }> {
  const { id, parameters = {} } =
    typeof given === "object" && "id" in given && !("equations" in given) ? given : { id: given as string | Model };
  if (override !== undefined) return { model: await readModelFile(override, files), given: parameters };
  return {
    model: await find(id, files, locate, typeof given === "string" ? ["model"] : ["model", "id"]),
    given: parameters,
  };
}

async function find(id: string | Model, files: NotingDisk, locate: Locate, path: readonly string[]): Promise<Model> {
  if (typeof id !== "string")
    return Object.hasOwn(models, id.id) && models[id.id] === id ? id : checkModel(id, "model");
  if (isModelPath(id)) return readModelFile(files.place(id), files);
  const known = Object.hasOwn(models, id) ? models[id] : undefined;
  if (known) return known;
  throw fault("EXPERIMENT", `there is no model "${id.slice(0, 60)}"`, {
    where: locate(path),
    next: suggest(id, Object.keys(models)),
  });
}

/** @param path as the disk sees it. @throws Fault FILE, DATA, EXPERIMENT, EQUATION, UNIT */
export async function readModelFile(path: string, files: NotingDisk): Promise<Model> {
  const bytes = await files.disk("model").read(path, { maxBytes: maxModelBytes });
  const name = files.inputs.at(-1)?.name ?? path;
  return readModel(decodeText(bytes, name), name);
}

import { fault, suggest } from "../core/fault.js";
import type { Connectome } from "../core/connectome.js";
import type { Regional } from "../engine/setup.js";
import type { Model } from "../ir/declare.js";
import { models } from "../models/index.js";
import { decodeText } from "../storage/table.js";
import type { Resolving } from "./context.js";
import type { NotingDisk } from "./inputs.js";
import { resolveMixed } from "./mixed-model.js";
import { checkModel, readModel } from "./model-file.js";
import { resolveParameters } from "./parameters.js";
import type { Path } from "./parse.js";
import type { Experiment } from "./types.js";
import type { Locate } from "./validate.js";

const maxModelBytes = 1_000_000;

export const isModelPath = (id: string): boolean => /\.(ya?ml|json)$/i.test(id);

export interface ModelContext extends Resolving {
  readonly connectome: Connectome;
  readonly files: NotingDisk;
}

export interface ResolvedModel {
  readonly model: Model;
  /** Every parameter of the model. */
  readonly parameters: Readonly<Record<string, Regional>>;
}

/**
 * The model that an experiment names (by id, or by the path of a model file) or holds, or the one composed of several, and
 * its parameters.
 * @throws Fault EXPERIMENT, FILE, DATA, EQUATION, UNIT, RANGE, MISMATCH
 */
export async function resolveModel(
  given: Experiment["model"],
  context: ModelContext,
  override?: string,
): Promise<ResolvedModel> {
  const { files, locate } = context;
  if (typeof given === "object" && "by_region" in given) {
    if (override === undefined) return resolveMixed(given, context);
    throw fault("USAGE", "a model file cannot stand for the several models of this experiment", {
      where: locate(["model", "by_region"]),
      next: "name the file as the id of one of the models",
    });
  }
  const { id, parameters = {} } =
    typeof given === "object" && "id" in given && !("equations" in given) ? given : { id: given as string | Model };
  const model =
    override === undefined
      ? await findModel(id, files, locate, typeof given === "string" ? ["model"] : ["model", "id"])
      : await readModelFile(override, files);
  return {
    model,
    parameters: resolveParameters(model.id, model.parameters, parameters, ["model", "parameters"], context),
  };
}

/** @throws Fault EXPERIMENT, FILE, DATA, EQUATION, UNIT */
export async function findModel(id: string | Model, files: NotingDisk, locate: Locate, path: Path): Promise<Model> {
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

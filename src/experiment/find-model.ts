import { fault, suggest } from "../core/fault.js";
import type { Connectome } from "../core/connectome.js";
import type { Regional } from "../engine/setup.js";
import type { Model } from "../ir/declare.js";
import { models } from "../models/index.js";
import { decodeText } from "../storage/table.js";
import type { Resolving } from "./context.js";
import type { NotingDisk } from "./inputs.js";
import { checkModel, readModel } from "./model-file.js";
import type { Path } from "./parse.js";
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

import { fault } from "../core/fault.js";
import type { Model } from "../ir/declare.js";
import { findModel, readModelFile, type ModelContext, type ResolvedModel } from "./find-model.js";
import { resolveMixed } from "./mixed-model.js";
import { resolveParameters } from "./parameters.js";
import type { Experiment } from "./types.js";

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

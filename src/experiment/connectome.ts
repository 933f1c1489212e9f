import type { Connectome } from "../core/connectome.js";
import { Fault, fault } from "../core/fault.js";
import { checkConnectome } from "../connectome/check.js";
import { defaultConnectome } from "../connectome/default.js";
import { normalise } from "../connectome/normalise.js";
import { readConnectome } from "../connectome/read.js";
import { syntheticConnectome } from "../connectome/synthetic.js";
import { isConnectome } from "./check.js";
import { faultAt } from "./context.js";
import type { NotingDisk } from "./inputs.js";
import type { Experiment } from "./types.js";
import type { Locate } from "./validate.js";

/**
 * The connectome that an experiment names or holds, scaled as it says.
 * @throws Fault FILE, DATA, EXPERIMENT, RANGE
 */
export async function resolveConnectome(
  { connectome: given = "default", normalise: scale }: Experiment,
  files: NotingDisk,
  locate: Locate,
): Promise<Connectome> {
  const inner = typeof given === "object" && !isConnectome(given) && "normalise" in given ? given.normalise : undefined;
  if (inner !== undefined && scale !== undefined && inner !== scale)
    faultAt(locate, ["normalise"], "EXPERIMENT", `normalise is given twice: ${inner} and ${scale}`, {
      next: "give it once",
    });
  const connectome = await load(given, files, locate);
  try {
    return normalise(connectome, scale ?? (inner as typeof scale) ?? "none");
  } catch (error) {
    if (error instanceof Fault)
      throw fault(error.code, error.what, {
        where: locate([inner === undefined ? "normalise" : "connectome"]),
        why: error.where,
        next: "normalise: none",
      });
    throw error;
  }
}

async function load(
  given: NonNullable<Experiment["connectome"]>,
  files: NotingDisk,
  locate: Locate,
): Promise<Connectome> {
  if (isConnectome(given))
    return checkConnectome({
      ...(given as Connectome),
      regions: (given as Connectome).labels.length,
      source: (given as Connectome).source ?? "given",
    });
  if (typeof given === "object" && "synthetic" in given) return syntheticConnectome(given.synthetic);
  const path = typeof given === "string" ? given : (given as { readonly path: string }).path;
  if (path === "default") return defaultConnectome();
  try {
    return await readConnectome(files.disk("connectome"), files.place(path));
  } catch (error) {
    // Say which key named the file; the fault itself names the part of it.
    if (error instanceof Fault && error.code === "FILE")
      throw fault(error.code, error.what, {
        where: `${locate(["connectome"])}, ${error.where ?? ""}`,
        why: error.why,
        next: error.next,
        cause: error,
      });
    throw error;
  }
}

import { suggest } from "../core/fault.js";
import { toFloat64, type NdArray } from "../core/ndarray.js";
import type { InitialConditions } from "../engine/setup.js";
import type { Model } from "../ir/declare.js";
import { readNpy } from "../storage/npy.js";
import { faultAt, type InputFile, type Resolving } from "./context.js";
import { regionalValue } from "./parameters.js";
import type { Path } from "./parse.js";
import type { Experiment } from "./types.js";

/** Reads a file named in the experiment and notes it as an input. */
export type ReadInput = (
  path: string,
  role: InputFile["role"],
) => Promise<{ readonly bytes: Uint8Array; readonly name: string }>;

/** @throws Fault EXPERIMENT, DATA, RANGE, UNIT, FILE */
export async function resolveInitial(
  given: Experiment["initial"],
  model: Model,
  resolving: Resolving,
  readInput: ReadInput,
): Promise<InitialConditions> {
  if (given === undefined || given === "seeded") return { kind: "seeded" };
  if ("state" in given) return { kind: "state", values: stateValues(given.state, model, resolving) };
  const path: Path = ["initial", "history"];
  if (typeof given.history !== "string") return history(given.history, "history", model, resolving);
  const { bytes, name } = await readInput(given.history, "history");
  return history(readNpy(bytes, name), name, model, resolving, path);
}

function stateValues(
  given: Extract<NonNullable<Experiment["initial"]>, { state: unknown }>["state"],
  model: Model,
  resolving: Resolving,
): Float64Array {
  const { labels, locate } = resolving;
  const path: Path = ["initial", "state"];
  const names = Object.keys(model.state);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined)
    faultAt(locate, [...path, unknown], "EXPERIMENT", `${model.id} has no state variable "${unknown.slice(0, 60)}"`, {
      next: suggest(unknown, names),
    });
  const values = new Float64Array(names.length * labels.length);
  for (const [v, name] of names.entries()) {
    const value = given[name];
    if (value === undefined)
      faultAt(locate, path, "EXPERIMENT", `initial.state has no ${name}`, { next: `give all of: ${names.join(", ")}` });
    const declaration = model.state[name];
    const regional = regionalValue(value, declaration?.unit ?? "1", undefined, [...path, name], resolving);
    const row = values.subarray(v * labels.length, (v + 1) * labels.length);
    if (typeof regional === "number") row.fill(regional);
    else row.set(regional);
    const { atLeast = -Infinity, atMost = Infinity } = declaration ?? {};
    const out = row.find((x) => x < atLeast || x > atMost);
    if (out !== undefined)
      faultAt(
        locate,
        [...path, name],
        "RANGE",
        `${name} = ${out} lies outside the model's bounds [${atLeast}, ${atMost}]`,
      );
  }
  return values;
}

function history(
  array: NdArray,
  name: string,
  model: Model,
  { labels, locate }: Resolving,
  path: Path = ["initial", "history"],
): InitialConditions {
  const variables = Object.keys(model.state).length;
  const [steps = 0, v, n] = array.shape;
  if (array.shape.length !== 3 || v !== variables || n !== labels.length || steps < 1)
    faultAt(
      locate,
      path,
      "DATA",
      `${name} has shape [${array.shape.join(", ")}], wanted [steps, ${variables}, ${labels.length}]`,
      {
        why: `${model.id} has ${variables} state variables and the connectome ${labels.length} regions; rows go from the oldest to time 0`,
      },
    );
  const values = toFloat64(array);
  const bad = values.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) {
    const perStep = variables * labels.length;
    const at = `[${Math.floor(bad / perStep)}, ${Math.floor((bad % perStep) / labels.length)}, ${bad % labels.length}]`;
    faultAt(locate, path, "DATA", `${name} holds ${values[bad]} at ${at}`, { next: "a history must be finite" });
  }
  return { kind: "history", values, steps };
}

import { toFloat64, type NdArray } from "../core/ndarray.js";
import { partOf } from "../engine/parts.js";
import type { InitialConditions } from "../engine/setup.js";
import { statePlaces, variablesAt } from "../ir/compose/parts.js";
import type { Model } from "../ir/declare.js";
import { readNpy } from "../storage/npy.js";
import { decodeCheckpoint } from "./checkpoint-file.js";
import { faultAt, type InputFile, type Resolving } from "./context.js";
import { regionalValue } from "./parameters.js";
import type { Path } from "./parse.js";
import { bySlot, type SlotContext } from "./slot-values.js";
import type { Experiment } from "./types.js";

/** Reads a file named in the experiment and notes it as an input. */
export type ReadInput = (
  path: string,
  role: InputFile["role"],
) => Promise<{ readonly bytes: Uint8Array; readonly name: string }>;

/** @throws Fault EXPERIMENT, DATA, RANGE, UNIT, FILE */
export async function resolveInitial(
  given: Experiment["initial"],
  resolving: SlotContext,
  readInput: ReadInput,
): Promise<InitialConditions> {
  const { model } = resolving;
  if (given === undefined || given === "seeded") return { kind: "seeded" };
  if ("state" in given) return { kind: "state", values: stateValues(given.state, resolving) };
  if ("checkpoint" in given) {
    if (typeof given.checkpoint !== "string") return { kind: "checkpoint", checkpoint: given.checkpoint };
    const { bytes, name } = await readInput(given.checkpoint, "checkpoint");
    return { kind: "checkpoint", checkpoint: decodeCheckpoint(bytes, name).checkpoint };
  }
  const path: Path = ["initial", "history"];
  if (typeof given.history !== "string") return history(given.history, "history", model, resolving);
  const { bytes, name } = await readInput(given.history, "history");
  return history(readNpy(bytes, name), name, model, resolving, path);
}

function stateValues(
  given: Extract<NonNullable<Experiment["initial"]>, { state: unknown }>["state"],
  context: SlotContext,
): Float64Array {
  const { labels, locate, model } = context;
  const path: Path = ["initial", "state"];
  const rest = model.mixed ? NaN : undefined;
  const slots = bySlot(
    given,
    (name) => [...path, name],
    context,
    NaN,
    (value, { unit }, at) => regionalValue(value, unit, rest, at, context),
  );
  const part = partOf(context);
  const count = labels.length;
  const values = new Float64Array(Object.keys(model.state).length * count);
  for (const [v, slot] of Object.keys(model.state).entries())
    for (const [i, label] of labels.entries()) {
      // Slots that the region's model does not have stay 0.
      const [name, { atLeast = -Infinity, atMost = Infinity }] = variablesAt(model, part(i))[v] ?? [undefined, {}];
      if (name === undefined) continue;
      const value = slots[slot] ?? NaN;
      const own = typeof value === "number" ? value : (value[i] ?? NaN);
      if (Number.isNaN(own))
        faultAt(
          locate,
          path,
          "EXPERIMENT",
          `initial.state has no ${name}${model.mixed ? ` for region ${label}` : ""}`,
          {
            next: `give all of: ${[...statePlaces(model).keys()].filter((known) => !known.includes(":")).join(", ")}`,
          },
        );
      if (own < atLeast || own > atMost)
        faultAt(
          locate,
          [...path, name],
          "RANGE",
          `${name} = ${own} lies outside the model's bounds [${atLeast}, ${atMost}]`,
        );
      values[v * count + i] = own;
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

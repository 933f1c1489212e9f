import { suggest } from "../core/fault.js";
import { toFloat64 } from "../core/ndarray.js";
import type { Connectome } from "../core/connectome.js";
import type { Regional, Signal, StimulusSetup } from "../engine/setup.js";
import { sampler } from "../engine/stimulus.js";
import { partOf } from "../engine/parts.js";
import { parameterPlaces, statePlaces } from "../ir/compose/parts.js";
import type { Model, Stimulus } from "../ir/declare.js";
import { namesIn } from "../ir/syntax.js";
import { stimuli } from "../stimuli/index.js";
import { readNpy } from "../storage/npy.js";
import { faultAt, findItem, type Resolving } from "./context.js";
import { finiteQuantity, regionalValue } from "./parameters.js";
import type { Path } from "./parse.js";
import { milliseconds, tidy } from "./time.js";
import type { ReadInput } from "./initial.js";
import type { Experiment, ParameterValue, Quantity, RecordedShape, StimulusSpec, TimeShape } from "./types.js";

interface StimulusContext extends Resolving {
  readonly connectome: Connectome;
  readonly model: Model;
  readonly parameters: Readonly<Record<string, Regional>>;
  readonly dtMs: number;
  readonly compatTvb: boolean;
  readonly readInput: ReadInput;
}

/** What acts on the network from outside. @throws Fault EXPERIMENT, EQUATION, DATA, UNIT, RANGE, FILE, MISMATCH */
export async function resolveStimuli(
  given: Experiment["stimuli"],
  context: StimulusContext,
): Promise<readonly StimulusSetup[]> {
  const setups: StimulusSetup[] = [];
  for (const [k, spec] of (given ?? []).entries())
    setups.push(...(await resolveStimulus(spec, ["stimuli", k], context)));
  return setups;
}

/** One setup, or one for each model of several that has the target. */
async function resolveStimulus(spec: StimulusSpec, path: Path, context: StimulusContext): Promise<StimulusSetup[]> {
  const targets = resolveTargets(spec, path, context);
  const weights = resolveWeights(spec.weights ?? 1, [...path, "weights"], context);
  const at = [...path, "time"];
  const recorded = isRecorded(spec.time)
    ? await recordedSignal(spec.time.recorded, [...at, "recorded"], context)
    : undefined;
  return targets.map(({ kind, name, unit, part }) => ({
    target: { kind, name },
    weights: part === undefined ? weights : onPart(weights, part, context),
    signal: recorded ?? expressionSignal(spec.time, unit, at, context),
  }));
}

function onPart(weights: Regional, wanted: number, context: StimulusContext): Float64Array {
  const part = partOf(context);
  return Float64Array.from(context.labels, (_, i) =>
    part(i) !== wanted ? 0 : typeof weights === "number" ? weights : (weights[i] ?? 0),
  );
}

interface Target {
  readonly kind: "variable" | "parameter";
  readonly name: string;
  readonly unit: string;
  /** Of several models, the one that has it. */
  readonly part?: number;
}

function resolveTargets(
  { variable, parameter }: StimulusSpec,
  path: Path,
  { model, locate }: StimulusContext,
): readonly Target[] {
  if ((variable === undefined) === (parameter === undefined))
    faultAt(locate, path, "EXPERIMENT", "a stimulus acts on a variable or on a parameter", {
      next: `variable: ${Object.keys(model.state)[0] ?? ""}, or parameter: ${Object.keys(model.parameters)[0] ?? ""}`,
    });
  const kind = variable === undefined ? "parameter" : "variable";
  const name = variable ?? parameter ?? "";
  const known = kind === "variable" ? statePlaces(model) : parameterPlaces(model);
  const places = known.get(name.replace(/\s*:\s*/, ": "));
  if (!places)
    return faultAt(
      locate,
      [...path, kind],
      "EXPERIMENT",
      `${model.id} has no ${kind === "variable" ? "state variable" : "parameter"} "${name.slice(0, 60)}"`,
      { next: suggest(name, [...known.keys()]) },
    );
  // What is sent is kept in the past: it is a function of the state alone, whatever the time.
  if (kind === "parameter" && model.sends.some((text) => places.some(({ slot }) => namesIn(text).has(slot))))
    faultAt(locate, [...path, kind], "MISMATCH", `${name} is part of what regions send, and cannot change in time`, {
      next: "a stimulus on a state variable",
    });
  const perTime = kind === "variable" && model.time === "ms";
  return places.map(({ part, slot, declaration: { unit } }) => ({
    kind,
    name: slot,
    unit: perTime ? (unit === "1" ? "1/ms" : `(${unit})/ms`) : unit,
    ...(part === undefined ? {} : { part }),
  }));
}

function resolveWeights(given: NonNullable<StimulusSpec["weights"]>, path: Path, context: StimulusContext): Regional {
  if (typeof given !== "object" || !("shape" in given))
    return regionalValue(given as ParameterValue, "1", 0, path, context);
  const { connectome, locate, labels, compatTvb } = context;
  const shape = findItem("stimulus", stimuli, given.shape, locate, [...path, "shape"]);
  if (!shape.uses.includes("space"))
    faultAt(locate, [...path, "shape"], "MISMATCH", `${shape.id} is a shape in time, not in space`, {
      next: Object.values(stimuli)
        .filter((s) => s.uses.includes("space"))
        .map((s) => s.id)
        .join(", "),
    });
  const { centres } = connectome;
  if (!centres)
    return faultAt(locate, path, "MISMATCH", "the connectome has no region centres, so distances are not known", {
      next: "give weights by region",
    });
  const around = (typeof given.around === "string" ? [given.around] : given.around).map((label, k) => {
    const region = labels.indexOf(label);
    if (region < 0)
      faultAt(locate, [...path, "around", k], "EXPERIMENT", `the connectome has no region "${label.slice(0, 60)}"`, {
        next: suggest(label, labels),
      });
    return region;
  });
  const values = shapeValues(shape, given.parameters ?? {}, "mm", "1", [...path, "parameters"], context);
  const height = sampler({ kind: "expression", text: onTime(equationOf(shape, compatTvb)), values });
  const one = new Float64Array(1);
  return Float64Array.from(labels, (_, i) =>
    around.reduce((sum, focus) => {
      const across = [0, 1, 2].map((axis) => (centres[i * 3 + axis] ?? 0) - (centres[focus * 3 + axis] ?? 0));
      height(Math.hypot(...across), one);
      return sum + (one[0] ?? NaN);
    }, 0),
  );
}

const equationOf = (shape: Stimulus, compat: boolean): string =>
  (compat ? shape.compat?.equation : undefined) ?? shape.equation;

/** Shapes are written in `x`; the engine's signals in `t`. */
const onTime = (equation: string): string => equation.replaceAll(/\bx\b/g, "t");

/** @param along unit of `x` @param height unit of amplitudes */
function shapeValues(
  shape: Stimulus,
  given: Readonly<Record<string, Quantity>>,
  along: "ms" | "mm",
  height: string,
  path: Path,
  { locate }: Resolving,
): Record<string, number> {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(shape.parameters, name));
  if (unknown !== undefined)
    faultAt(locate, [...path, unknown], "EXPERIMENT", `${shape.id} has no parameter "${unknown.slice(0, 60)}"`, {
      next: suggest(unknown, Object.keys(shape.parameters)),
    });
  return Object.fromEntries(
    Object.entries(shape.parameters).map(
      ([
        name,
        {
          unit,
          default: standard,
          range: [low, high],
        },
      ]) => {
        const value = Object.hasOwn(given, name) ? given[name] : undefined;
        if (value === undefined) return [name, standard];
        const own = unit === "x" ? along : unit === "1/x" ? `1/${along}` : /^amp/.test(name) ? height : "1";
        const number = finiteQuantity(value, own, [...path, name], { locate });
        if (number < low || number > high)
          faultAt(locate, [...path, name], "RANGE", `${name} = ${tidy(number)} lies outside [${low}, ${high}]`);
        return [name, number];
      },
    ),
  );
}

const isRecorded = (shape: TimeShape): shape is { readonly recorded: RecordedShape } =>
  typeof shape === "object" && "recorded" in shape;

function expressionSignal(shape: TimeShape, unit: string, path: Path, context: StimulusContext): Signal {
  const values: Record<string, number> = {};
  const text = expressionOf(shape, unit, path, context, values);
  return { kind: "expression", text, values };
}

/** The shape as an expression of t; names of its parameters are made unique and put into `values`. */
function expressionOf(
  shape: TimeShape,
  unit: string,
  path: Path,
  context: StimulusContext,
  values: Record<string, number>,
): string {
  const { locate, dtMs, compatTvb } = context;
  if (typeof shape === "string" && !Object.hasOwn(stimuli, shape)) {
    const unknown = [...namesIn(shape, locate(path))].find((name) => name !== "t" && name !== "pi");
    if (unknown !== undefined)
      faultAt(locate, path, "EQUATION", `the name ${unknown} is not known in a stimulus`, {
        next: `an expression of t in ms, or one of: ${Object.keys(stimuli).join(", ")}`,
      });
    const value = new Float64Array(1);
    sampler({ kind: "expression", text: shape, values: {} }, locate(path))(0, value);
    if (!Number.isFinite(value[0]))
      faultAt(locate, path, "EQUATION", `the stimulus is ${value[0]} at time 0`, {
        next: "an expression that is finite",
      });
    return `(${shape})`;
  }
  if (typeof shape === "object" && "sum" in shape)
    return `(${shape.sum.map((part, k) => expressionOf(part, unit, [...path, "sum", k], context, values)).join(" + ")})`;
  if (typeof shape === "object" && "product" in shape)
    return `(${shape.product
      .map((part, k) => expressionOf(part, k === 0 ? unit : "1", [...path, "product", k], context, values))
      .join(" * ")})`;
  if (typeof shape === "object" && "recorded" in shape)
    return faultAt(locate, path, "EXPERIMENT", "a recorded signal cannot be part of a sum or product", {
      next: "a stimulus of its own: stimuli on one target add up",
    });
  const { id, parameters = {} } = typeof shape === "string" ? { id: shape } : shape;
  const found = findItem("stimulus", stimuli, id, locate, typeof shape === "string" ? path : [...path, "id"]);
  if (!found.uses.includes("time")) faultAt(locate, path, "MISMATCH", `${id} is a shape in space, not in time`);
  const own = shapeValues(found, parameters, "ms", unit, [...path, "parameters"], context);
  for (const name of found.shortest ?? [])
    if ((own[name] ?? Infinity) < dtMs * (1 - 1e-9))
      faultAt(
        locate,
        [...path, "parameters", name],
        "MISMATCH",
        `${name} of ${id}, ${tidy(own[name] ?? 0)} ms, is shorter than a step (${tidy(dtMs)} ms)`,
        {
          why: "steps would miss it, or count it as longer than it is",
          next: "a smaller integrator.dt, or a longer and weaker pulse of the same area",
        },
      );
  if (found.id === "alpha" && own["alpha"] === own["beta"])
    faultAt(locate, [...path, "parameters"], "RANGE", "the two rates of alpha must differ");
  const prefix = `p${Object.keys(values).length}_`;
  for (const [name, value] of Object.entries(own)) values[prefix + name] = value;
  const names = Object.keys(own);
  return `(${onTime(equationOf(found, compatTvb)).replaceAll(/\b[A-Za-z]\w*\b/g, (name) => (names.includes(name) ? prefix + name : name))})`;
}

async function recordedSignal(given: RecordedShape, path: Path, context: StimulusContext): Promise<Signal> {
  const { locate, labels } = context;
  const { name, array } =
    typeof given.values === "string"
      ? await context
          .readInput(given.values, "stimulus")
          .then((file) => ({ name: file.name, array: readNpy(file.bytes, file.name) }))
      : { name: "values", array: given.values };
  const [rows = 0, columns = 1] = array.shape;
  const at = [...path, "values"];
  if (array.shape.length > 2 || rows < 1 || (columns !== 1 && columns !== labels.length))
    faultAt(
      locate,
      at,
      "DATA",
      `${name} has shape [${array.shape.join(", ")}], wanted [times] or [times, ${labels.length}]`,
      {
        next: "one value for all regions at each time, or one per region in the connectome's order",
      },
    );
  const values = toFloat64(array);
  const bad = values.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) faultAt(locate, at, "DATA", `${name} holds ${values[bad]} at row ${Math.floor(bad / columns)}`);
  return {
    kind: "recorded",
    startMs: given.start === undefined ? 0 : finiteQuantity(given.start, "ms", [...path, "start"], context),
    stepMs: milliseconds(given.step, [...path, "step"], locate, true),
    rows,
    columns,
    values,
    between: given.between ?? "linear",
    outside: given.outside ?? "zero",
  };
}

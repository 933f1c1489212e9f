import document from "../../data/schemas/model.schema.json" with { type: "json" };
import { fault } from "../core/fault.js";
import type { InputDeclaration, Model, Paper, ParameterDeclaration, StateDeclaration } from "../ir/declare.js";
import { modelProblems } from "../ir/form.js";
import { locateIn } from "./check.js";
import { checkModelEquations } from "./model-equations.js";
import { parseText } from "./parse.js";
import type { Schema } from "./schema.js";
import { checkAgainst } from "./validate.js";

/** The published schema of model files, JSON Schema draft 2020-12. */
export const modelSchema: Schema = document as Schema;

type Lacking<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>;

/** What a model file may leave out. */
interface ModelFile {
  readonly id: string;
  readonly about?: string;
  readonly papers?: readonly Paper[];
  readonly state: Readonly<Record<string, Lacking<StateDeclaration, "unit" | "about">>>;
  readonly parameters?: Readonly<Record<string, Lacking<ParameterDeclaration, "unit" | "about" | "range">>>;
  readonly inputs?: Readonly<Record<string, Partial<InputDeclaration>>>;
  readonly sends?: readonly string[];
  readonly definitions?: Readonly<Record<string, string>>;
  readonly equations: Readonly<Record<string, string>>;
  readonly observe?: readonly string[];
  readonly time?: "ms" | "dimensionless";
}

const anyValue = [-Number.MAX_VALUE, Number.MAX_VALUE] as const;

const mapValues = <A, B>(map: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));

/**
 * Reads a model from the text of a YAML or JSON file.
 * @param source the file's base name
 * @throws Fault DATA (not readable), EXPERIMENT (structure, form), EQUATION or UNIT (equations), with line and column
 */
export function readModel(text: string, source: string): Model {
  const parsed = parseText(text, source);
  const locate = locateIn(parsed);
  checkAgainst(modelSchema, parsed.value, locate, "the model");
  const file = parsed.value as ModelFile;
  const model: Model = {
    id: file.id,
    about: file.about ?? `A model from ${source}.`,
    papers: file.papers ?? [],
    state: mapValues(file.state, (s) => ({ unit: "1", about: "", ...s })),
    parameters: mapValues(file.parameters ?? {}, (p) => ({ unit: "1", about: "", range: anyValue, ...p })),
    inputs: mapValues(file.inputs ?? {}, (i) => ({ unit: "1", about: "", ...i })),
    sends: file.sends ?? [],
    ...(file.definitions ? { definitions: file.definitions } : {}),
    equations: file.equations,
    observe: file.observe ?? Object.keys(file.state),
    time: file.time ?? "ms",
  };
  return checkModel(model, source, (path) => locate(path));
}

/**
 * Checks a model that someone brings: its form, names, equations and units.
 * @throws Fault EXPERIMENT, EQUATION or UNIT
 */
export function checkModel(
  model: Model,
  source: string,
  locate: (path: readonly string[]) => string = (path) => [source, ...path].join(", "),
): Model {
  const problems = modelProblems(model);
  if (problems.length > 0)
    throw fault(
      "EXPERIMENT",
      `the model ${model.id.slice(0, 64)} is not well formed: ${problems.slice(0, 5).join("; ")}`,
      { where: source },
    );
  checkModelEquations(model, locate);
  return model;
}

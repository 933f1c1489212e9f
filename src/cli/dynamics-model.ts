import { fault, suggest } from "../core/fault.js";
import { massOf, type Mass } from "../dynamics/mass.js";
import type { Setup } from "../engine/setup.js";
import { loadExperiment } from "../experiment/load.js";
import { isModelPath } from "../experiment/find-model.js";
import { readModel } from "../experiment/model-file.js";
import { resolveParameters } from "../experiment/parameters.js";
import { parseText } from "../experiment/parse.js";
import type { ParameterValue } from "../experiment/types.js";
import type { Model } from "../ir/declare.js";
import { asTvb } from "../ir/equations.js";
import { models } from "../models/index.js";
import { baseName } from "../storage/disk.js";
import { decodeText } from "../storage/table.js";
import type { DynamicsChoices } from "./dynamics-choices.js";
import { numberOf, pairsOf } from "./dynamics-choices.js";
import type { Io } from "./io.js";

/** What the command looks at: a mass, and the network it was taken from when an experiment was named. */
export interface Subject {
  readonly model: Model;
  /** Made when it is asked for: a network of several models has none. */
  readonly mass: () => Mass;
  readonly experiment: { readonly setup: Setup; readonly file: string } | undefined;
  /** Departures from what is meant, in words. */
  readonly notes: readonly string[];
}

const maxBytes = 1_000_000;

/** @throws Fault FILE, DATA, EXPERIMENT, EQUATION, UNIT, RANGE, MISMATCH */
export async function subjectOf(io: Io, choices: DynamicsChoices): Promise<Subject> {
  const inputs = Object.fromEntries(
    pairsOf("input", choices.inputs).map(([name, text]) => [name, numberOf("input", text)]),
  );
  if (isModelPath(choices.model)) {
    const source = baseName(choices.model);
    const text = decodeText(await io.disk.read(choices.model, { maxBytes }), source);
    const { value } = parseText(text, source);
    const isModel = typeof value === "object" && value !== null && Object.hasOwn(value, "equations");
    return isModel ? alone(readModel(text, source), choices, inputs) : ofExperiment(io, choices, inputs);
  }
  const known = Object.hasOwn(models, choices.model) ? models[choices.model] : undefined;
  if (known) return alone(known, choices, inputs);
  throw fault("EXPERIMENT", `there is no model "${choices.model.slice(0, 60)}"`, {
    where: "laennec dynamics",
    next: suggest(choices.model, Object.keys(models)),
  });
}

function alone(model: Model, choices: DynamicsChoices, inputs: Readonly<Record<string, number>>): Subject {
  const given = Object.fromEntries(
    pairsOf("set", choices.sets).map(([name, text]) => [
      name.replace(/^model\.(parameters\.)?/, ""),
      parseText(text, `--set ${name}`).value as ParameterValue,
    ]),
  );
  const odd = Object.entries(given).find(([, value]) => typeof value !== "number" && typeof value !== "string");
  if (odd) throw fault("USAGE", `${odd[0].slice(0, 60)} must be one number: a mass has no regions`, { where: "--set" });
  const deviations: { readonly kind: "range"; readonly where: string; readonly about: string }[] = [];
  const locate = (path: readonly (string | number)[]) => `--set ${String(path.at(-1))}`;
  const parameters = resolveParameters(model.id, model.parameters, given, ["parameters"], {
    locate,
    force: choices.force,
    labels: [],
    deviations: deviations as never,
  });
  const mass = massOf(model, { parameters: parameters as Record<string, number>, inputs });
  return {
    model,
    mass: () => mass,
    experiment: undefined,
    notes: deviations.map(({ about }) => about),
  };
}

async function ofExperiment(
  io: Io,
  choices: DynamicsChoices,
  inputs: Readonly<Record<string, number>>,
): Promise<Subject> {
  const { setup, deviations } = await loadExperiment(io.disk, choices.model, {
    sets: choices.sets,
    force: choices.force,
  });
  const notes = deviations.map(({ about }) => about);
  const parameters = Object.fromEntries(
    Object.entries(setup.parameters).map(([name, value]) => {
      if (typeof value === "number") return [name, value];
      const mean = value.reduce((a, b) => a + b, 0) / value.length;
      if (!setup.model.mixed && value.some((v) => v !== value[0]))
        notes.push(`${name} differs between regions: a mass alone has their mean, ${Number(mean.toPrecision(6))}`);
      return [name, mean];
    }),
  );
  const model = setup.compatTvb ? asTvb(setup.model) : setup.model;
  return {
    model,
    mass: () => massOf(model, { parameters, inputs }),
    experiment: { setup, file: choices.model },
    notes,
  };
}

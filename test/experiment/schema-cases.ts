import { readFileSync } from "node:fs";
import { demoExperiment } from "../../src/experiment/demo.js";
import { parseText } from "../../src/experiment/parse.js";

/** Values that fit a schema, and their mutants, most of which do not: the same list for ajv and for our checker. */

/** Every value with each of its parts in turn replaced by something else, removed, or joined by an unknown key. */
export function mutants(value: unknown): unknown[] {
  const others = [null, true, 0, -1, 1.5, "", "text", [], {}, [1, 2], { region: { "*": 1 } }, { id: "x" }];
  if (Array.isArray(value))
    return [...others, [], ...value.flatMap((item, k) => mutants(item).map((m) => value.with(k, m)))];
  if (typeof value !== "object" || value === null) return others;
  const map = value as Record<string, unknown>;
  return [
    ...others,
    { ...map, unknown: 1 },
    ...Object.keys(map).flatMap((key) => {
      const { [key]: item, ...rest } = map;
      return [rest, ...mutants(item).map((m) => ({ ...map, [key]: m }))];
    }),
  ];
}

const rich = {
  connectome: { synthetic: { regions: 10, seed: 1, density: 0.5 }, normalise: "tract" },
  model: { id: "jansen-rit", parameters: { A: "3 mV", B: [1, 2], a: { region: { x: 1, "*": "2 1/ms" } } } },
  coupling: { id: "linear", parameters: { a: 1 } },
  integrator: { scheme: "heun", dt: 0.1, noise: { id: "additive", D: { y4: 1e-4 } } },
  conduction_speed: "3 mm/ms",
  duration: "1 s",
  transient: 0,
  seed: 3,
  initial: { state: { y0: 1 } },
  monitors: ["raw", { id: "subsample", name: "a", period: 2, variables: ["y1 - y2"], groups: { a: ["x"] } }],
  compat: "tvb",
  backend: "auto",
  precision: "f32",
};
const model = {
  id: "m",
  papers: [{ cite: "a", doi: "10.1000/x", gives: "b" }],
  state: { x: { unit: "mV", start: [0, 1], atLeast: 0, about: "x" } },
  parameters: { k: { default: 1, range: [0, 1], unit: "1/ms" } },
  inputs: { c: { unit: "mV/ms" } },
  sends: ["x"],
  definitions: { d: "k * x" },
  equations: { x: "-d + c" },
  observe: ["x"],
  time: "ms",
};

const mixed = {
  model: {
    by_region: [
      { id: "epileptor", regions: ["a", "b"], name: "focus", parameters: { x0: -1.6 }, time_scale: "1 ms" },
      { id: "linear", regions: "*" },
    ],
    channels: [{ send: { focus: "x1", linear: 0 }, receive: { focus: "c_x1" } }],
  },
  duration: 1,
};

export interface SchemaCase {
  readonly file: string;
  readonly good: readonly unknown[];
}

export const schemaCases: readonly SchemaCase[] = [
  {
    file: "data/schemas/experiment.schema.json",
    good: [rich, mixed, { model: "linear", duration: 1 }, parseText(demoExperiment, "demo").value],
  },
  { file: "data/schemas/model.schema.json", good: [model] },
];

export const allValues = ({ good }: SchemaCase): unknown[] => [...good, ...good.flatMap(mutants)];
export const readSchema = ({ file }: SchemaCase): unknown => JSON.parse(readFileSync(file, "utf8"));

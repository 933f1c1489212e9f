import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import { demoExperiment } from "../../src/experiment/demo.js";
import { modelSchema } from "../../src/experiment/model-file.js";
import { parseText } from "../../src/experiment/parse.js";
import { experimentSchema, type Schema } from "../../src/experiment/schema.js";
import { checkAgainst, pathText } from "../../src/experiment/validate.js";

const ours = (schema: Schema, value: unknown): boolean => {
  try {
    checkAgainst(schema, value, pathText);
    return true;
  } catch (error) {
    if (error instanceof Fault && error.code === "EXPERIMENT") return false;
    throw error;
  }
};

/** Verdicts of ajv, the reference validator, in a process that may build code from strings. */
function ajvVerdicts(schemaFile: string, values: readonly unknown[]): boolean[] {
  const script = `
    import Ajv from "ajv/dist/2020.js";
    import { readFileSync } from "node:fs";
    const ajv = new Ajv.default({ strict: true, strictTypes: false, allowUnionTypes: true, keywords: ["x-unit"] });
    const validate = ajv.compile(JSON.parse(readFileSync(${JSON.stringify(schemaFile)}, "utf8")));
    console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map((value) => validate(value))));`;
  const out = execFileSync(process.execPath, ["--input-type=module", "-e", script], { input: JSON.stringify(values) });
  return JSON.parse(out.toString()) as boolean[];
}

/** Every value with each of its parts in turn replaced by something else, removed, or joined by an unknown key. */
function mutants(value: unknown): unknown[] {
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

describe("the published schemas", () => {
  it.each([
    [
      "data/schemas/experiment.schema.json",
      experimentSchema,
      [rich, { model: "linear", duration: 1 }, parseText(demoExperiment, "demo").value],
    ],
    ["data/schemas/model.schema.json", modelSchema, [model]],
  ] as const)("%s: our checker and ajv agree on every value and mutant", (file, schema, values) => {
    const all = [...values, ...values.flatMap(mutants)];
    const verdicts = ajvVerdicts(file, all);
    const mine = all.map((value) => ours(schema, value));
    expect(all.filter((_, k) => verdicts[k] !== mine[k])).toEqual([]);
    expect(verdicts.slice(0, values.length)).toEqual(values.map(() => true));
    expect(verdicts.filter((v) => !v).length).toBeGreaterThan(50);
  });

  it("describe every key, for editors", () => {
    const visit = (schema: Schema, path: string): string[] => [
      ...Object.entries(schema.properties ?? {}).flatMap(([key, s]) => [
        ...((s.description ?? s.$ref) ? [] : [`${path}.${key}`]),
        ...visit(s, `${path}.${key}`),
      ]),
      ...(schema.anyOf ?? []).flatMap((s) => visit(s, path)),
      ...Object.entries(schema.$defs ?? {}).flatMap(([key, s]) => visit(s, key)),
      ...(typeof schema.additionalProperties === "object" ? visit(schema.additionalProperties, `${path}.*`) : []),
    ];
    expect(visit(experimentSchema, "experiment")).toEqual([]);
    expect(visit(modelSchema, "model")).toEqual([]);
  });

  it("lie where package.json says", () => {
    const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as { exports: Record<string, unknown> };
    expect(exports["./schema/experiment.json"]).toBe("./data/schemas/experiment.schema.json");
  });
});

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import { modelSchema } from "../../src/experiment/model-file.js";
import { experimentSchema, type Schema } from "../../src/experiment/schema.js";
import { checkAgainst, pathText } from "../../src/experiment/validate.js";
import ajv from "../golden/ajv_verdicts.json" with { type: "json" };
import { allValues, readSchema, schemaCases } from "./schema-cases.js";

const ours = (schema: Schema, value: unknown): boolean => {
  try {
    checkAgainst(schema, value, pathText);
    return true;
  } catch (error) {
    if (error instanceof Fault && error.code === "EXPERIMENT") return false;
    throw error;
  }
};

describe("the published schemas", () => {
  it.each(schemaCases.map((one) => [one.file, one] as const))(
    "%s: our checker and ajv agree on every value and mutant",
    (file, one) => {
      const schema = readSchema(one) as Schema;
      const values = allValues(one);
      const golden = ajv.cases.find((known) => known.schema === file);
      const hash = createHash("sha256")
        .update(JSON.stringify([schema, values]))
        .digest("hex");
      expect(golden?.sha256, "the schema or the cases changed: make test/golden/ajv_verdicts.json again").toBe(hash);
      const verdicts = [...(golden?.verdicts ?? "")].map((digit) => digit === "1");
      expect(values.filter((value, k) => ours(schema, value) !== verdicts[k])).toEqual([]);
      expect(verdicts.slice(0, one.good.length)).toEqual(one.good.map(() => true));
      expect(verdicts.filter((verdict) => !verdict).length).toBeGreaterThan(50);
    },
  );

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

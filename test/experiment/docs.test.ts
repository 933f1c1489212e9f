import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { defaults, resolveExperiment } from "../../src/experiment/resolve.js";
import { readExperiment } from "../../src/experiment/check.js";
import { readModel } from "../../src/experiment/model-file.js";
import { experimentSchema } from "../../src/experiment/schema.js";
import { faultExits } from "../../src/core/fault.js";
import { diskWith } from "../cli/fake-io.js";

const doc = readFileSync("docs/experiment.md", "utf8");
const blocks = [...doc.matchAll(/```yaml[^\n]*\n([\s\S]*?)```/g)].map(([, text = ""]) => text);

describe("docs/experiment.md", () => {
  it("holds experiments that resolve and models that load", async () => {
    const experiments = blocks.filter((text) => /^model:/m.test(text));
    const models = blocks.filter((text) => /^id:/m.test(text));
    expect([experiments.length, models.length]).toEqual([6, 1]);
    const disk = await diskWith({ "hindmarsh-rose.yaml": models[0] ?? "" });
    for (const text of experiments) await resolveExperiment(readExperiment(text, "docs"), { disk });
    for (const text of models) expect(readModel(text, "docs").id).toBe("hindmarsh-rose");
  });

  it("names every key of the schema, and its defaults", () => {
    for (const key of Object.keys(experimentSchema.properties ?? {}).filter(
      (k) => k !== "$schema" && k !== "integrator",
    ))
      expect(doc).toMatch(new RegExp(`^\\| \`${key}\` +\\|`, "m"));
    for (const value of [defaults.dt, defaults.conduction_speed, defaults.precision, defaults.coupling])
      expect(doc).toContain(value);
  });
});

describe("docs/commands.md", () => {
  it("lists every fault code under its exit status", () => {
    const rows = [...readFileSync("docs/commands.md", "utf8").matchAll(/^\| (\d+) +\|[^|]*\|([^|]*)\|$/gm)];
    const listed = rows.flatMap(([, status, codes = ""]) =>
      codes.split(",").flatMap((code) => (code.trim() ? [`${code.trim()} ${status}`] : [])),
    );
    // An interruption by a scheduler has an exit status of its own.
    const wanted = [...Object.entries(faultExits).map(([code, status]) => `${code} ${status}`), "INTERRUPTED 75"];
    expect(listed.toSorted()).toEqual(wanted.toSorted());
  });
});

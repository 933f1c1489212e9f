/**
 * What ajv, the reference validator of JSON Schema, says about every case of test/experiment/schema-cases.ts. Made apart
 * because ajv builds code from strings, which this project's own processes refuse, and so is no dependency.
 *
 * usage, from the repository's root, with ajv 8 installed in FOLDER: npx tsx test/golden/ajv_verdicts.mjs FOLDER
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { allValues, readSchema, schemaCases } from "../experiment/schema-cases.ts";

const folder = resolve(process.argv[2] ?? ".");
const require = createRequire(join(folder, "package.json"));
const { default: Ajv2020 } = require("ajv/dist/2020.js");
const { version } = JSON.parse(readFileSync(require.resolve("ajv/package.json"), "utf8"));
const sha256 = (value) => createHash("sha256").update(JSON.stringify(value)).digest("hex");

const cases = schemaCases.map((one) => {
  const validate = new Ajv2020({ strict: true, strictTypes: false, keywords: ["x-unit"] }).compile(readSchema(one));
  const values = allValues(one);
  return {
    schema: one.file,
    sha256: sha256([readSchema(one), values]),
    verdicts: values.map((value) => (validate(value) ? "1" : "0")).join(""),
  };
});
writeFileSync(
  "test/golden/ajv_verdicts.json",
  `${JSON.stringify({ program: "ajv", version, script: "ajv_verdicts.mjs", cases }, undefined, 2)}\n`,
);

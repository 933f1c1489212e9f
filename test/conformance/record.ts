import { readFileSync, writeFileSync } from "node:fs";
import { record, type CaseRun } from "./laennec.js";
import type { Recording } from "./measure.js";

/** Reads {cases: {id: {run: …}}, compat?} from standard input and writes the recordings in the same form into the file that the argument names: for adapters/laennec.py. */
const asked = JSON.parse(readFileSync(0, "utf8")) as {
  readonly cases: Readonly<Record<string, Readonly<Record<string, CaseRun>>>>;
  readonly compat?: "tvb";
};
const all: Record<string, Record<string, Recording>> = {};
for (const [id, runs] of Object.entries(asked.cases)) {
  const recordings: Record<string, Recording> = {};
  for (const [name, run] of Object.entries(runs))
    recordings[name] = await record(run, asked.compat ? { compat: asked.compat } : {});
  all[id] = recordings;
}
writeFileSync(process.argv[2] ?? "", JSON.stringify(all));

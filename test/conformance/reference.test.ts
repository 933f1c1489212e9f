import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { models } from "../../src/index.js";
import { flipped } from "./flipped.js";
import { record, type CaseRun } from "./laennec.js";
import { measure, passes, type Ask, type Expected } from "./measure.js";

interface Reference {
  readonly model: string;
  /** laennec departs from these equations, TVB's, by default. */
  readonly copied: boolean;
  readonly cases: readonly {
    readonly id: string;
    readonly runs: { readonly run: CaseRun };
    readonly ask: Ask;
    readonly right: Expected;
  }[];
}

const folder = "test/conformance/reference";
const references = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8")) as Reference,
);

describe("reference values", () => {
  it("are there for every model of TVB", () => {
    const there = references.map(({ model }) => model);
    const wanted = Object.values(models).flatMap(({ id, tvb }) => (tvb ? [id] : []));
    expect(wanted.length).toBeGreaterThanOrEqual(28);
    expect(wanted.filter((id) => !there.includes(id))).toEqual([]);
  });

  describe.each(references)("$model", ({ cases, copied }) => {
    it.each(cases)("$id", async ({ runs, ask, right }) => {
      // The back ends give the same bits (test/laws/bits.test.ts): one is enough for moments, each takes its turn.
      const backend = ask.kind === "moments" ? "wasm" : "reference";
      const got = measure(ask, { run: await record(runs.run, { backend, ...(copied ? { compat: "tvb" } : {}) }) });
      expect(
        passes(got, right),
        `got ${String(got)}, wanted ${String(right.values)} ± ${String(right.tolerance)}`,
      ).toBe(true);
      expect(passes(got, flipped(right))).toBe(false);
    });
  });
});

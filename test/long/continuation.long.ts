import fc from "fast-check";
import { describe, it } from "vitest";
import { checkCutRun, cutRun } from "../laws/continuation.js";

/** As test/laws/continuation.test.ts, over many more runs. */
describe("a run that is cut and goes on", () => {
  it("is the whole run, to the last bit", () =>
    fc.assert(fc.asyncProperty(cutRun, checkCutRun), { numRuns: 600, seed: 7, endOnFailure: true }));
});

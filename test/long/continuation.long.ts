import { describe, expect, it } from "vitest";
import { checkCutRuns } from "../laws/continuation.js";

/** As test/laws/continuation.test.ts, over many more runs. */
describe("a run that is cut and goes on", () => {
  it("is the whole run, to the last bit", async () => {
    const seen = await checkCutRuns(350, 7);
    expect(seen.whole).toBeGreaterThan(299);
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(4);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runSimulation } from "../../src/engine/run.js";
import { setupOf } from "../engine/support.js";
import { checkCutRun, cutRun } from "./continuation.js";

describe("a run that is cut", () => {
  it("is the whole run, to the last bit: any model, scheme, noise, stimulus, monitors, cuts and back ends", async () => {
    await fc.assert(fc.asyncProperty(cutRun, checkCutRun), { numRuns: 60, seed: 42, endOnFailure: true });
  }, 60_000);

  it("is told from another one", async () => {
    const setup = setupOf({ model: "montbrio-pazo-roxin", steps: 20 });
    const last = async (run: typeof setup) => {
      const blocks = runSimulation(run);
      let next = await blocks.next();
      while (!next.done) next = await blocks.next();
      return next.value.checkpoint;
    };
    const half = await last({ ...setup, steps: 10 });
    const end = await last(setup);
    const moved = { ...half, state: half.state.map((x) => x * (1 + 2 ** -50)) };
    const resumed = await last({ ...setup, steps: 10, initial: { kind: "checkpoint", checkpoint: half } });
    const other = await last({ ...setup, steps: 10, initial: { kind: "checkpoint", checkpoint: moved } });
    expect(resumed.state).toEqual(end.state);
    expect(other.state).not.toEqual(end.state);
  });
});

import { describe, expect, it } from "vitest";
import { runSimulation } from "../../src/engine/run.js";
import { setupOf } from "../engine/support.js";
import { checkCutRuns } from "./continuation.js";

describe("a run that is cut", () => {
  it("is the whole run, to the last bit: any model, scheme, noise, stimulus, monitors, cuts and back ends", async () => {
    const seen = await checkCutRuns(30, 42);
    expect(seen.whole).toBeGreaterThan(25);
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(0);
  });

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

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { connectome, models, record, simulate, type Experiment, type Model } from "../../src/index.js";

const base = { duration: 1, integrator: { scheme: "heun", dt: 0.1 }, monitors: ["raw"] };

/** The program of a run, and of its run.json's experiment run again. */
async function twice(
  experiment: Experiment,
): Promise<{ first: string | undefined; again: () => Promise<string | undefined> }> {
  const folder = await mkdtemp(join(tmpdir(), "laennec-"));
  try {
    const first = (await record(experiment, join(folder, "first"))).program_hash;
    const kept = JSON.parse(await readFile(join(folder, "first", "run.json"), "utf8")) as { experiment: Experiment };
    const other = await mkdtemp(join(tmpdir(), "laennec-"));
    return {
      first,
      again: async () => {
        try {
          return (await record(kept.experiment, join(other, "again"))).program_hash;
        } finally {
          await rm(other, { recursive: true });
        }
      },
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe("the experiment in run.json", () => {
  const kuramoto = models["kuramoto"] as Model;
  it.each<[string, Experiment]>([
    ["of names", { ...base, model: "kuramoto" }],
    ["with a model object", { ...base, model: kuramoto }],
    [
      "with a changed model under its old name",
      { ...base, model: { ...kuramoto, equations: { theta: "0.1 * omega" } } },
    ],
    ["without delays", { ...base, model: "kuramoto", conduction_speed: Infinity }],
    ["on a generated network", { ...base, model: "kuramoto", connectome: { synthetic: { regions: 6, seed: 3 } } }],
  ])("%s runs again as the same program", async (_, experiment) => {
    const { first, again } = await twice(experiment);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await again()).toBe(first);
  });

  it("with a connectome that came as a value is refused, not run on another one", async () => {
    const changed = connectome.normalise(connectome.default(), "region");
    const { again } = await twice({ ...base, model: "kuramoto", connectome: changed });
    await expect(again()).rejects.toMatchObject({ code: "EXPERIMENT" });
  });
});

describe("a history that is no array", () => {
  const data = new Float64Array(6);
  const good = { data, shape: [1, 1, 6], stride: [6, 6, 1], offset: 0 };
  it.each([
    ["no stride", { ...good, stride: undefined }],
    ["big integers", { ...good, data: new BigInt64Array(6) }],
    ["half a step", { ...good, shape: [1.5, 1, 6] }],
    ["a stride too few", { ...good, stride: [6, 1] }],
  ])("is refused: %s", async (_, history) => {
    const connectomeSpec = { synthetic: { regions: 6, seed: 3 } };
    const asked = { ...base, model: "kuramoto", connectome: connectomeSpec, initial: { history } } as unknown;
    await expect(simulate(asked as Experiment)).rejects.toMatchObject({ code: "DATA" });
  });
});

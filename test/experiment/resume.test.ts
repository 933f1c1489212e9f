import { describe, expect, it } from "vitest";
import { runSimulation } from "../../src/engine/run.js";
import { checkpointName, readCheckpoint } from "../../src/experiment/checkpoint-file.js";
import { readResult } from "../../src/experiment/read-result.js";
import { recordRun, resumeRun } from "../../src/experiment/record.js";
import { resolveExperiment } from "../../src/experiment/resolve.js";
import type { Experiment } from "../../src/experiment/types.js";
import { simulate } from "../../src/simulate.js";
import { memoryDisk, type Disk } from "../../src/storage/disk.js";
import { pack, unpack } from "../../src/storage/pack.js";
import { diskWith, laennec } from "../cli/fake-io.js";
import { faultFrom } from "../storage/faults.js";

const experiment: Experiment = {
  connectome: { synthetic: { regions: 8, seed: 3 } },
  model: "montbrio-pazo-roxin",
  integrator: { dt: 0.1, noise: { id: "additive", D: 1e-3 } },
  duration: 1500,
  transient: 5,
  seed: 4,
  monitors: ["temporal-average", { id: "spatial-average", period: 7, groups: "hemisphere" }, "afferent-coupling"],
};

/** Records into a folder with the slow back end, and stops at the first chance after a number of steps. */
async function interrupted(disk: Disk, folder: string, after: number): Promise<void> {
  const stop = new AbortController();
  const record = await recordRun(disk, folder, await resolveExperiment({ ...experiment, backend: "reference" }), {
    signal: stop.signal,
    onProgress: (done) => done >= after && stop.abort("SIGTERM"),
    checkpointEveryMs: 1,
  });
  expect(record.status).toBe("interrupted");
}

describe("a run that was stopped", () => {
  it("resumes to the result that it would have had, whatever stood on disk when it stopped", async () => {
    const disk = memoryDisk();
    await recordRun(disk, "whole", await resolveExperiment(experiment));
    for (const after of [1, 9000]) {
      const folder = `cut-${after}`;
      await interrupted(disk, folder, after);
      expect(await disk.exists(`${folder}/${checkpointName}`)).toBe(true);
      const record = await resumeRun(disk, folder, after === 1 ? { backend: "wasm" } : {});
      expect(record.status).toBe("complete");
      expect(await disk.exists(`${folder}/${checkpointName}`)).toBe(false);
      const [whole, cut] = [await readResult(disk, "whole"), await readResult(disk, folder)];
      expect(cut.recordings).toEqual(whole.recordings);
      expect(cut.record.program_hash).toBe(whole.record.program_hash);
      expect(cut.record.steps_done).toBe(whole.record.steps_done);
      // That another back end finished it is said.
      const about = cut.record.deviations.map(({ kind }) => kind);
      expect(about).toEqual(after === 1 ? ["backend"] : []);
    }
  });

  it("resumes after rows were written behind the last checkpoint, as when it was killed", async () => {
    const disk = memoryDisk();
    await recordRun(disk, "whole", await resolveExperiment(experiment));
    await interrupted(disk, "cut", 1);
    const early = await disk.read(`cut/${checkpointName}`);
    // It goes on for a while, is stopped again, and the disk has the first checkpoint with the later rows.
    const stop = new AbortController();
    await resumeRun(disk, "cut", { signal: stop.signal, onProgress: (done) => done > 4000 && stop.abort() });
    await disk.write(`cut/${checkpointName}`, early);
    await resumeRun(disk, "cut");
    expect((await readResult(disk, "cut")).recordings).toEqual((await readResult(disk, "whole")).recordings);
  });

  it("is not resumed over a recording that has changed", async () => {
    const disk = memoryDisk();
    await interrupted(disk, "cut", 9000);
    const piece = "cut/temporal-average.zarr/data/c/0/0/0";
    const bytes = (await disk.read(piece)).slice();
    bytes[80] = (bytes[80] ?? 0) ^ 1;
    await disk.write(piece, bytes);
    expect(await faultFrom(() => resumeRun(disk, "cut"))).toMatchObject({
      code: "DATA",
      what: "what was recorded has changed since the checkpoint",
    });
  });

  it("resumes from the command line, and tells a scheduler to run it again", async () => {
    const disk = await diskWith({ "e.yaml": "model: linear\nduration: 1 s\n" });
    const run = async (...argv: string[]) => laennec(argv, { disk });
    expect((await run("simulate", "e.yaml", "--out", "r", "--keep-checkpoint", "--no-report")).status).toBe(0);
    expect(await run("resume", "r")).toMatchObject({
      status: 65,
      err: expect.stringMatching(/the run is complete/) as string,
    });
    expect((await run("resume", "nothing")).status).toBe(65);
    expect((await run("simulate", "e.yaml", "--out", "s", "--checkpoint-every", "0 s")).status).toBe(2);
  });
});

describe("going on from a checkpoint", () => {
  const brief: Experiment = { ...experiment, transient: 0, monitors: ["temporal-average"] };
  const half = async () => (await simulate({ ...brief, duration: 20 })).checkpoint;

  it("goes on in time, with other parameters and other monitors", async () => {
    const checkpoint = await half();
    const whole = await simulate({ ...brief, duration: 40, transient: 0 });
    const rest = await simulate({
      ...brief,
      duration: 20,
      initial: { checkpoint },
      monitors: ["raw"],
    });
    expect(rest.finalState).toEqual(whole.finalState);
    expect(rest.recordings["raw"]?.time[0]).toBeCloseTo(20.1, 9);
    const branch = await simulate({
      ...brief,
      model: { id: "montbrio-pazo-roxin", parameters: { I: 0.5 } },
      duration: 20,
      initial: { checkpoint },
    });
    expect(branch.finalState).not.toEqual(whole.finalState);
    expect(branch.stepsDone).toBe(200);
  });

  it("keeps the seed's draws of the steps to come: another seed gives another future", async () => {
    const checkpoint = await half();
    const future = async (seed: number) =>
      (await simulate({ ...brief, seed, duration: 5, initial: { checkpoint } })).finalState;
    expect(await future(4)).toEqual(await future(4));
    expect(await future(5)).not.toEqual(await future(4));
  });

  it.each<[string, Partial<Experiment>, RegExp]>([
    ["another connectome", { connectome: { synthetic: { regions: 9, seed: 3 } } }, /MISMATCH .*other regions/s],
    ["another step", { integrator: { dt: 0.05, noise: { id: "additive", D: 1e-3 } } }, /MISMATCH .*0.1 ms/s],
    ["another model", { model: "epileptor" }, /MISMATCH .*has no/s],
    ["longer delays", { conduction_speed: 0.5 }, /MISMATCH .*past is/s],
    ["another sending", { coupling: "pre-sigmoidal" }, /MISMATCH .*sent something else/s],
  ])("refuses %s", async (_, change, wanted) => {
    const checkpoint = await half();
    const run = async () => void (await simulate({ ...brief, duration: 5, initial: { checkpoint }, ...change }));
    await expect(run()).rejects.toThrow(wanted);
  });
});

describe("a checkpoint's file", () => {
  it("is read by name in an experiment, and every changed byte of its content is found", async () => {
    const disk = memoryDisk();
    await recordRun(disk, "r", await resolveExperiment({ ...experiment, duration: 20 }), { keepCheckpoint: true });
    const bytes = await disk.read(`r/${checkpointName}`);
    await disk.write("c.npz", bytes);
    const { setup } = await resolveExperiment(
      { ...experiment, duration: 10, initial: { checkpoint: "c.npz" } },
      { disk },
    );
    const blocks = runSimulation(setup);
    let next = await blocks.next();
    while (!next.done) next = await blocks.next();
    expect(next.value.checkpoint.step).toBe(50 + 200 + 50 + 100);
    let refused = 0;
    for (let k = 0; k < 200; k++) {
      const damaged = bytes.slice();
      const at = Math.floor((k / 200) * bytes.length);
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      await disk.write("d.npz", damaged);
      const read = await readCheckpoint(disk, "d.npz", "d.npz").then(
        (value) => value,
        () => undefined,
      );
      if (read === undefined) refused++;
      // A byte of the archive that means nothing, such as a version or an attribute, may change.
      else expect(read.checkpoint.state).toEqual((await readCheckpoint(disk, "c.npz", "c.npz")).checkpoint.state);
    }
    expect(refused).toBeGreaterThan(180);
  });

  it("is none when it is something else", async () => {
    const disk = memoryDisk();
    await disk.write("x.npz", new TextEncoder().encode("hello"));
    expect(await faultFrom(() => readCheckpoint(disk, "x.npz", "x.npz"))).toMatchObject({ code: "DATA" });
    await disk.write("y.npz", pack({ format: "something" }));
    expect(await faultFrom(() => readCheckpoint(disk, "y.npz", "y.npz"))).toMatchObject({ code: "DATA" });
  });

  it("keeps numbers that JSON lacks", () => {
    const value = {
      a: [Infinity, -Infinity, -0, 1.5],
      b: Float64Array.of(NaN, 1),
      c: "x",
      d: { e: new Uint32Array([7]) },
    };
    const back = unpack(pack(value), "test") as typeof value;
    expect(back).toEqual(value);
    expect(Object.is(back.a[2], -0)).toBe(true);
  });
});

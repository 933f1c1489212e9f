import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runSimulation } from "../../src/engine/run.js";
import type { Block } from "../../src/engine/setup.js";
import { exportResult } from "../../src/experiment/export.js";
import { readResult } from "../../src/experiment/read-result.js";
import { recordRun } from "../../src/experiment/record.js";
import { resolveExperiment } from "../../src/experiment/resolve.js";
import { createResult } from "../../src/experiment/save.js";
import type { Experiment } from "../../src/experiment/types.js";
import { diskOver, memoryDisk, nodeDisk } from "../../src/storage/disk.js";
import { memoryFileSystem } from "../../src/storage/memory-file-system.js";
import { readNpy } from "../../src/storage/npy.js";
import { readZip } from "../../src/storage/zip.js";
import { diskWith, tree } from "../cli/fake-io.js";
import { faultFrom } from "../storage/faults.js";
import { failingFileSystem } from "../storage/injected.js";

const experiment: Experiment = {
  connectome: { synthetic: { regions: 8, seed: 3 } },
  model: "montbrio-pazo-roxin",
  integrator: { dt: 0.1, noise: { id: "additive", D: 1e-3 } },
  duration: 40,
  transient: 5,
  seed: 4,
  monitors: [
    "temporal-average",
    { id: "raw", variables: ["V", "r * 2"] },
    { id: "spatial-average", period: 2, groups: "hemisphere" },
    { id: "global-average", period: 4 },
  ],
};

async function blocksOf(given: Experiment): Promise<Map<string, number[]>> {
  const { setup } = await resolveExperiment(given);
  const values = new Map<string, number[]>();
  for await (const { monitor, data } of runSimulation(setup, { backend: "reference" }))
    values.set(monitor, [...(values.get(monitor) ?? []), ...data.data]);
  return values;
}

/** A run that blows up. */
const explosive = () =>
  resolveExperiment(
    {
      ...experiment,
      model: { id: "linear", parameters: { gamma: 50 } },
      integrator: { dt: 1 },
      duration: "20 s",
      transient: 0,
      monitors: ["raw"],
    },
    { force: true },
  );

describe("a result folder", () => {
  it.each(["f64", "f32"] as const)("gives back every number that the engine gave (%s)", async (precision) => {
    const given = { ...experiment, precision };
    const disk = memoryDisk();
    await recordRun(disk, "out", { ...(await resolveExperiment(given)), backend: "reference" });
    const { record, recordings, connectome } = await readResult(disk, "out");
    const truth = await blocksOf(given);
    expect(recordings.map(({ name, data }) => [name, ...data.shape])).toEqual([
      ["temporal-average", 40, 2, 8],
      ["raw", 400, 2, 8],
      ["spatial-average", 20, 2, 2],
      ["global-average", 10, 2, 1],
    ]);
    for (const { name, data } of recordings) expect([...data.data]).toEqual(truth.get(name));
    expect(connectome).toEqual((await resolveExperiment(given)).setup.connectome);
    expect(recordings.map(({ units }) => units)).toEqual([
      ["1/ms", "1"],
      ["1", "1/ms"],
      ["1/ms", "1"],
      ["1/ms", "1"],
    ]);
    expect(record).toMatchObject({
      status: "complete",
      precision,
      seed: 4,
      steps_done: 450,
      backend: { asked: "reference", ran: "reference" },
      deviations: [],
    });
    expect(record.program_hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("stamps rows, and says over what each mean was taken", async () => {
    const disk = memoryDisk();
    await recordRun(disk, "out", await resolveExperiment(experiment));
    const [mean, raw, spatial] = (await readResult(disk, "out")).recordings;
    // Steps 51 … 60 of 0.1 ms after a transient of 50: the window (5, 6] ms.
    expect(mean?.window?.start[0]).toBeCloseTo(5, 12);
    expect(mean?.window?.end[0]).toBeCloseTo(6, 12);
    expect(raw?.window).toBeUndefined();
    expect(raw?.time[0]).toBeCloseTo(5.1, 12);
    expect(spatial?.time[0]).toBeCloseTo(7, 12);
    expect(spatial?.regions).toEqual(["left", "right"]);
  });

  it("has the same bytes when written again, but for the seconds it took", async () => {
    const [a, b] = [memoryDisk(), memoryDisk()];
    for (const disk of [a, b]) await recordRun(disk, "out", await resolveExperiment(experiment));
    const without = (lines: string[]) => lines.filter((line) => !line.startsWith("out/run.json"));
    expect(without(await tree(a))).toEqual(without(await tree(b)));
    for (const line of without(await tree(a))) {
      const [path = ""] = line.split(" ");
      expect(await a.read(path)).toEqual(await b.read(path));
    }
  });

  it("is marked while it is written, and readable after an interruption", async () => {
    const disk = memoryDisk();
    const controller = new AbortController();
    const long = await resolveExperiment({ ...experiment, duration: "20 s", monitors: ["raw"] });
    const record = await recordRun(disk, "out", long, {
      signal: controller.signal,
      onProgress: (done) => done > 2000 && controller.abort(),
    });
    expect(record.status).toBe("interrupted");
    expect(record.deviations.map(({ kind }) => kind)).toEqual(["interrupted"]);
    const [raw] = (await readResult(disk, "out")).recordings;
    expect(raw?.time.length).toBe((record.steps_done ?? 0) - 50);
    expect(raw?.data.data.every(Number.isFinite)).toBe(true);
  });

  it("says running until the end", async () => {
    const disk = memoryDisk();
    const resolved = await resolveExperiment({ ...experiment, monitors: ["raw"] });
    const writer = await createResult(disk, "out", resolved);
    const status = async () => (await readResult(disk, "out")).record.status;
    expect(await status()).toBe("running");
    const block: Block = {
      monitor: "raw",
      time: Float64Array.of(1),
      data: { data: new Float64Array(16), shape: [1, 2, 8], stride: [16, 8, 1], offset: 0 },
    };
    await writer.write(block);
    await writer.finish({ backend: "wasm", programHash: "x", stepsDone: 1, interrupted: false });
    expect(await status()).toBe("complete");
    await expect(writer.write({ ...block, monitor: "other" })).rejects.toMatchObject({ code: "BUG" });
  });

  it("is not there after a fault", async () => {
    const disk = memoryDisk();
    await expect(recordRun(disk, "out", await explosive())).rejects.toMatchObject({ code: "BLOWUP" });
    expect(await tree(disk)).toEqual([]);
    expect(await disk.exists("out")).toBe(false);
  });

  it("replaces an earlier result when forced, and never something else", async () => {
    const resolved = await resolveExperiment({ ...experiment, monitors: ["raw"] });
    const disk = await diskWith({ "other/run.json": "{}", "other/thesis.tex": "dear" });
    await recordRun(disk, "out", resolved);
    await expect(recordRun(disk, "out", resolved)).rejects.toMatchObject({ code: "OUTPUT" });
    expect(
      (await recordRun(disk, "out", { ...resolved, setup: { ...resolved.setup, seed: 9 } }, { force: true })).seed,
    ).toBe(9);
    for (const force of [false, true])
      await expect(recordRun(disk, "other", resolved, { force })).rejects.toMatchObject({ code: "OUTPUT" });
    expect(await disk.exists("other/thesis.tex")).toBe(true);
  });

  it.each([
    ["a folder that run.json does not list", { "out/precious.zarr/x": "years of work" }, /precious\.zarr/],
    ["a file beside the result", { "out/.hidden": "x" }, /\.hidden/],
    ["a run.json of another program", { "out/run.json": '{"tool": "other"}' }, /not the record of a run/],
    ["a broken run.json", { "out/run.json": "{" }, /not readable/],
    ["a run.json without its name", { "out/run.json": '{"monitors": []}' }, /not the record of a run/],
  ])("leaves %s alone, forced or not", async (_, files, why) => {
    const resolved = await resolveExperiment({ ...experiment, monitors: ["raw"] });
    const disk = memoryDisk();
    await recordRun(disk, "out", resolved);
    for (const [path, content] of Object.entries(files)) {
      await disk.makeFolder(path.slice(0, path.lastIndexOf("/")));
      await disk.write(path, new TextEncoder().encode(content));
    }
    const before = await tree(disk);
    const fault = await faultFrom(() => recordRun(disk, "out", resolved, { force: true }));
    expect([fault.code, fault.why]).toEqual(["OUTPUT", expect.stringMatching(why)]);
    expect(await tree(disk)).toEqual(before);
  });

  it.each(["memory", "node"])("keeps the earlier result when a forced run fails (%s disk)", async (kind) => {
    const folder = kind === "node" ? mkdtempSync(join(tmpdir(), "laennec-force-")) : undefined;
    const disk = folder === undefined ? memoryDisk() : nodeDisk(folder);
    const resolved = await resolveExperiment({ ...experiment, monitors: ["raw", "subsample"] });
    await recordRun(disk, "out", resolved);
    await disk.write("out/report.html", new TextEncoder().encode("<p>"));
    const before = await tree(disk, "out");
    const bytes = await disk.read("out/raw.zarr/data/c/0/0/0");
    await expect(recordRun(disk, "out", await explosive(), { force: true })).rejects.toMatchObject({ code: "BLOWUP" });
    expect(await tree(disk, "out")).toEqual(before);
    expect(await disk.read("out/raw.zarr/data/c/0/0/0")).toEqual(bytes);
    const shorter = await resolveExperiment({ ...experiment, duration: 20, monitors: ["raw"] });
    await recordRun(disk, "out", shorter, { force: true });
    expect(await disk.list("out")).toEqual(["connectome.zarr", "raw.zarr", "run.json"]);
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });

  it("keeps the earlier result when the disk fails at any call while it is replaced", async () => {
    const resolved = await resolveExperiment({ ...experiment, monitors: ["raw"] });
    for (let failAt = 1; failAt < 40; failAt++) {
      const files = memoryFileSystem();
      await recordRun(diskOver(files), "out", resolved);
      const before = await tree(diskOver(files));
      const failing = diskOver(failingFileSystem(files, failAt, "EIO").files);
      await expect(createResult(failing, "out", resolved, { force: true })).rejects.toMatchObject({ code: "OUTPUT" });
      expect(await tree(diskOver(files)), `call ${failAt}`).toEqual(before);
    }
  });

  it("brings the earlier result back after a process that ended while replacing it", async () => {
    const disk = memoryDisk();
    const resolved = await resolveExperiment({ ...experiment, monitors: ["raw"] });
    await recordRun(disk, "out", resolved);
    const before = await tree(disk);
    // Never finished, never abandoned: as killed.
    await createResult(disk, "out", resolved, { force: true });
    expect((await readResult(disk, "out")).record.status).toBe("running");
    await expect(recordRun(disk, "out", await explosive(), { force: true })).rejects.toMatchObject({ code: "BLOWUP" });
    expect(await tree(disk)).toEqual(before);
  });

  it("exports to npz and csv with the same numbers", async () => {
    const disk = memoryDisk();
    await recordRun(disk, "out", await resolveExperiment({ ...experiment, monitors: ["raw"] }));
    const result = await readResult(disk, "out");
    await exportResult(disk, result, "npz", "out.npz");
    const files = readZip(await disk.read("out.npz"), "out.npz");
    const numbers = readNpy(files.get("raw.data.npy") ?? new Uint8Array());
    const ofConnectome = ["weights", "tract_lengths", "region", "centres"].map((name) => `connectome.${name}.npy`);
    const ofRaw = ["data", "time", "variable", "variable_units", "region"].map((name) => `raw.${name}.npy`);
    expect([...files.keys()]).toEqual([...ofRaw, ...ofConnectome]);
    expect([...numbers.data]).toEqual([...(result.recordings[0]?.data.data ?? [])]);
    const [path = ""] = await exportResult(disk, result, "csv", "csv");
    const [head = "", , , fourth = ""] = new TextDecoder().decode(await disk.read(path)).split("\n");
    expect(head.split(",")).toEqual(["time_ms", ...result.connectome.labels]);
    expect(fourth.split(",").slice(1).map(Number)).toEqual([
      ...(result.recordings[0]?.data.data.slice(2 * 16, 2 * 16 + 8) ?? []),
    ]);
  });
});

const python = process.env["LAENNEC_PYTHON"] ?? "python3";
const canRead = (() => {
  try {
    execFileSync(python, ["-c", "import xarray, zarr; assert int(zarr.__version__[0]) >= 3"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!canRead)("with Python's xarray (set LAENNEC_PYTHON to a Python that has it)", () => {
  const folder = mkdtempSync(join(tmpdir(), "laennec-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  it("opens as a data set with dimensions, coordinates and units, and no warning", async () => {
    const disk = nodeDisk(folder);
    await recordRun(disk, "out", await resolveExperiment(experiment));
    expect(existsSync(join(folder, "out/run.json"))).toBe(true);
    const script = `
import json, sys, warnings, xarray
warnings.simplefilter("error")
d = xarray.open_zarr(sys.argv[1] + "/temporal-average.zarr")
c = xarray.open_zarr(sys.argv[1] + "/connectome.zarr")
print(json.dumps({"dims": list(d.data.dims), "shape": list(d.data.shape), "time": d.time.attrs["units"], "variables": [str(v) for v in d.variable.values],
  "sum": float(d.data.sum()), "end": float(d.window_end[-1]), "weights": float(c.weights.sum()), "units": c.tract_lengths.attrs["units"], "region": str(d.region.values[3])}))`;
    const read = JSON.parse(execFileSync(python, ["-c", script, join(folder, "out")]).toString()) as Record<
      string,
      unknown
    >;
    const { recordings, connectome } = await readResult(disk, "out");
    const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
    expect(read).toMatchObject({
      dims: ["time", "variable", "region"],
      shape: [40, 2, 8],
      time: "ms",
      variables: ["r", "V"],
      units: "mm",
      region: connectome.labels[3],
    });
    expect(read["sum"]).toBeCloseTo(sum(recordings[0]?.data.data ?? []), 6);
    expect(read["weights"]).toBeCloseTo(sum(connectome.weights), 9);
    expect(read["end"]).toBeCloseTo(45, 9);
  });
});

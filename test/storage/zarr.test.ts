import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ndarray } from "../../src/core/ndarray.js";
import type { Disk } from "../../src/storage/disk.js";
import { diskOver, memoryDisk, nodeDisk } from "../../src/storage/disk.js";
import { memoryFileSystem } from "../../src/storage/memory-file-system.js";
import { readZarr } from "../../src/storage/zarr-read.js";
import {
  consolidateZarr,
  createZarrArray,
  createZarrGroup,
  writeZarrArray,
  writeZarrStrings,
} from "../../src/storage/zarr.js";
import { expectFault, faultFrom } from "./faults.js";
import { failingFileSystem } from "./injected.js";
import { pythonWith, runPython } from "./python.js";

const counting = (from: number, count: number) => Array.from({ length: count }, (_, k) => from + k);

/** Nine rows in three blocks through chunks of four. */
async function record(disk: Disk, path: string, finish = true): Promise<void> {
  const group = await createZarrGroup(disk, path, { title: "a run" });
  const dimensions = ["time", "variable", "region"];
  const data = await createZarrArray(group, "activity", {
    shape: [0, 2, 3],
    dtype: "f4",
    chunk: 4,
    dimensions,
    attributes: { units: "mV" },
  });
  const time = await createZarrArray(group, "time", {
    shape: [0],
    dtype: "f8",
    chunk: 4,
    dimensions: ["time"],
    attributes: { units: "ms" },
    gzip: 1,
  });
  for (let block = 0; block < 3; block++) {
    await data.append(counting(block * 18, 18));
    await time.append(counting(block * 3, 3));
  }
  if (!finish) return;
  await data.close();
  await time.close();
  await writeZarrStrings(group, "variable", ["r", "V"], "variable");
  await writeZarrStrings(group, "region", ["left", "rechts é", ""], "region");
  await writeZarrArray(group, "weights", ndarray(Float64Array.of(1, 0.1, NaN, -Infinity), [2, 2]), {
    dimensions: ["target", "source"],
  });
  await consolidateZarr(group);
}

describe("zarr", () => {
  it("gives back what was appended", async () => {
    const disk = memoryDisk();
    await record(disk, "run.zarr");
    const { attributes, arrays, strings } = await readZarr(disk, "run.zarr");
    expect(attributes).toEqual({ title: "a run" });
    expect([...arrays.keys()]).toEqual(["activity", "time", "weights"]);
    const activity = arrays.get("activity");
    expect(activity?.data.shape).toEqual([9, 2, 3]);
    expect(activity?.data.data).toEqual(Float32Array.from(counting(0, 54)));
    expect([activity?.dimensions, activity?.attributes]).toEqual([["time", "variable", "region"], { units: "mV" }]);
    expect(arrays.get("time")?.data.data).toEqual(Float64Array.from(counting(0, 9)));
    expect(arrays.get("weights")?.data.data).toEqual(Float64Array.of(1, 0.1, NaN, -Infinity));
    expect(strings.get("region")).toEqual(["left", "rechts é", ""]);
  });

  it("shows an interrupted run up to its last whole chunk, and all of it after a flush", async () => {
    const disk = memoryDisk();
    const group = await createZarrGroup(disk, "g");
    const array = await createZarrArray(group, "x", {
      shape: [0, 2],
      dtype: "f8",
      chunk: 4,
      dimensions: ["time", "region"],
    });
    const rows = async () => (await readZarr(disk, "g")).arrays.get("x")?.data;
    expect((await rows())?.shape).toEqual([0, 2]);
    await array.append(counting(0, 6));
    expect((await rows())?.shape).toEqual([0, 2]);
    await array.append(counting(6, 4));
    expect((await rows())?.shape).toEqual([4, 2]);
    await array.flush();
    expect((await rows())?.data).toEqual(Float64Array.from(counting(0, 10)));
    await array.append(counting(10, 8));
    await array.close();
    expect((await rows())?.data).toEqual(Float64Array.from(counting(0, 18)));
    expect(array.rows).toBe(9);
  });

  it("shows a prefix of the truth whichever call fails", async () => {
    let failures = 0;
    for (let failAt = 1; ; failAt++) {
      const real = memoryFileSystem();
      const injected = failingFileSystem(real, failAt, "ENOSPC", true);
      const outcome = await record(diskOver(injected.files), "g").then(
        () => undefined,
        (error: unknown) => error,
      );
      const disk = diskOver(real);
      if (await disk.exists("g/zarr.json")) {
        const { arrays } = await readZarr(disk, "g");
        for (const [name, width] of [
          ["activity", 6],
          ["time", 1],
        ] as const) {
          const data = arrays.get(name)?.data;
          if (data) expect([...data.data]).toEqual(counting(0, (data.shape[0] ?? 0) * width));
        }
      }
      if (outcome === undefined) break;
      failures++;
      expect((await faultFrom(() => Promise.reject(outcome))).code).toBe("OUTPUT");
    }
    expect(failures).toBeGreaterThan(40);
  });

  it("refuses to write over something, half rows, and rows after the end", async () => {
    const disk = memoryDisk();
    const group = await createZarrGroup(disk, "g");
    const array = await createZarrArray(group, "x", {
      shape: [0, 2],
      dtype: "f8",
      chunk: 2,
      dimensions: ["time", "region"],
    });
    await expectFault(() => createZarrGroup(disk, "g"), "OUTPUT", /not empty/);
    await expectFault(
      () => createZarrArray(group, "x", { shape: [0], dtype: "f8", chunk: 2, dimensions: ["time"] }),
      "OUTPUT",
      /exists/,
    );
    await expectFault(
      () => createZarrArray(group, "../x", { shape: [0], dtype: "f8", chunk: 2, dimensions: ["time"] }),
      "USAGE",
      /name/,
    );
    await expectFault(
      () => createZarrArray(group, "y", { shape: [0], dtype: "f8", chunk: 0, dimensions: ["time"] }),
      "USAGE",
      /chunk/,
    );
    await expectFault(
      () => createZarrArray(group, "y", { shape: [0, 2], dtype: "f8", chunk: 2, dimensions: ["time"] }),
      "USAGE",
      /axis/,
    );
    await expectFault(() => array.append([1, 2, 3]), "USAGE", /whole rows/);
    await array.close();
    await expectFault(() => array.append([1, 2]), "BUG", /closed/);
  });

  it.each([
    ["no group", "zarr.json", undefined, "FILE"],
    ["no JSON", "zarr.json", "{", "DATA"],
    ["array without JSON", "x/zarr.json", "nonsense", "DATA"],
    ["array of another format", "x/zarr.json", '{"zarr_format":2}', "DATA"],
    ["missing chunk", "x/c/0/0", undefined, "DATA"],
    ["short chunk", "x/c/0/0", "abc", "DATA"],
  ] as const)("refuses what is broken: %s", async (_, file, contents, code) => {
    const disk = memoryDisk();
    const group = await createZarrGroup(disk, "g");
    await writeZarrArray(group, "x", ndarray(Float64Array.of(1, 2), [1, 2]), { dimensions: ["a", "b"] });
    await (contents === undefined
      ? disk.remove(`g/${file}`)
      : disk.write(`g/${file}`, new TextEncoder().encode(contents)));
    await expectFault(() => readZarr(disk, "g"), code, new RegExp(code));
  });

  it("does not believe a shape of a petabyte", async () => {
    const disk = memoryDisk();
    const group = await createZarrGroup(disk, "g");
    await writeZarrArray(group, "x", ndarray(Float64Array.of(1, 2), [1, 2]), { dimensions: ["a", "b"] });
    const json = new TextDecoder()
      .decode(await disk.read("g/x/zarr.json"))
      .replace(/"shape": \[\s*1,\s*2\s*\]/, '"shape": [1000000000, 1000000]');
    expect(json).toContain("1000000000");
    await disk.write("g/x/zarr.json", new TextEncoder().encode(json));
    await expectFault(() => readZarr(disk, "g"), "LIMIT", /too large/);
  });
});

const python = pythonWith(["xarray", "zarr"]);
if (python === undefined)
  console.warn("zarr: no Python with xarray and zarr (set LAENNEC_PYTHON), so they do not read our results here");

describe.skipIf(python === undefined)("zarr as xarray reads it", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "laennec-zarr-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("has dimensions, units, labels and values, without a warning", async () => {
    await record(nodeDisk(folder), "run.zarr");
    const out = runPython(
      python ?? "",
      `import sys, json, xarray
d = xarray.open_zarr(sys.argv[1])
a = d["activity"]
print(json.dumps([list(a.dims), list(a.shape), str(a.dtype), a.attrs["units"], d.attrs["title"], [str(r) for r in d["region"].values],
  a.sel(variable="V", region="left").values.tolist(), d["time"].values.tolist(), d["time"].attrs["units"], float(d["weights"].values[0, 1])]))`,
      join(folder, "run.zarr"),
    );
    expect(JSON.parse(out)).toEqual([
      ["time", "variable", "region"],
      [9, 2, 3],
      "float32",
      "mV",
      "a run",
      ["left", "rechts é", ""],
      counting(0, 9).map((row) => row * 6 + 3),
      counting(0, 9),
      "ms",
      0.1,
    ]);
  });

  it("is readable when the run was interrupted", async () => {
    await record(nodeDisk(folder), "cut.zarr", false);
    const out = runPython(
      python ?? "",
      "import sys, xarray; d = xarray.open_zarr(sys.argv[1], consolidated=False); print(d['activity'].shape, float(d['activity'].sum()))",
      join(folder, "cut.zarr"),
    );
    expect(out.trim()).toBe(`(8, 2, 3) ${counting(0, 48).reduce((sum, value) => sum + value, 0)}.0`);
  });
});

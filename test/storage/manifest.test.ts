import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import { ndarray } from "../../src/core/ndarray.js";
import { joinPath, memoryDisk } from "../../src/storage/disk.js";
import { filesUnder, manifestName, verifyFolder, writeManifest } from "../../src/storage/manifest.js";
import { createZarrGroup, writeZarrArray } from "../../src/storage/zarr.js";
import { expectFault } from "./faults.js";

async function store() {
  const disk = memoryDisk();
  await disk.makeFolder("out");
  await disk.write("out/run.json", new TextEncoder().encode('{"seed":7}'));
  const group = await createZarrGroup(disk, "out/data.zarr");
  await writeZarrArray(group, "x", ndarray(Float64Array.of(1, 2, 3, 4), [2, 2]), { dimensions: ["time", "region"] });
  await writeManifest(disk, "out");
  return disk;
}

describe("a folder's checksums", () => {
  it("find every flipped byte of every file, and name the file", async () => {
    const disk = await store();
    expect(await verifyFolder(disk, "out")).toEqual([]);
    const files = await filesUnder(disk, "out");
    expect(files).toEqual([
      manifestName,
      "data.zarr/x/c/0/0",
      "data.zarr/x/zarr.json",
      "data.zarr/zarr.json",
      "run.json",
    ]);
    for (const file of files) {
      const path = joinPath("out", file);
      const whole = await disk.read(path);
      for (let at = 0; at < whole.length; at++) {
        const changed = whole.slice();
        changed[at] = (changed[at] ?? 0) ^ 1;
        await disk.write(path, changed);
        const found = await verifyFolder(disk, "out").catch((error: unknown) => error);
        if (file === manifestName) {
          // Blanks between the parts of JSON carry nothing: changing one may leave the list as it was, or break it.
          const blank = [0x20, 0x0a].includes(whole[at] ?? 0);
          if (!blank || found instanceof Error) expect(found).toBeInstanceOf(Fault);
          else expect(found).toEqual([]);
        } else expect(found).toEqual([{ file, problem: "changed" }]);
      }
      await disk.write(path, whole);
    }
    expect(await verifyFolder(disk, "out")).toEqual([]);
  });

  it("take names that JavaScript's objects reorder or swallow", async () => {
    const disk = memoryDisk();
    await disk.makeFolder("out");
    for (const name of ["9", "10", "__proto__", "constructor"])
      await disk.write(`out/${name}`, new TextEncoder().encode(name));
    await writeManifest(disk, "out");
    expect(await verifyFolder(disk, "out")).toEqual([]);
    await disk.write("out/__proto__", new Uint8Array(0));
    expect(await verifyFolder(disk, "out")).toEqual([{ file: "__proto__", problem: "changed" }]);
  });

  it("find lost and added files, and say when there are none", async () => {
    const disk = await store();
    await disk.remove("out/run.json");
    await disk.write("out/more", new Uint8Array(1));
    expect(await verifyFolder(disk, "out")).toEqual([
      { file: "run.json", problem: "missing" },
      { file: "more", problem: "added" },
    ]);
    await disk.remove(`out/${manifestName}`);
    await expectFault(() => verifyFolder(disk, "out"), "FILE", /no checksums/);
  });
});

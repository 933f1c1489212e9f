import { describe, expect, it } from "vitest";
import { memoryDisk } from "../../src/storage/disk.js";
import { openTuning } from "../../src/storage/tuning.js";

describe("tuning.json", () => {
  it("is read back by the next process", async () => {
    const disk = memoryDisk();
    await (await openTuning(disk, "cache")).remember("a program", { block: 64, groups: 2 });
    expect((await openTuning(disk, "cache")).recall("a program")).toEqual({ block: 64, groups: 2 });
    expect((await openTuning(disk, "cache")).recall("another")).toBeUndefined();
  });

  it.each(["", "{", "{}", "[1, 2]", "null", '[["a"]]'])("counts as empty when it holds %j", async (text) => {
    const disk = memoryDisk();
    await disk.makeFolder("cache");
    await disk.write("cache/tuning.json", new TextEncoder().encode(text));
    const tuning = await openTuning(disk, "cache");
    expect(tuning.recall("a")).toBeUndefined();
    await tuning.remember("a", 1);
    expect((await openTuning(disk, "cache")).recall("a")).toBe(1);
  });

  it("keeps the newest entries only", async () => {
    const disk = memoryDisk();
    const tuning = await openTuning(disk, "cache");
    for (let k = 0; k < 510; k++) await tuning.remember(String(k), k);
    const again = await openTuning(disk, "cache");
    expect([again.recall("9"), again.recall("10"), again.recall("509")]).toEqual([undefined, 10, 509]);
  });
});

import { mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Disk } from "../../src/storage/disk.js";
import { baseName, diskOver, folderOf, joinPath, memoryDisk, nodeDisk } from "../../src/storage/disk.js";
import { memoryFileSystem } from "../../src/storage/memory-file-system.js";
import { expectFault, faultFrom } from "./faults.js";
import { afterPowerLoss, failingFileSystem, recordingFileSystem } from "./injected.js";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (data: Uint8Array) => new TextDecoder().decode(data);

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "laennec-disk-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const disks: [string, () => Disk][] = [
  ["memory", memoryDisk],
  ["node", () => nodeDisk(folder)],
];
describe.each(disks)("the %s disk", (_, make) => {
  it("keeps what was written, appended and removed", async () => {
    const disk = make();
    await disk.makeFolder("a/b");
    await disk.write("a/b/x.txt", bytes("one"));
    await disk.write("a/b/x.txt", bytes("two"));
    await disk.append("a/b/log", bytes("1"));
    await disk.append("a/b/log", bytes("2"));
    expect(text(await disk.read("a/b/x.txt"))).toBe("two");
    expect(text(await disk.read("a/b/log"))).toBe("12");
    expect(await disk.list("a/b")).toEqual(["log", "x.txt"]);
    expect(await disk.list("a")).toEqual(["b"]);
    expect(await disk.kind("a")).toBe("folder");
    expect(await disk.kind("a/b/x.txt")).toBe("file");
    expect(await disk.kind("a/b/x.txt/y")).toBeUndefined();
    await disk.remove("a");
    expect(await disk.exists("a/b/x.txt")).toBe(false);
    await disk.remove("a");
  });

  it("moves files and folders with all they hold", async () => {
    const disk = make();
    await disk.makeFolder("m/from/deep");
    await disk.makeFolder("m/full");
    await disk.write("m/from/deep/x", bytes("x"));
    await disk.write("m/full/y", bytes("y"));
    await disk.rename("m/from", "m/to");
    await disk.rename("m/full/y", "m/to/y");
    expect([await disk.list("m"), await disk.list("m/to"), await disk.list("m/full")]).toEqual([
      ["full", "to"],
      ["deep", "y"],
      [],
    ]);
    expect(text(await disk.read("m/to/deep/x"))).toBe("x");
    await disk.makeFolder("m/other/inner");
    await expectFault(() => disk.rename("m/other", "m/to"), "OUTPUT", /ENOTEMPTY/);
    await expectFault(() => disk.rename("m/missing", "m/z"), "OUTPUT", /does not exist/);
    expect(text(await disk.read("m/to/y"))).toBe("y");
    await disk.remove("m");
  });

  it("tells what is wrong, as a Fault", async () => {
    const disk = make();
    await disk.makeFolder("f");
    await disk.write("f/big", new Uint8Array(100));
    await expectFault(() => disk.read("missing"), "FILE", /does not exist/);
    await expectFault(() => disk.read("f"), "FILE", /folder, not a file/);
    await expectFault(() => disk.read("f/big", { maxBytes: 99 }), "FILE", /100 bytes, the limit is 99/);
    await expectFault(() => disk.list("f/big"), "FILE", /part of the path/);
    await expectFault(() => disk.write("no/such/folder/x", bytes("x")), "OUTPUT", /does not exist/);
    await expectFault(() => disk.makeFolder("f/big"), "OUTPUT", /a file has the name/);
    expect((await disk.read("f/big", { maxBytes: 100 })).length).toBe(100);
  });

  it("hands out bytes that are the caller's own", async () => {
    const disk = make();
    const given = bytes("abc");
    await disk.write("own", given);
    given[0] = 0;
    const first = await disk.read("own");
    first[1] = 0;
    expect(text(await disk.read("own"))).toBe("abc");
  });
});

describe("the node disk", () => {
  it.each(["../x", "a/../../x", "/etc/passwd", "..", "a\0b"])("does not leave its folder by %j", async (path) => {
    const disk = nodeDisk(folder);
    await expectFault(() => disk.read(path), "FILE", /leaves its folder|NUL/);
    await expectFault(() => disk.write(path, bytes("x")), "FILE", /leaves its folder|NUL/);
  });

  it("leaves no parts behind and names no absolute path", async () => {
    const disk = nodeDisk(folder);
    await disk.makeFolder("clean");
    await disk.write("clean/x", bytes("x"));
    expect(await readdir(join(folder, "clean"))).toEqual(["x"]);
    const fault = await faultFrom(() => nodeDisk().read(join(folder, "secret-file")));
    expect(fault.message).toContain("secret-file");
    expect(fault.message).not.toContain(folder);
  });

  it("makes folders through links, and ends where none can be made", async () => {
    const disk = nodeDisk(folder);
    await disk.makeFolder("made/deep/er");
    await disk.makeFolder("made/deep/er");
    await symlink(join(folder, "made"), join(folder, "link"));
    await disk.makeFolder("link/by/link");
    expect(await disk.kind("made/by/link")).toBe("folder");
    await Promise.all(["x", "y", "z"].map((name) => disk.makeFolder(`made/at/once/${name}`)));
    expect(await disk.list("made/at/once")).toEqual(["x", "y", "z"]);
    await disk.write("made/file", bytes("x"));
    await expectFault(() => disk.makeFolder("made/file/x/y"), "OUTPUT", /part of the path/);
  });

  it.skipIf(process.platform !== "linux")("does not hang under /proc", () =>
    expectFault(() => nodeDisk().makeFolder("/proc/no/such/folder"), "OUTPUT", /does not exist/),
  );

  it("refuses devices and endless files", async () => {
    await symlink("/dev/zero", join(folder, "zero"));
    await expectFault(() => nodeDisk(folder).read("zero"), "FILE", /not a regular file/);
    await writeFile(join(folder, "real"), "x");
    expect(text(await nodeDisk(folder).read("real"))).toBe("x");
  });
});

describe("writing when calls fail", () => {
  it.each(["ENOSPC", "EIO", "EMFILE"])("keeps the old contents or the new, whichever call ends in %s", async (code) => {
    for (const torn of [false, true])
      for (let failAt = 1; ; failAt++) {
        const real = memoryFileSystem();
        await diskOver(real).write("x", bytes("old contents"));
        const injected = failingFileSystem(real, failAt, code, torn);
        const disk = diskOver(injected.files);
        if (injected.calls() === 0 && failAt > 20) throw new Error("the write makes more calls than expected");
        const outcome = await disk.write("x", bytes("new contents")).then(
          () => "done",
          (error: unknown) => error,
        );
        expect(["old contents", "new contents"]).toContain(text(await diskOver(real).read("x")));
        expect(await diskOver(real).list(".")).toEqual(["x"]);
        if (outcome === "done") {
          expect(failAt).toBe(5);
          break;
        }
        const fault = await faultFrom(() => Promise.reject(outcome));
        expect(fault.code).toBe("OUTPUT");
        expect(fault.message).not.toContain("secret");
      }
  });

  it("holds the old contents or the new after a power failure at any moment", async () => {
    const recorder = recordingFileSystem(memoryFileSystem());
    const disk = diskOver(recorder.files);
    await disk.makeFolder("f");
    await disk.write("f/x", bytes("old contents"));
    const before = recorder.steps.length;
    await disk.write("f/x", bytes("new contents"));
    const seen = new Set<string>();
    for (let cut = before; cut <= recorder.steps.length; cut++)
      for (const lost of ["all", "half", "none"] as const)
        for (const renamesKept of [false, true]) {
          const left = await afterPowerLoss(recorder.steps, cut, lost, renamesKept, memoryFileSystem());
          seen.add(text(await diskOver(left).read("f/x")));
        }
    expect([...seen].sort()).toEqual(["new contents", "old contents"]);
    const whole = await afterPowerLoss(recorder.steps, recorder.steps.length, "all", false, memoryFileSystem());
    expect(text(await diskOver(whole).read("f/x"))).toBe("new contents");
  });
});

it("takes paths apart and joins them", () => {
  expect(joinPath("a", "b/c", "d")).toBe("a/b/c/d");
  expect(joinPath(".", "x")).toBe("x");
  expect(joinPath("a/", "/b")).toBe("a/b");
  expect(joinPath("/", "b")).toBe("/b");
  expect(joinPath("", ".")).toBe(".");
  expect([folderOf("a/b"), folderOf("a"), folderOf("/a"), baseName("a/b.zip"), baseName("b")]).toEqual([
    "a",
    ".",
    "/",
    "b.zip",
    "b",
  ]);
});

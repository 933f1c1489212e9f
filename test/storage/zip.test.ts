import { performance } from "node:perf_hooks";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import { openZip, readZip } from "../../src/storage/zip.js";
import { writeZip } from "../../src/storage/npz.js";
import { expectFault } from "./faults.js";
import { makeZip } from "./make-zip.js";

const names: [string, string | Uint8Array][] = [
  ["parent", "../evil.txt"],
  ["parent twice", "../../evil.txt"],
  ["parent inside", "a/../../evil.txt"],
  ["parent at the end", "a/.."],
  ["parent alone", ".."],
  ["parent with blanks", "a/ .. /b"],
  ["three dots", ".../evil.txt"],
  ["absolute", "/etc/passwd"],
  ["absolute twice", "//server/share"],
  ["drive", "C:/evil.txt"],
  ["drive, relative", "C:evil.txt"],
  ["backslash parent", "..\\evil.txt"],
  ["backslash absolute", "\\evil.txt"],
  ["backslash inside", "a\\b.txt"],
  ["device path", "\\\\?\\C:\\evil"],
  ["NUL", "weights.txt\0.png"],
  ["NUL first", "\0weights.txt"],
  ["line feed", "wei\nghts.txt"],
  ["escape", "\u001b[2Jweights.txt"],
  ["delete", "weights\u007f.txt"],
  ["full-width dots", "\uff0e\uff0e/evil.txt"],
  ["one-dot leaders", "\u2024\u2024/evil.txt"],
  ["two-dot leader", "\u2025/evil.txt"],
  ["full-width slash", "..\uff0fevil.txt"],
  ["full-width absolute", "\uff0fetc/passwd"],
  ["full-width backslash", "..\uff3cevil.txt"],
  ["full-width drive", "\uff23\uff1a/evil.txt"],
  ["empty", ""],
  ["empty part", "a//b.txt"],
  ["dot part", "./a/b.txt"],
  ["dot part inside", "a/./b.txt"],
  ["not UTF-8", Uint8Array.of(0x61, 0xff, 0xfe, 0x62)],
  ["overlong UTF-8 dots", Uint8Array.of(0xc0, 0xae, 0xc0, 0xae, 0x2f, 0x61)],
  ["very long", "a".repeat(2000)],
];

describe("zip", () => {
  it("reads stored and deflated entries", () => {
    const zip = makeZip([
      { name: "a.txt", contents: "alpha", method: 0 },
      { name: "folder/", contents: "", method: 0 },
      { name: "folder/b.txt", contents: "beta ".repeat(100) },
      { name: "empty.txt", contents: "" },
    ]);
    const text = new Map([...readZip(zip)].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]));
    expect(text).toEqual(
      new Map([
        ["a.txt", "alpha"],
        ["folder/b.txt", "beta ".repeat(100)],
        ["empty.txt", ""],
      ]),
    );
  });

  it("gives back any files", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,6}\.txt$/), fc.uint8Array({ maxLength: 200 })), (files) => {
        const given = new Map(Object.entries(files));
        expect(readZip(writeZip(given))).toEqual(given);
      }),
    );
  });

  it.each(names)("refuses an entry with a forbidden name: %s", (_, name) =>
    expectFault(() => readZip(makeZip([{ name, contents: "x" }])), "DATA", /forbidden name/),
  );

  const broken: [string, Uint8Array, RegExp][] = [
    ["duplicate", makeZip([{ name: "a" }, { name: "a" }]), /twice/],
    ["duplicate by case", makeZip([{ name: "Weights.txt" }, { name: "weights.txt" }]), /twice/],
    ["duplicate by composition", makeZip([{ name: "\u00e9" }, { name: "e\u0301" }]), /twice/],
    ["file and folder", makeZip([{ name: "a" }, { name: "a/" }]), /twice/],
    ["symbolic link", makeZip([{ name: "a", contents: "/etc/passwd", mode: 0o120777 }]), /link/],
    ["encrypted", makeZip([{ name: "a", contents: "x", flags: 1 }]), /encrypted/],
    ["unknown method", makeZip([{ name: "a", contents: "x", method: 14 }]), /compression/],
    [
      "declares less than it holds",
      makeZip([{ name: "a", contents: "x".repeat(5000), size: 10 }]),
      /more than it declares/,
    ],
    [
      "declares more than it holds",
      makeZip([{ name: "a", contents: "xyz", size: 10 }]),
      /declares 10 bytes and holds 3/,
    ],
    ["stored with two sizes", makeZip([{ name: "a", contents: "xyz", method: 0, size: 2 }]), /two sizes/],
    ["wrong checksum", makeZip([{ name: "a", contents: "xyz", crc: 1 }]), /checksum/],
    ["damaged data", makeZip([{ name: "a", contents: "xyz", packed: Uint8Array.of(255, 255, 255) }]), /damaged/],
    ["two names", makeZip([{ name: "a.txt", localName: "b.txt", contents: "x" }]), /two names/],
    ["beyond the file", makeZip([{ name: "a", contents: "x", packedSize: 1e6, size: 1e6 }]), /outside/],
    ["entry within the directory", makeZip([{ name: "a", contents: "x", at: 9999 }]), /header is missing/],
    ["folder with contents", makeZip([{ name: "a/", contents: "x" }]), /folder/],
    ["too many entries", makeZip(Array.from({ length: 30 }, (_, k) => ({ name: `f${k}` }))), /too many entries/],
    ["fewer entries than counted", makeZip([{ name: "a" }], { count: 3 }), /directory is broken/],
    ["zip64", makeZip([{ name: "a", size: 0xffffffff }]), /zip64/],
    ["not a zip", new TextEncoder().encode("weights weights weights weights"), /not a zip/],
    ["empty", new Uint8Array(0), /not a zip/],
    [
      "overlapping entries",
      (() => {
        const one = { name: "a", contents: Buffer.from(Array.from({ length: 4000 }, (_, k) => (k * k * 7) & 255)) };
        // Every entry is the first one's bytes under the same local name: the central names must differ, so the local name is refused first.
        return makeZip([one, { name: "b", at: 0, contents: "" }]);
      })(),
      /two names/,
    ],
  ];
  it.each(broken)("refuses an archive that is broken or hostile: %s", (_, zip, words) =>
    expectFault(() => readZip(zip, "test.zip", { maxEntries: 20 }), "DATA", words),
  );

  it("refuses a bomb by its declared size, at once", async () => {
    const bomb = makeZip([{ name: "weights.txt", contents: new Uint8Array(50_000_000) }]);
    expect(bomb.length).toBeLessThan(60_000);
    const start = performance.now();
    await expectFault(() => readZip(bomb), "DATA", /inflates too much/);
    expect(performance.now() - start).toBeLessThan(200);
  });

  it("stops a bomb that lies at the size that it declared", async () => {
    const bomb = makeZip([{ name: "weights.txt", contents: new Uint8Array(50_000_000), size: 1000 }]);
    const before = process.memoryUsage().arrayBuffers;
    await expectFault(() => readZip(bomb), "DATA", /more than it declares/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
  });

  it("keeps the limit over all entries together", () =>
    expectFault(
      () =>
        openZip(makeZip(Array.from({ length: 10 }, (_, k) => ({ name: `f${k}`, contents: "x".repeat(200) }))), "z", {
          maxBytes: 1500,
        }),
      "DATA",
      /too many bytes/,
    ));

  it("ends in files or a Fault when cut off or changed at any byte", () => {
    const whole = makeZip([
      { name: "weights.txt", contents: "0 1\n1 0\n" },
      { name: "b/c.txt", contents: "1", method: 0 },
    ]);
    const survives = (bytes: Uint8Array) => {
      try {
        readZip(bytes);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
      }
    };
    for (let at = 0; at < whole.length; at++) {
      survives(whole.subarray(0, at));
      for (const byte of [0, 1, 0x7f, 0x80, 0xff]) {
        const changed = whole.slice();
        changed[at] = byte;
        survives(changed);
      }
    }
  });
});

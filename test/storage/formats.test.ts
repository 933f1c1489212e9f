import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import h5wasm from "h5wasm";
import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import { ndarray } from "../../src/core/ndarray.js";
import { bunzip2 } from "../../src/storage/bunzip2.js";
import { sha256, sha256OfArray } from "../../src/storage/checksum.js";
import { writeCsv } from "../../src/storage/csv.js";
import { nodeDisk } from "../../src/storage/disk.js";
import { writeHdf5 } from "../../src/storage/hdf5.js";
import { writeNpz } from "../../src/storage/npz.js";
import { readTable } from "../../src/storage/table.js";
import golden from "../golden/storage.json" with { type: "json" };
import { expectFault } from "./faults.js";
import { pythonWith, runPython } from "./python.js";

describe("tables", () => {
  const finiteOrNot = fc.double();
  it("gives any matrix back from its CSV, bit for bit", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(finiteOrNot, { minLength: 5, maxLength: 25 }),
        (columns, numbers) => {
          const values = numbers.slice(0, Math.floor(numbers.length / columns) * columns);
          const table = readTable(writeCsv(values, columns));
          // "-0" is written "0": String(-0) drops the sign, and no measure has one.
          return (
            table.columns === columns &&
            [...table.values].every((value, k) => Object.is(value, (values[k] ?? 0) + 0) || value === values[k])
          );
        },
      ),
    );
  });

  it("gives names back", () => {
    const csv = writeCsv([1, 2, 3, 4], 2, { columnNames: ["a b", 'c"d'], rowNames: ["e", "f"] });
    expect(csv).toBe('label,a b,"c""d"\ne,1,2\nf,3,4\n');
    expect(readTable(writeCsv([1, 2, 3, 4], 2, { columnNames: ["a", "b"], rowNames: ["c", "d"] }))).toMatchObject({
      rows: 2,
      columns: 2,
      columnNames: ["a", "b"],
      rowNames: ["c", "d"],
    });
  });

  it.each([
    ["blanks", "  1.0e+00   2.5  \n 3 4 \n\n"],
    ["commas", "1,2.5\r\n3,4\r\n"],
    ["commas at the ends", "1,2.5,\n3,4,\n"],
    ["tabs", "1\t2.5\n3\t4"],
    ["semicolons", "1;2.5\n3;4"],
    ["comments", "# two by two\n1 2.5 # first\n3 4\n"],
    ["a byte order mark", "\uFEFF1 2.5\n3 4\n"],
    ["Fortran exponents", "1D0 0.25d1\n3 4\n"],
    ["quotes", '"1","2.5"\n"3","4"'],
  ])("reads numbers separated or written with %s", (_, text) => {
    const { rows, columns, values } = readTable(text);
    expect([rows, columns, ...values]).toEqual([2, 2, 1, 2.5, 3, 4]);
  });

  it.each([
    ["empty", "", /empty/],
    ["only comments", "# nothing\n", /empty/],
    ["ragged", "1 2\n3\n", /line 2[\s\S]*1 fields, the first row has 2/],
    ["words", "1 2\n3 four\n", /line 2, column 2[\s\S]*"four"/],
    ["hexadecimal", "1 0x10\n3 4\n", /"0x10"/],
    ["decimal commas", "1,5;2\n3;4\n", /DATA/],
    ["an empty field", "1,,2\n3,4,5\n", /column 2[\s\S]*empty/],
    ["two numbers in one field", "1,2 3\n4,5\n", /"2 3"/],
    ["too few names", "a,b,c\n1,2\n", /3 names over 2 columns/],
  ])("refuses a table that is %s", (_, text, words) => expectFault(() => readTable(text), "DATA", words));
});

describe("bzip2", () => {
  it.each(golden.bz2.map((row) => [row.name, row] as const))("inflates what Python packed: %s", (_, row) => {
    const out = bunzip2(new Uint8Array(Buffer.from(row.bytes, "base64")));
    expect([out.length, sha256(out)]).toEqual([row.size, row.sha256]);
  });

  it("ends in the right bytes or a Fault when cut off or changed at any byte", () => {
    const row = golden.bz2.find(({ name }) => name === "runs");
    const whole = new Uint8Array(Buffer.from(row?.bytes ?? "", "base64"));
    expect(whole.length).toBeGreaterThan(40);
    const outcome = (bytes: Uint8Array) => {
      try {
        return sha256(bunzip2(bytes));
      } catch (error) {
        if (error instanceof Fault) return "fault";
        throw error;
      }
    };
    for (let at = 0; at < whole.length; at++) {
      expect(outcome(whole.subarray(0, at))).toBe("fault");
      for (const flip of [1, 0x10, 0x80]) {
        const changed = whole.slice();
        changed[at] = (changed[at] ?? 0) ^ flip;
        // Bits behind the end, and a block size larger than needed, change nothing.
        expect(["fault", row?.sha256]).toContain(outcome(changed));
      }
    }
  });

  it("keeps its limit", () => {
    const row = golden.bz2.find(({ name }) => name === "text");
    return expectFault(
      () => bunzip2(new Uint8Array(Buffer.from(row?.bytes ?? "", "base64")), { maxBytes: 1000 }),
      "DATA",
      /too many bytes/,
    );
  });
});

describe("checksums", () => {
  it("is SHA-256 (FIPS 180-4, example abc)", () =>
    expect(sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));

  it("tells shapes, types and values apart", () => {
    const sums = [
      ndarray(Float64Array.of(1, 2, 3, 4), [4]),
      ndarray(Float64Array.of(1, 2, 3, 4), [2, 2]),
      ndarray(Float32Array.of(1, 2, 3, 4), [4]),
      ndarray(Float64Array.of(1, 2, 3, 5), [4]),
    ].map(sha256OfArray);
    expect(new Set(sums).size).toBe(4);
    expect(sha256OfArray({ data: Float64Array.of(1, 3, 2, 4), shape: [2, 2], stride: [1, 2], offset: 0 })).toBe(
      sums[1],
    );
  });
});

describe("hdf5", () => {
  it("holds arrays with names of their axes and attributes", async () => {
    const bytes = await writeHdf5(
      new Map([
        [
          "activity/data",
          {
            data: ndarray(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]),
            dimensions: ["time", "region"],
            attributes: { units: "mV" },
          },
        ],
        ["activity/region", { data: ["L", "é 脳"] }],
        ["activity/time", { data: ndarray(Float64Array.of(0.1, 0.2), [2]) }],
      ]),
      { title: "run" },
    );
    const { FS } = await h5wasm.ready;
    FS.writeFile("back.h5", bytes);
    const file = new h5wasm.File("back.h5", "r");
    const data = file.get("activity/data");
    if (!(data instanceof h5wasm.Dataset)) throw new Error("no dataset");
    expect([data.shape, data.dtype, [...(data.value as Float32Array)]]).toEqual([[2, 3], "<f", [1, 2, 3, 4, 5, 6]]);
    // 0.1 and 0.2 as f32 are other numbers.
    const time = file.get("activity/time");
    if (!(time instanceof h5wasm.Dataset)) throw new Error("no dataset");
    expect([time.dtype, [...(time.value as Float64Array)]]).toEqual(["<d", [0.1, 0.2]]);
    expect(data.attrs["units"]?.value).toBe("mV");
    expect(data.attrs["DIMENSION_LABELS"]?.value).toEqual(["time", "region"]);
    expect(file.attrs["title"]?.value).toBe("run");
    const region = file.get("activity/region");
    if (!(region instanceof h5wasm.Dataset)) throw new Error("no dataset");
    expect([region.shape, region.value]).toEqual([[2], ["L", "é 脳"]]);
    file.close();
  });
});

const python = pythonWith(["h5py", "numpy"]);
if (python === undefined)
  console.warn("formats: no Python with h5py and NumPy (set LAENNEC_PYTHON), so they do not read our files here");

describe.skipIf(python === undefined)("our files in Python", () => {
  it("are HDF5 to h5py and npz to NumPy", async () => {
    const folder = await mkdtemp(join(tmpdir(), "laennec-formats-"));
    const data = ndarray(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
    const names = ["L", "Précentral_R", "脳𝔅"];
    const disk = nodeDisk(folder);
    await disk.write(
      "x.h5",
      await writeHdf5(
        new Map([
          ["a/x", { data, dimensions: ["time", "region"], attributes: { units: "mV" } }],
          ["a/region", { data: names, dimensions: ["region"] }],
          ["a/time", { data: ndarray(Float64Array.of(0.1, 1 / 3), [2]) }],
        ]),
        { seed: 7 },
      ),
    );
    await disk.write(
      "x.npz",
      writeNpz(
        new Map<string, typeof data | string[]>([
          ["x", data],
          ["region", names],
          ["none", []],
        ]),
        { compress: true },
      ),
    );
    const out = runPython(
      python ?? "",
      `import sys, json, h5py, numpy
f = h5py.File(sys.argv[1] + "/x.h5")
x = f["a/x"]
z = numpy.load(sys.argv[1] + "/x.npz", allow_pickle=False)
n = z["x"]
print(json.dumps([x[:].tolist(), str(x.dtype), [str(s) for s in x.attrs["DIMENSION_LABELS"]], x.attrs["units"], int(f.attrs["seed"]), n.tolist(), str(n.dtype), str(f["a/time"].dtype), f["a/time"][:].tolist(), f["a/region"].asstr()[:].tolist(), z["region"].tolist(), str(z["region"].dtype), z["none"].shape]))`,
      folder,
    );
    const rows = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    expect(JSON.parse(out)).toEqual([
      rows,
      "float32",
      ["time", "region"],
      "mV",
      7,
      rows,
      "float32",
      "float64",
      [0.1, 1 / 3],
      names,
      names,
      "<U12",
      [0],
    ]);
    await rm(folder, { recursive: true });
  });
});

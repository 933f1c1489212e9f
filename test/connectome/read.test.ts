import { bzip2Of } from "./bzip2.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ndarray } from "../../src/core/ndarray.js";
import { checkConnectome } from "../../src/connectome/check.js";
import { toCsvPair, toGraphMl, toNpz, toTvbZip } from "../../src/connectome/export.js";
import { connectomeFromZip, readConnectome, readConnectomePair } from "../../src/connectome/read.js";
import { syntheticConnectome } from "../../src/connectome/synthetic.js";
import type { Connectome } from "../../src/core/connectome.js";
import { Fault, type FaultCode } from "../../src/core/fault.js";
import { memoryDisk } from "../../src/storage/disk.js";
import { readNpy, writeNpy } from "../../src/storage/npy.js";
import { readZip } from "../../src/storage/zip.js";
import { expectFault } from "../storage/faults.js";
import { makeZip } from "../storage/make-zip.js";

type Files = Record<string, string | Uint8Array>;

/** Three regions, asymmetric on purpose: the row is the target. */
const good: Files = {
  "weights.txt": "0 1 2\n3 0 4\n0.5 0 0\n",
  "tract_lengths.txt": "0 10 20\n10 0 30\n20 30 0\n",
  "centres.txt": "lA 1 2 3\nlB 4 5 6\nrC 7 8 9\n",
};
const zipOf = (files: Files) => makeZip(Object.entries(files).map(([name, contents]) => ({ name, contents })));
const without = (name: string): Files => Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));
const folderOf = async (files: Files) => {
  const disk = memoryDisk();
  await disk.makeFolder("brain");
  for (const [name, contents] of Object.entries(files))
    await disk.write(`brain/${name}`, typeof contents === "string" ? new TextEncoder().encode(contents) : contents);
  return disk;
};

describe("reading a connectome", () => {
  const expected = {
    labels: ["lA", "lB", "rC"],
    weights: Float64Array.of(0, 1, 2, 3, 0, 4, 0.5, 0, 0),
    tractLengths: Float64Array.of(0, 10, 20, 10, 0, 30, 20, 30, 0),
    centres: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9),
    hemispheres: Uint8Array.of(0, 0, 1),
  };
  it("takes a zip and a folder with TVB's files", async () => {
    expect(await connectomeFromZip(zipOf(good), "brain.zip")).toMatchObject({ ...expected, source: "brain.zip" });
    expect(await readConnectome(await folderOf(good), "brain")).toMatchObject({ ...expected, source: "brain" });
    expect(await readConnectome(await folderOf(good), "brain/")).toMatchObject({ ...expected, source: "brain" });
  });

  it.each<[string, Files]>([
    [
      "a folder within the zip",
      Object.fromEntries(Object.entries(good).map(([name, text]) => [`patient/${name}`, text])),
    ],
    ["what macOS adds", { ...good, "__MACOSX/._weights.txt": "junk", ".DS_Store": "junk" }],
    ["American centers", { ...without("centres.txt"), "centers.txt": good["centres.txt"] ?? "" }],
    ["other files beside", { ...good, "info.txt": "units mm", "README.md": "weights" }],
    ["prefixed names", Object.fromEntries(Object.entries(good).map(([name, text]) => [`sub-01_${name}`, text]))],
    ["npy", { ...without("weights.txt"), "weights.npy": writeNpy(ndarray(expected.weights, [3, 3])) }],
    ["npy in Fortran order", { ...without("weights.txt"), "weights.npy": fortran(expected.weights) }],
    ["csv", { ...without("weights.txt"), "weights.csv": "0,1,2\n3,0,4\n0.5,0,0\n" }],
    ["csv with labels", { ...without("weights.txt"), "weights.csv": ",lA,lB,rC\nlA,0,1,2\nlB,3,0,4\nrC,0.5,0,0\n" }],
    ["tsv", { ...without("weights.txt"), "weights.tsv": "0\t1\t2\n3\t0\t4\n0.5\t0\t0\n" }],
    ["bzip2", { ...without("weights.txt"), "weights.txt.bz2": bzip2Of }],
    ["flags", { ...good, "hemispheres.txt": "0\n0\n1\n" }],
  ])("takes %s", async (_, files) => expect(await connectomeFromZip(zipOf(files), "z")).toMatchObject(expected));

  it("takes a pair of files and the labels in them", async () => {
    const disk = await folderOf({
      "SC.csv": ",a,b\na,0,1\nb,2,0\n",
      "D.npy": writeNpy(ndarray(Float64Array.of(0, 5, 5, 0), [2, 2])),
    });
    expect(await readConnectomePair(disk, { weights: "brain/SC.csv", tractLengths: "brain/D.npy" })).toMatchObject({
      labels: ["a", "b"],
      weights: Float64Array.of(0, 1, 2, 0),
      tractLengths: Float64Array.of(0, 5, 5, 0),
      source: "SC.csv",
    });
  });

  it("takes straight distances for missing lengths only when asked", async () => {
    const zip = zipOf(without("tract_lengths.txt"));
    await expectFault(() => connectomeFromZip(zip, "z"), "DATA", /no tract lengths/);
    const { tractLengths } = await connectomeFromZip(zip, "z", { missingLengths: "euclidean" });
    expect(tractLengths[1]).toBeCloseTo(Math.sqrt(27), 12);
    expect(tractLengths[2]).toBeCloseTo(Math.sqrt(108), 12);
  });

  it("keeps negative weights, and leaves sides open that labels do not tell", async () => {
    const read = await connectomeFromZip(
      zipOf({ ...good, "weights.txt": "0 -1 2\n3 0 4\n0 0 0\n", "centres.txt": "x 1 2 3\nlB 4 5 6\nrC 7 8 9\n" }),
      "z",
    );
    expect(read.weights[1]).toBe(-1);
    expect(read.hemispheres).toBeUndefined();
  });
});

function fortran(values: Float64Array): Uint8Array {
  const bytes = writeNpy(
    ndarray(
      Float64Array.from({ length: 9 }, (_, k) => values[(k % 3) * 3 + Math.floor(k / 3)] ?? NaN),
      [3, 3],
    ),
  );
  const text = new TextDecoder("latin1").decode(bytes).replace("False", "True ");
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

const lines = (n: number, row: (k: number) => string) => Array.from({ length: n }, (_, k) => row(k)).join("\n");

/** Wrong input, and the fault that it must end in. */
const hostile: [string, Files | Uint8Array, FaultCode, RegExp][] = [
  ["nothing", new Uint8Array(0), "DATA", /empty/],
  ["not a zip", new TextEncoder().encode("0 1\n1 0\n"), "DATA", /not a zip/],
  ["a zip cut off", zipOf(good).subarray(0, 200), "DATA", /not a zip archive/],
  ["an empty zip", {}, "DATA", /no weights/],
  ["no weights", without("weights.txt"), "DATA", /no weights[\s\S]*tract_lengths.txt/],
  ["no lengths", without("tract_lengths.txt"), "DATA", /no tract lengths/],
  ["two files of weights", { ...good, "weights.csv": "0,1\n1,0\n" }, "DATA", /two files could be the weights/],
  ["a parent name", { ...good, "../weights.txt": "0" }, "DATA", /forbidden name/],
  ["an absolute name", { ...good, "/tmp/x": "0" }, "DATA", /forbidden name/],
  ["a bomb", { ...good, "weights.txt": new Uint8Array(40_000_000).fill(0x30) }, "DATA", /inflates too much/],
  ["empty weights", { ...good, "weights.txt": "" }, "DATA", /holds no numbers/],
  ["blank weights", { ...good, "weights.txt": " \n \n" }, "DATA", /holds no numbers/],
  [
    "weights that are not square",
    { ...good, "weights.txt": "0 1 2\n3 0 4\n" },
    "DATA",
    /not a square matrix[\s\S]*2 rows of 3/,
  ],
  ["ragged rows", { ...good, "weights.txt": "0 1 2\n3 0\n1 0 0\n" }, "DATA", /rows differ in length/],
  [
    "NaN in weights",
    { ...good, "weights.txt": "0 1 2\n3 0 nan\n0 0 0\n" },
    "DATA",
    /weights: a value is NaN[\s\S]*from rC to lB/,
  ],
  ["infinite weights", { ...good, "weights.txt": "0 1 -inf\n3 0 4\n0 0 0\n" }, "DATA", /infinite[\s\S]*from rC to lA/],
  ["overflowing weights", { ...good, "weights.txt": "0 1e999 2\n3 0 4\n0 0 0\n" }, "DATA", /infinite/],
  [
    "words for weights",
    { ...good, "weights.txt": "0 1 2\n3 strong 4\n0 0 0\n" },
    "DATA",
    /number was expected[\s\S]*"strong"/,
  ],
  ["weights that are no text", { ...good, "weights.txt": Uint8Array.of(0x30, 0xff, 0x31) }, "DATA", /not text/],
  ["weights with NUL", { ...good, "weights.txt": "0 1 2\0\n" }, "DATA", /not text/],
  [
    "weights as pickle",
    { ...without("weights.txt"), "weights.npy": new TextEncoder().encode("\x80\x04cos\nsystem\n(S'x'\ntR.") },
    "DATA",
    /npy/,
  ],
  [
    "weights of three axes",
    { ...without("weights.txt"), "weights.npy": writeNpy(ndarray(new Float64Array(27), [3, 3, 3])) },
    "DATA",
    /3 axes/,
  ],
  ["damaged bzip2", { ...without("weights.txt"), "weights.txt.bz2": "BZh9 this is not it" }, "DATA", /bzip2/],
  [
    "labels that differ by row and column",
    { "weights.csv": ",a,b\nb,0,1\na,1,0\n", "tract_lengths.txt": "0 1\n1 0\n" },
    "DATA",
    /named differently[\s\S]*"b" and "a"/,
  ],
  [
    "negative lengths",
    { ...good, "tract_lengths.txt": "0 10 20\n10 0 30\n20 -30 0\n" },
    "DATA",
    /tract lengths: a value is negative[\s\S]*-30 at from lB to rC/,
  ],
  [
    "NaN in lengths",
    { ...good, "tract_lengths.txt": "0 10 20\n10 0 NaN\n20 30 0\n" },
    "DATA",
    /tract lengths: a value is NaN/,
  ],
  ["infinite lengths", { ...good, "tract_lengths.txt": "0 10 20\n10 0 Infinity\n20 30 0\n" }, "DATA", /infinite/],
  [
    "lengths of another size",
    { ...good, "tract_lengths.txt": "0 10\n10 0\n" },
    "DATA",
    /tract lengths and weights differ in size/,
  ],
  [
    "lengths that are not square",
    { ...good, "tract_lengths.txt": "0 10 20\n10 0 30\n" },
    "DATA",
    /tract lengths are not a square/,
  ],
  ["too few centres", { ...good, "centres.txt": "lA 1 2 3\nlB 4 5 6\n" }, "DATA", /2 labels for 3 regions/],
  [
    "too many centres",
    { ...good, "centres.txt": `${String(good["centres.txt"])}rD 1 1 1\n` },
    "DATA",
    /4 labels for 3 regions/,
  ],
  ["a centre without a number", { ...good, "centres.txt": "lA 1 2 3\nlB 4 5\nrC 7 8 9\n" }, "DATA", /line 2/],
  ["NaN in centres", { ...good, "centres.txt": "lA 1 2 3\nlB 4 nan 6\nrC 7 8 9\n" }, "DATA", /centres: a value is NaN/],
  [
    "the same label twice",
    { ...good, "centres.txt": "lA 1 2 3\nlA 4 5 6\nrC 7 8 9\n" },
    "DATA",
    /two regions are called "lA"/,
  ],
  [
    "a label with an escape",
    { ...good, "centres.txt": "l\u001b[31mA 1 2 3\nlB 4 5 6\nrC 7 8 9\n" },
    "DATA",
    /no printable name/,
  ],
  ["other labels in number", { ...good, "labels.txt": "a\nb\n" }, "DATA", /2 labels for 3 regions/],
  [
    "hemispheres beyond 0 and 1",
    { ...good, "hemispheres.txt": "0\n2\n1\n" },
    "DATA",
    /hemispheres: a value is neither 0 nor 1/,
  ],
  ["too few hemispheres", { ...good, "hemispheres.txt": "0\n1\n" }, "DATA", /hemispheres and weights differ in size/],
  ["cortical beyond 0 and 1", { ...good, "cortical.txt": "0\n0.5\n1\n" }, "DATA", /cortical: a value is neither/],
  [
    "cortical in words",
    { ...good, "cortical.txt": "True\nFalse\nTrue\n" },
    "DATA",
    /number was expected[\s\S]*"False"/,
  ],
  ["negative areas", { ...good, "areas.txt": "1\n-1\n1\n" }, "DATA", /areas: a value is negative/],
  ["too few areas", { ...good, "areas.txt": "1\n1\n" }, "DATA", /areas and weights differ/],
  [
    "flat orientations",
    { ...good, "average_orientations.txt": "1 0\n0 1\n1 0\n" },
    "DATA",
    /orientations and weights differ/,
  ],
  [
    "NaN in orientations",
    { ...good, "average_orientations.txt": "1 0 0\nnan 1 0\n1 0 0\n" },
    "DATA",
    /orientations: a value is NaN/,
  ],
  [
    "too many regions",
    { "weights.txt": lines(20_001, () => "0"), "tract_lengths.txt": "0" },
    "LIMIT",
    /20001 regions are too many/,
  ],
];

describe("refusing a connectome", () => {
  it.each(hostile)("that is or holds %s", (_, files, code, words) =>
    expectFault(() => connectomeFromZip(files instanceof Uint8Array ? files : zipOf(files), "brain.zip"), code, words),
  );

  it("has a table of at least 40 wrong inputs", () => expect(hostile.length).toBeGreaterThanOrEqual(40));

  it("or reading a consistent one, for any characters put anywhere in its files", () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(good)),
        fc.nat(60),
        fc.nat(3),
        fc.constantFrom("", "-", "e9", "nan", "\n", ",", '"', "#", "\t", "0x", "\u00a0", "1", " "),
        async (file, at, cut, put) => {
          const text = String(good[file]);
          const files = { ...good, [file]: text.slice(0, at) + put + text.slice(at + cut) };
          const read = await connectomeFromZip(zipOf(files), "z").catch((error: unknown) => error);
          if (read instanceof Fault) return ["DATA", "LIMIT"].includes(read.code);
          const { labels, weights, tractLengths } = read as Connectome;
          const n = labels.length;
          return (
            weights.length === n * n &&
            weights.every(Number.isFinite) &&
            tractLengths.length === n * n &&
            tractLengths.every((value) => value >= 0)
          );
        },
      ),
      { numRuns: 1500 },
    ));

  it("that does not exist, or whose folder holds nothing", async () => {
    await expectFault(
      () => readConnectome(memoryDisk(), "nowhere.zip"),
      "FILE",
      /no such connectome[\s\S]*nowhere.zip/,
    );
    await expectFault(
      () => readConnectome(memoryDisk(), "/home/someone/secret/nowhere.zip"),
      "FILE",
      /where {2}nowhere.zip/,
    );
    await expectFault(async () => readConnectome(await folderOf({}), "brain"), "DATA", /no weights/);
  });

  it("given as values", async () => {
    const raw = { weights: [0, 1, 1, 0], tractLengths: [0, 1, 1, 0], source: "values" };
    expect(checkConnectome(raw).labels).toEqual(["region-1", "region-2"]);
    await expectFault(() => checkConnectome({ ...raw, weights: [] }), "DATA", /empty/);
    await expectFault(() => checkConnectome({ ...raw, weights: [0, 1, 1] }), "DATA", /not a square/);
    await expectFault(() => checkConnectome({ ...raw, labels: ["a", " "] }), "DATA", /empty label/);
    await expectFault(() => checkConnectome({ ...raw, weights: { length: 20_001 ** 2 } }), "LIMIT", /too many/);
  });
});

describe("exports", () => {
  const labels = fc.uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.-]{0,8}$/), { minLength: 1, maxLength: 6 });
  const anyConnectome = labels.chain((names) => {
    const n = names.length;
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    const values = (count: number) => fc.array(finite, { minLength: count, maxLength: count });
    const flags = fc.array(fc.nat(1), { minLength: n, maxLength: n });
    return fc.record({ weights: values(n * n), lengths: values(n * n), centres: values(n * 3), flags }).map((made) =>
      checkConnectome({
        labels: names,
        weights: made.weights.map((value) => value + 0),
        tractLengths: made.lengths.map(Math.abs),
        centres: made.centres.map((value) => value + 0),
        hemispheres: made.flags,
        cortical: made.flags,
        source: "made",
      }),
    );
  });

  it("come back from a TVB zip bit for bit", () =>
    fc.assert(
      fc.asyncProperty(anyConnectome, async (connectome) => {
        expect(await connectomeFromZip(toTvbZip(connectome), "made")).toEqual(connectome);
      }),
      { numRuns: 60 },
    ));

  it("come back from CSV and npz", async () => {
    const connectome = syntheticConnectome({ regions: 9, seed: 3 });
    const { weights, tractLengths } = toCsvPair(connectome);
    const disk = await folderOf({ "weights.csv": weights, "tract_lengths.csv": tractLengths });
    const back = await readConnectome(disk, "brain");
    expect([back.labels, back.weights, back.tractLengths]).toEqual([
      connectome.labels,
      connectome.weights,
      connectome.tractLengths,
    ]);
    const files = readZip(toNpz(connectome), "c.npz");
    const array = (name: string) => readNpy(files.get(`${name}.npy`) ?? new Uint8Array());
    expect(array("weights").data).toEqual(connectome.weights);
    expect(array("weights").shape).toEqual([9, 9]);
    expect(new TextDecoder().decode(files.get("region.npy"))).toContain("'<U");
    expect(array("hemispheres").data).toEqual(connectome.hemispheres);
  });

  it("writes GraphML edges from source to target, with names escaped", () => {
    const xml = toGraphMl(
      checkConnectome({ labels: ['<&"', "b"], weights: [0, 2, 0, 0], tractLengths: [0, 7, 7, 0], source: "x" }),
    );
    expect(xml).toContain("&lt;&amp;&quot;");
    expect(xml.match(/<edge [^>]*>/g)).toEqual(['<edge source="n1" target="n0">']);
    expect(xml).toContain('<data key="weight">2</data><data key="length">7</data>');
  });
});

import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { delayMatrix, delaySteps, roundHalfEven } from "../../src/connectome/delays.js";
import { toTvbZip } from "../../src/connectome/export.js";
import { inspectConnectome } from "../../src/connectome/inspect.js";
import { normalisationFactor, normalise } from "../../src/connectome/normalise.js";
import { connectomeFromZip, readConnectome } from "../../src/connectome/read.js";
import { sha256 } from "../../src/storage/checksum.js";
import { nodeDisk } from "../../src/storage/disk.js";
import golden from "../golden/tvb_connectome.json" with { type: "json" };
import { expectFault } from "../storage/faults.js";

const sum = (values: Float64Array | Int32Array | undefined) =>
  values === undefined ? null : sha256(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));

/** The folder with tvb-data's connectivity zips. */
const folder = process.env["LAENNEC_TVB_DATA"];
const missing = folder === undefined || !existsSync(folder);
if (missing)
  console.warn(
    "connectome: LAENNEC_TVB_DATA does not name tvb-data's folder `connectivity`, so its files are not read here",
  );

describe.skipIf(missing)("the connectivity files of tvb-data", () => {
  const disk = nodeDisk(folder);
  it.each(golden.files.map((row) => [row.file, row] as const))(
    "%s is read as TVB reads it, to the bit",
    async (file, row) => {
      expect(sha256(await disk.read(file))).toBe(row.file_sha256);
      const connectome = await readConnectome(disk, file);
      const { labels, weights, tractLengths, centres, orientations, areas, hemispheres, cortical } = connectome;
      expect([...labels.slice(0, 3), labels.at(-1)]).toEqual(row.labels);
      expect(labels.length).toBe(row.regions);
      expect([sum(weights), sum(tractLengths), sum(centres)]).toEqual([row.weights, row.lengths, row.centres]);
      expect([sum(orientations), sum(areas)]).toEqual([row.orientations, row.areas]);
      const count = (flags: Uint8Array | undefined) => flags?.reduce((total, flag) => total + flag, 0) ?? null;
      expect([count(hemispheres), count(cortical)]).toEqual([row.right, row.cortical]);
      // TVB's labels hold no blanks, so all of it survives the way out and in.
      expect(await connectomeFromZip(toTvbZip(connectome), file)).toEqual(connectome);
    },
  );

  it.each(golden.files.map((row) => [row.file, row] as const))(
    "%s is normalised and delayed as in TVB",
    async (file, row) => {
      const connectome = await readConnectome(disk, file);
      expect(sum(normalise(connectome, "tract").weights)).toBe(row.tract);
      expect(normalisationFactor(connectome, "region")).toBe(row.region_factor);
      for (const [dt, expected] of Object.entries(row.delays)) {
        const steps = delayMatrix(connectome, 3, Number(dt));
        expect([sum(steps), Math.max(...steps)]).toEqual([expected.sha256, expected.most]);
      }
    },
  );

  it("shows the default 76 regions as they are: asymmetric, with self links and lengths without links", async () => {
    const found = inspectConnectome(await readConnectome(disk, "connectivity_76.zip"));
    expect([found.regions, found.selfLinks, found.lengthAsymmetry, found.lengthsWithoutLink]).toEqual([
      76, 66, 0, 3908,
    ]);
    expect(found.asymmetry).toBeGreaterThan(0.1);
  });
});

describe("delays", () => {
  it("are those of numpy.rint", () => {
    expect(golden.delays.length).toBeGreaterThan(400);
    for (const [length = NaN, speed = NaN, dt = NaN, steps = NaN] of golden.delays)
      expect(delaySteps(length, speed, dt)).toBe(steps);
  });

  it("round halves to even", () =>
    expect([0, 0.5, 1, 1.5, 2.5, 3.5, 0.49999999999999994, 2 ** 52 + 1, 4503599627370495.5].map(roundHalfEven)).toEqual(
      [0, 0, 1, 2, 2, 4, 0, 2 ** 52 + 1, 4503599627370496],
    ));

  it("vanish at infinite speed, and are refused where they mean nothing", async () => {
    const lengths = { tractLengths: Float64Array.of(0, 10, 20, 0) };
    expect([...delayMatrix(lengths, Infinity, 0.1)]).toEqual([0, 0, 0, 0]);
    for (const speed of [0, -3, NaN]) await expectFault(() => delayMatrix(lengths, speed, 0.1), "RANGE", /speed/);
    for (const dt of [0, -1, NaN, Infinity]) await expectFault(() => delayMatrix(lengths, 3, dt), "RANGE", /step/);
    await expectFault(() => delayMatrix(lengths, 1e-9, 0.1), "LIMIT", /too many steps/);
  });
});

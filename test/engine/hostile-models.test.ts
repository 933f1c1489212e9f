import { describe, expect, it } from "vitest";
import { Fault, models, simulate, type Model } from "../../src/index.js";
import { checkConnectome } from "../../src/connectome/index.js";
import { parseEquation } from "../../src/ir/parse.js";
import { graph } from "../../src/ir/graph.js";

/** A dimensionless model from its equations. */
const modelOf = (parts: Pick<Model, "equations"> & Partial<Model>): Model => ({
  id: "hostile",
  about: "for a test",
  papers: [],
  time: "dimensionless",
  state: Object.fromEntries(
    Object.keys(parts.equations).map((name) => [name, { unit: "1", start: [0, 1] as const, about: name }]),
  ),
  parameters: {},
  inputs: { q: { unit: "1", about: "network input" } },
  sends: [Object.keys(parts.equations)[0] ?? ""],
  observe: Object.keys(parts.equations),
  ...parts,
});

const network = (n: number, link: (target: number, source: number) => number, length: number) =>
  checkConnectome({
    labels: Array.from({ length: n }, (_, i) => `R${i}`),
    weights: Float64Array.from({ length: n * n }, (_, k) => link(Math.floor(k / n), k % n)),
    tractLengths: new Float64Array(n * n).fill(length),
    source: "test",
  });
const pair = (length = 0) => network(2, (i, j) => (i === j ? 0 : 1), length);

const run = async (model: Model, more: Partial<Parameters<typeof simulate>[0]> = {}) => {
  const { recordings } = await simulate({
    connectome: pair(),
    model,
    integrator: { scheme: "heun", dt: 0.5 },
    duration: 2,
    monitors: ["raw"],
    ...more,
  });
  return [...(recordings["raw"]?.data.data ?? [])];
};

describe("models that are hard on the compiler", () => {
  it("keeps merged constants within the range of f32: (Ca/Kd)^6 of tiny numbers", async () => {
    const hill = modelOf({
      equations: { Ca: "0", y: "(Ca / Kd)^6 / (1 + (Ca / Kd)^6) + 0 * q" },
      parameters: { Kd: { unit: "1", default: 1.7e-7, range: [0, 1], about: "half" } },
    });
    const initial = { state: { Ca: 1.3e-7, y: 0 } };
    const values = await run(hill, { precision: "f32", initial, integrator: { scheme: "euler", dt: 1 }, duration: 1 });
    // (1.3/1.7)^6 / (1 + (1.3/1.7)^6)
    expect(values[2]).toBeCloseTo(0.16664638, 5);
  });

  it.each(["*", "+"])("takes linear time for definitions that double by %s", async (sign) => {
    const definitions: Record<string, string> = { d0: "x" };
    for (let k = 0; k < 60; k++) definitions[`d${k + 1}`] = `d${k} ${sign} d${k}`;
    const values = await run(modelOf({ definitions, equations: { x: "-0.1 * min(d60, 1) + 0 * q" } }));
    expect(values).toHaveLength(8);
  });

  it("walks long chains without the call stack, in every phase", async () => {
    const terms = new Array<string>(190).fill("x").join(" + ");
    const definitions: Record<string, string> = { d0: "x" };
    for (let k = 0; k < 40; k++) definitions[`d${k + 1}`] = `d${k} + ${terms}`;
    expect(await run(modelOf({ definitions, equations: { x: "-0.1 * d40 + q" } }))).toHaveLength(8);
  });

  it("runs a model that takes no input, uncoupled", async () => {
    const alone = modelOf({ equations: { x: "-x" }, inputs: {}, sends: [] });
    const values = await run(alone, { initial: { state: { x: 1 } }, duration: 0.5 });
    // One step of Heun: 1 - h + h²/2.
    expect(values).toEqual([0.625, 0.625]);
  });

  it.each([1e-9, 1e-12, 1e-30, 1e-300])("refuses delays that nothing can hold: %d mm/ms", async (speed) => {
    const asked = run(models["kuramoto"] as Model, { connectome: pair(10), conduction_speed: speed });
    await expect(asked).rejects.toMatchObject({ code: "LIMIT" });
    await expect(asked).rejects.toBeInstanceOf(Fault);
  });

  it.each(["constructor", "toString", "valueOf"])("lets a state variable be called %s", async (name) => {
    const odd = modelOf({ equations: { y: "-y + q", [name]: `-${name}` } });
    const integrator = { scheme: "euler-maruyama", dt: 0.5, noise: { id: "additive", D: { y: 0.1 } } };
    expect(await run(odd, { integrator })).toHaveLength(16);
  });

  it("takes a sum of a thousand terms, and refuses two hundred signs in a row", () => {
    const g = graph();
    const scope = new Map([["x", g.symbol("x")]]);
    expect(() => parseEquation(g, new Array<string>(1000).fill("x").join("+"), scope)).not.toThrow();
    expect(() => parseEquation(g, `${"-".repeat(300)}x`, scope)).toThrow(Fault);
  });

  it("sets up a dense network of a thousand regions", async () => {
    const connectome = network(1000, (i, j) => (i === j ? 0 : 1e-4), 10);
    const { statistics } = await simulate({
      connectome,
      model: "generic-2d-oscillator",
      integrator: { scheme: "heun", dt: 0.1 },
      duration: 0.5,
      precision: "f32",
      monitors: ["global-average"].map((id) => ({ id, period: 0.1 })),
    });
    expect(statistics.regionSteps).toBe(5000);
  });
});

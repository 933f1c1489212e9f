import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import { ndarray } from "../../src/core/ndarray.js";
import { defaultConnectome } from "../../src/connectome/default.js";
import { resolveText } from "../../src/experiment/load.js";
import { resolveExperiment } from "../../src/experiment/resolve.js";
import { wholeSteps } from "../../src/experiment/time.js";
import type { Experiment } from "../../src/experiment/types.js";
import { jansenRit } from "../../src/models/jansen-rit.js";
import { writeNpy } from "../../src/storage/npy.js";
import { diskWith } from "../cli/fake-io.js";

const { labels, hemispheres, cortical } = defaultConnectome();

const resolve = (experiment: Partial<Experiment>, force = false) =>
  resolveExperiment({ model: "montbrio-pazo-roxin", duration: "100 ms", ...experiment }, { force });

describe("resolveExperiment", () => {
  it("fills in the documented defaults", async () => {
    const { setup, backend, deviations, inputs } = await resolve({});
    expect(setup.connectome).toEqual(defaultConnectome());
    expect(setup).toMatchObject({
      dtMs: 0.1,
      steps: 1000,
      transientSteps: 0,
      seed: 0,
      run: 0,
      conductionSpeed: 3,
      precision: "f64",
      compatTvb: false,
    });
    expect([setup.coupling.id, setup.scheme.id, setup.noise, setup.initial]).toEqual([
      "linear",
      "heun",
      undefined,
      { kind: "seeded" },
    ]);
    expect(setup.monitors.map(({ name, periodMs, variables }) => [name, periodMs, variables])).toEqual([
      ["temporal-average", 1, setup.model.observe],
    ]);
    expect(Object.entries(setup.model.parameters).every(([name, p]) => setup.parameters[name] === p.default)).toBe(
      true,
    );
    expect([backend, deviations, inputs]).toEqual(["auto", [], []]);
  });

  it("converts units", async () => {
    const { setup } = await resolve({
      duration: "0.5 s",
      transient: "20000 us",
      conduction_speed: "4 m/s",
      integrator: { dt: "0.00005 s" },
      model: { id: "montbrio-pazo-roxin", parameters: { tau: "0.01 s" } },
    });
    expect(setup).toMatchObject({ steps: 10_000, transientSteps: 400, conductionSpeed: 4 });
    expect(setup.dtMs).toBeCloseTo(0.05, 15);
    expect(setup.parameters["tau"]).toBeCloseTo(10, 12);
    expect((await resolve({ conduction_speed: "inf" })).setup.conductionSpeed).toBe(Infinity);
  });

  it("takes parameters for the brain, by list and by region", async () => {
    const list = labels.map((_, k) => 1 + k / 100);
    const { setup } = await resolve({
      model: {
        id: "montbrio-pazo-roxin",
        parameters: {
          tau: list,
          eta: { region: { [labels[3] ?? ""]: -4, "*": -6 } },
          J: { region: { [labels[5] ?? ""]: 14 } },
        },
      },
    });
    const standard = setup.model.parameters["J"]?.default;
    expect([...(setup.parameters["tau"] as Float64Array)]).toEqual(list);
    expect([...(setup.parameters["eta"] as Float64Array)]).toEqual(labels.map((_, k) => (k === 3 ? -4 : -6)));
    expect([...(setup.parameters["J"] as Float64Array)]).toEqual(labels.map((_, k) => (k === 5 ? 14 : standard)));
  });

  it("lists what --force let through", async () => {
    const experiment = { model: { id: "montbrio-pazo-roxin", parameters: { tau: 1e4 } } };
    await expect(resolve(experiment)).rejects.toMatchObject({ code: "RANGE" });
    const { setup, deviations } = await resolve(experiment, true);
    expect(setup.parameters["tau"]).toBe(1e4);
    expect(deviations).toEqual([
      { kind: "range", where: "model.parameters.tau", about: expect.stringContaining("tau = 10000") as string },
    ]);
  });

  it("takes noise as one number, by variable and by region", async () => {
    const noise = async (D: NonNullable<NonNullable<Experiment["integrator"]>["noise"]>["D"]) => {
      const { setup } = await resolve({ integrator: { noise: { id: "additive", D } } });
      return { scheme: setup.scheme.id, noise: setup.noise };
    };
    expect(await noise(1e-3)).toEqual({ scheme: "heun-stochastic", noise: { r: 1e-3, V: 1e-3 } });
    expect((await noise({ V: 0.5 })).noise).toEqual({ V: 0.5 });
    const byRegion = (await noise({ V: { region: { [labels[1] ?? ""]: 2 } } })).noise?.["V"] as Float64Array;
    expect([...byRegion]).toEqual(labels.map((_, k) => (k === 1 ? 2 : 0)));
  });

  it("checks the unit of D: the variable squared per time", async () => {
    const jansen = (D: string) =>
      resolve({ model: "jansen-rit", integrator: { noise: { id: "additive", D: { y0: D } } } });
    expect((await jansen("2 mV^2/s")).setup.noise?.["y0"]).toBeCloseTo(0.002, 15);
    await expect(jansen("2 mV/s")).rejects.toMatchObject({ code: "UNIT" });
  });

  it("names monitors, and groups regions", async () => {
    const { setup } = await resolve({
      monitors: [
        "raw",
        "raw",
        { id: "raw", name: "mine" },
        { id: "spatial-average", groups: "hemisphere" },
        { id: "spatial-average", groups: "cortical", variables: "all" },
        { id: "spatial-average", groups: { first: labels.slice(0, 40), rest: labels.slice(40) } },
      ],
    });
    expect(setup.monitors.map(({ name }) => name)).toEqual([
      "raw",
      "raw-2",
      "mine",
      "spatial-average",
      "spatial-average-2",
      "spatial-average-3",
    ]);
    const [, , , hemisphere, cortex, own] = setup.monitors.map(({ groups }) => groups);
    expect(hemisphere?.names).toEqual(["left", "right"]);
    expect([...(hemisphere?.of ?? [])]).toEqual([...(hemispheres ?? [])]);
    expect([...(cortex?.of ?? [])]).toEqual([...(cortical ?? [])]);
    expect([...(own?.of ?? [])]).toEqual(labels.map((_, k) => (k < 40 ? 0 : 1)));
    expect(setup.monitors[4]?.variables).toEqual(["r", "V"]);
  });

  it("chooses a default period that is a whole number of steps", async () => {
    for (const [dt, period] of [
      [0.1, 1],
      [0.3, 1.2],
      [1 / 16, 1],
      [2, 2],
    ] as const)
      expect((await resolve({ duration: 48, integrator: { dt } })).setup.monitors[0]?.periodMs).toBeCloseTo(period, 12);
  });

  it("reads histories and states in [variable, region] order", async () => {
    const values = Float64Array.from({ length: 3 * 2 * labels.length }, (_, k) => k);
    const array = ndarray(values, [3, 2, labels.length]);
    const disk = await diskWith({ "folder/h.npy": writeNpy(array), "folder/e.yaml": "" });
    const text = "model: montbrio-pazo-roxin\nduration: 1\ninitial: {history: h.npy}\nmonitors: [raw]\n";
    const fromFile = await resolveText(disk, { text, source: "e.yaml", folder: "folder" });
    expect(fromFile.setup.initial).toEqual({ kind: "history", values, steps: 3 });
    expect(fromFile.inputs.map(({ role, name }) => [role, name])).toEqual([
      ["experiment", "e.yaml"],
      ["history", "h.npy"],
    ]);
    expect((await resolve({ initial: { history: array } })).setup.initial).toEqual({
      kind: "history",
      values,
      steps: 3,
    });
    const { initial } = (
      await resolve({ initial: { state: { V: -2, r: { region: { [labels[0] ?? ""]: 1, "*": 0.5 } } } } })
    ).setup;
    expect(initial.kind === "state" && [...initial.values]).toEqual([
      ...labels.map((_, k) => (k === 0 ? 1 : 0.5)),
      ...labels.map(() => -2),
    ]);
  });

  it("takes values where a file has names", async () => {
    const connectome = { ...defaultConnectome(), source: "mine" };
    const { setup } = await resolve({ connectome, model: { id: jansenRit, parameters: { A: 3 } }, normalise: "tract" });
    expect(setup.model).toBe(jansenRit);
    expect(setup.connectome.source).toBe("mine");
    expect(Math.max(...setup.connectome.weights)).toBe(1);
    await expect(
      resolve({ connectome: { ...connectome, weights: connectome.weights.map(() => NaN) } }),
    ).rejects.toMatchObject({ code: "DATA" });
    await expect(
      resolve({ model: { ...jansenRit, equations: { ...jansenRit.equations, y0: "eval(1)" } } }),
    ).rejects.toMatchObject({ code: "EQUATION" });
  });

  it("lists what compat: tvb copies", async () => {
    const { setup, deviations } = await resolve({ compat: "tvb", coupling: "kuramoto", model: "kuramoto" });
    expect(setup.compatTvb).toBe(true);
    expect(deviations.map(({ kind }) => kind)).toEqual(["compat", "compat"]);
  });

  it("applies overrides in order, short paths included", async () => {
    const text = "model: montbrio-pazo-roxin\ncoupling: linear\nduration: 1\nmonitors: [raw]\n";
    const sets = [
      "coupling.a=0.5",
      "model.tau=12 ms",
      "integrator.noise={id: additive, D: 0.1}",
      "integrator.noise.D=0.2",
      "monitors[0].variables=[V]",
      "monitors.1=subsample",
      "duration=2",
      "seed=3",
    ];
    const { setup } = await resolveText(await diskWith({}), { text, source: "e", folder: "." }, { sets });
    expect([
      setup.couplingParameters["a"],
      setup.parameters["tau"],
      setup.noise?.["V"],
      setup.steps,
      setup.seed,
    ]).toEqual([0.5, 12, 0.2, 20, 3]);
    expect(setup.monitors.map(({ name, variables }) => [name, variables])).toEqual([
      ["raw", ["V"]],
      ["subsample", setup.model.observe],
    ]);
  });
});

describe("wholeSteps", () => {
  const at = () => "here";
  it("finds every whole number of decimal steps, and no other", () => {
    // Integers in microseconds are the truth: n steps of k us are n k us.
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 5_000_000 }), (k, n) => {
        fc.pre(n * k < 2 ** 50);
        expect(wholeSteps((n * k) / 1000, k / 1000, [], at)).toBe(n);
        if (k > 1 && n < 100_000) expect(() => wholeSteps((n * k + 1) / 1000, k / 1000, [], at)).toThrow(Fault);
      }),
      { numRuns: 2000 },
    );
  });
});

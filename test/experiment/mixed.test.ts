import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import { functionalConnectivity } from "../../src/analysis/functional-connectivity.js";
import { regionsWith, signalsOf } from "../../src/analysis/signals.js";
import type { Recording } from "../../src/engine/setup.js";
import { readExperiment } from "../../src/experiment/check.js";
import { applyOverrides } from "../../src/experiment/overrides.js";
import { startRecord } from "../../src/experiment/provenance.js";
import { resolveExperiment } from "../../src/experiment/resolve.js";
import type { Experiment, MixedModel } from "../../src/experiment/types.js";
import { renderReport } from "../../src/report/report.js";
import { simulate } from "../../src/simulate.js";
import { matrix, modelOf, networkOf } from "../engine/support.js";

const connectome = {
  ...networkOf(matrix(4, (i, j) => (i === j ? 0 : 0.5))),
  labels: ["a", "b", "c", "d"],
  hemispheres: Uint8Array.of(0, 0, 1, 1),
};
const channels: MixedModel["channels"] = [
  { send: { epileptor: "x1", "jansen-rit": "y1 - y2" }, receive: { epileptor: "c_x1", "jansen-rit": "c_y1" } },
];
const both: MixedModel = {
  by_region: [
    { id: "epileptor", regions: ["b", "d"], parameters: { x0: -1.9, Iext: [3, 3.2] }, time_scale: "2 ms" },
    { id: "jansen-rit", regions: "*", parameters: { mu: { region: { c: 0.3 } } } },
  ],
  channels,
};
const base: Experiment = { connectome, model: both, duration: 20 };
const resolve = (change: Partial<Experiment> = {}) => resolveExperiment({ ...base, ...change });
const resolveModels = (...by_region: MixedModel["by_region"]) => resolve({ model: { by_region } });

async function refused(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Fault) return [error.code, error.where, error.what, error.next].join(" | ");
    throw error;
  }
  return "accepted";
}

describe("model.by_region", () => {
  it("keeps each model's parameters apart, over its own regions", async () => {
    const { setup } = await resolve();
    expect(setup.parameters).toMatchObject({
      part__: Float64Array.of(1, 0, 1, 0),
      epileptor__x0: -1.9,
      epileptor__r: 0.00035,
      jansen_rit__A: 3.25,
    });
    const at = (name: string) => setup.parameters[name] as Float64Array;
    expect([at("epileptor__Iext")[1], at("epileptor__Iext")[3]]).toEqual([3, 3.2]);
    expect([at("jansen_rit__mu")[0], at("jansen_rit__mu")[2]]).toEqual([0.22, 0.3]);
    expect([...at("epileptor__Iext"), ...at("jansen_rit__mu")].every(Number.isFinite)).toBe(true);
  });

  it("takes regions by hemisphere", async () => {
    const { setup } = await resolveModels(
      { id: "linear", regions: "right" },
      { id: "linear", name: "other", regions: "left" },
    );
    expect(setup.parameters["part__"]).toEqual(Float64Array.of(1, 1, 0, 0));
  });

  it.each<[string, MixedModel["by_region"], RegExp]>([
    [
      "unknown labels",
      [{ id: "linear", regions: ["a", "bb"] }],
      /^EXPERIMENT \| model\.by_region\[0\]\.regions\[1\] \| the connectome has no region "bb" \| .*b/,
    ],
    [
      "regions twice",
      [
        { id: "linear", regions: ["a", "b"] },
        { id: "kuramoto", regions: ["b"] },
      ],
      /region b has two models/,
    ],
    ["regions without a model", [{ id: "linear", regions: ["a", "d"] }], /2 regions have no model: b, c \| .*"\*"/],
    [
      "two rests",
      [
        { id: "linear", regions: "*" },
        { id: "kuramoto", regions: "*" },
      ],
      /by_region\[1\]\.regions \| "\*" stands for the rest/,
    ],
    [
      "no rest",
      [
        { id: "linear", regions: ["a", "b", "c", "d"] },
        { id: "kuramoto", regions: "*" },
      ],
      /by_region\[1\]\.regions \| no region is left/,
    ],
    ["words for regions", [{ id: "linear", regions: "a" }], /"a" does not say which regions \| a list: \[a\]/],
    [
      "regions that the connectome does not tell apart",
      [{ id: "linear", regions: "cortical" }],
      /^MISMATCH .*which regions are cortical/,
    ],
    [
      "two of one name",
      [
        { id: "linear", regions: ["a"] },
        { id: "linear", regions: "*" },
      ],
      /two models are called linear/,
    ],
    ["bad names", [{ id: "linear", name: "A b", regions: "*" }], /"A b" is no name/],
    [
      "unknown models",
      [{ id: "linnear", regions: "*" }],
      /by_region\[0\]\.id \| there is no model "linnear" \| .*linear/,
    ],
    [
      "unknown parameters",
      [{ id: "linear", regions: "*", parameters: { gama: 1 } }],
      /by_region\[0\]\.parameters\.gama \| linear has no parameter "gama" \| .*gamma/,
    ],
    [
      "values of another count",
      [
        { id: "linear", regions: ["a"], parameters: { gamma: [-1, -1] } },
        { id: "kuramoto", regions: "*" },
      ],
      /2 values for 1 regions \| .*linear \(1 of 4 regions\)/,
    ],
    [
      "values at a region of another model",
      [
        { id: "linear", regions: ["a"], parameters: { gamma: { region: { b: -1 } } } },
        { id: "kuramoto", regions: "*" },
      ],
      /linear \(1 of 4 regions\) has no region "b"/,
    ],
    [
      "values out of range",
      [{ id: "linear", regions: "*", parameters: { gamma: 3 } }],
      /^RANGE .*by_region\[0\]\.parameters\.gamma/,
    ],
    [
      "times that cannot be compared",
      [
        { id: "linear", regions: ["a"] },
        { id: "epileptor-2d", regions: "*" },
      ],
      /^MISMATCH .*epileptor-2d counts time without a unit, linear in ms \| .*time_scale/,
    ],
    ["a time scale of no time", [{ id: "epileptor-2d", regions: "*", time_scale: "-1 ms" }], /^RANGE .*time_scale/],
    [
      "inputs that do not match",
      [
        { id: "jansen-rit", regions: ["a"] },
        { id: "linear", regions: "*" },
      ],
      /^MISMATCH .*do not match by name \| .*model\.channels: \[\{send: \{jansen-rit: "y1", linear: "x"/,
    ],
  ])("refuses %s", async (_, by_region, message) => {
    expect(await refused(resolveModels(...by_region))).toMatch(message);
  });

  it.each<[string, unknown, RegExp]>([
    [
      "a model that is not said to send",
      { send: { epileptor: "x1" }, receive: { epileptor: "c_x1", "jansen-rit": "c_y1" } },
      /^MISMATCH .*what jansen-rit sends \| .*y0, y1/,
    ],
    [
      "a model that is not said to receive",
      { send: { epileptor: "x1", "jansen-rit": 0 }, receive: { epileptor: "c_x1" } },
      /^MISMATCH .*what jansen-rit receives \| .*c_y1, c_y2, or none/,
    ],
    [
      "unknown inputs",
      { send: { epileptor: "x1", "jansen-rit": 0 }, receive: { epileptor: "c_x", "jansen-rit": "none" } },
      /^EXPERIMENT .*epileptor has no input "c_x" \| .*c_x1/,
    ],
    ["unknown models", { send: { epilepto: "x1" }, receive: {} }, /no model here is called "epilepto" \| .*epileptor/],
    ["unknown variables", { send: { epileptor: "x3", "jansen-rit": 0 }, receive: {} }, /^EQUATION .*x3 is not known/s],
  ])("refuses channels with %s", async (_, channel, message) => {
    const model = { ...both, channels: [channel] } as MixedModel;
    expect(await refused(resolve({ model }))).toMatch(message);
  });

  it("refuses an input that hears two channels, and accepts a model that hears none when told so", async () => {
    const [one] = channels ?? [];
    if (!one) throw new Error("no channel");
    expect(await refused(resolve({ model: { ...both, channels: [one, one] } }))).toMatch(/receives two channels/);
    const deaf = { ...one, receive: { epileptor: "c_x1", "jansen-rit": "none" } };
    expect(await refused(resolve({ model: { ...both, channels: [deaf] } }))).toBe("accepted");
  });

  it("refuses a model file in place of several models", async () => {
    expect(await refused(resolveExperiment(base, { modelFile: "m.yaml" }))).toMatch(/^USAGE .*several models/);
  });

  it("notes what was matched without being told", async () => {
    const { deviations } = await resolveModels({ id: "kuramoto", regions: ["a"] }, { id: "linear", regions: "*" });
    expect(deviations.map(({ kind, about }) => `${kind} ${about}`).join("\n")).toMatch(
      /channels .*kuramoto: c_theta; linear: c_x\nchannels .*kuramoto receives c_theta in rad\/ms, linear receives c_x in 1\/ms/,
    );
    expect((await resolve()).deviations.map(({ about }) => about)).toEqual([
      expect.stringMatching(/epileptor receives c_x1 in 1, jansen-rit receives c_y1 in 1\/ms/),
    ]);
  });

  it("can be overridden by path", () => {
    const locate = () => "file";
    const { experiment } = applyOverrides(
      { ...base, connectome: "default" },
      ["model.by_region[0].parameters.x0=-2"],
      locate,
    );
    expect((experiment.model as MixedModel).by_region[0]?.parameters?.["x0"]).toBe(-2);
  });
});

describe("names in a network of several models", () => {
  it("give noise to every model that has them, or to one", async () => {
    const D = { x1: 1e-4, y1: 1e-3, "jansen-rit: y1": { region: { c: 2e-3, "*": 3e-3 } }, y4: 5e-4 };
    const { setup } = await resolve({ integrator: { noise: { id: "additive", D } } });
    const slots = Object.keys(setup.model.state);
    expect(slots.map((slot) => setup.noise?.[slot])).toEqual([
      Float64Array.of(0, 1e-4, 0, 1e-4), // x1 or y0
      Float64Array.of(3e-3, 1e-3, 2e-3, 1e-3), // y1 in both
      undefined,
      undefined,
      Float64Array.of(5e-4, 0, 5e-4, 0), // y2 or y4
      undefined,
    ]);
    const everywhere = await resolve({ integrator: { noise: { id: "additive", D: 0.25 } } });
    expect(slots.map((slot) => everywhere.setup.noise?.[slot])).toEqual(
      slots.map(() => new Float64Array(4).fill(0.25)),
    );
    expect(await refused(resolve({ integrator: { noise: { id: "additive", D: { y9: 1 } } } }))).toMatch(
      /no state variable "y9"/,
    );
    expect(await refused(resolve({ integrator: { noise: { id: "additive", D: { "epileptor: y4": 1 } } } }))).toMatch(
      /no state variable "epileptor: y4"/,
    );
  });

  it("give the initial state, which must be whole and within each model's bounds", async () => {
    const by_region: MixedModel["by_region"] = [
      { id: "reduced-wong-wang", regions: ["a", "b"] },
      { id: "linear", regions: "*" },
    ];
    const state = (values: NonNullable<Exclude<Experiment["initial"], string | undefined>>) =>
      resolve({ model: { by_region }, initial: values });
    const { setup } = await state({ state: { S: { region: { a: 0.1, b: 1 } }, x: [9, 9, -3, 4] } });
    expect(setup.initial).toEqual({ kind: "state", values: Float64Array.of(0.1, 1, -3, 4) });
    expect(await refused(state({ state: { S: 0.1 } }))).toMatch(/initial\.state has no x for region c/);
    expect(await refused(state({ state: { S: { region: { a: 0.1 } }, x: 0 } }))).toMatch(/no S for region b/);
    expect(await refused(state({ state: { S: 2, x: 0 } }))).toMatch(/^RANGE .*S = 2 .*\[0, 1\]/);
  });

  it("record a variable where it is, and NaN elsewhere", async () => {
    const variables = ["x2 - x1", "y1", "epileptor: y1", "epileptor: x2 - x1; jansen-rit: y1 - y2"];
    const monitors = [
      { id: "raw", variables },
      { id: "raw", variables: "all" as const },
      { id: "global-average", period: 1, variables },
    ];
    const { setup, recordings } = await simulate({ ...base, monitors });
    const { raw, "raw-2": all, "global-average": mean } = recordings;
    expect(all?.variables).toEqual(["x1", "y1", "z", "x2", "y2", "g", "y0", "y3", "y4", "y5"]);
    expect(raw?.units).toEqual(["1", "mixed", "1", "mixed"]);
    const last = (recording: Recording | undefined) => {
      const width = (recording?.variables.length ?? 0) * (recording?.regions.length ?? 0);
      return [...(recording?.data.data.slice(-width) ?? [])];
    };
    const row = last(raw);
    const whole = last(all);
    const value = (name: string, region: number) => whole[(all?.variables.indexOf(name) ?? 0) * 4 + region] ?? NaN;
    const lfp = (region: number) => value("x2", region) - value("x1", region);
    const eeg = (region: number) => value("y1", region) - value("y2", region);
    expect(row).toEqual([
      ...[NaN, lfp(1), NaN, lfp(3)],
      ...[0, 1, 2, 3].map((region) => value("y1", region)),
      ...[NaN, value("y1", 1), NaN, value("y1", 3)],
      ...[eeg(0), lfp(1), eeg(2), lfp(3)],
    ]);
    expect(row.filter(Number.isNaN).length).toBe(4);
    expect(whole.filter(Number.isNaN).length).toBe(2 * 8);
    // A mean over the network is one over the regions that have it.
    const average = await simulate({
      ...base,
      monitors: [
        { id: "global-average", period: 20, variables: ["x2 - x1"] },
        { id: "subsample", period: 20, variables: ["x2 - x1"] },
      ],
    });
    const [, b = NaN, , d = NaN] = last(average.recordings["subsample"]);
    expect(last(average.recordings["global-average"])[0]).toBeCloseTo((b + d) / 2, 14);
    expect(last(mean).every(Number.isFinite)).toBe(true);
    expect(setup.model.observe).toEqual(["x2 - x1", "z", "y0", "y1", "y2", "y3"]);
  });

  it("are refused where no model has them", async () => {
    const observing = (text: string) => refused(resolve({ monitors: [{ id: "raw", variables: [text] }] }));
    expect(await observing("x1 - y5")).toMatch(
      /^EQUATION .*no model here has all names of "x1 - y5" \| .*epileptor: x2 - x1; jansen-rit: y0/,
    );
    expect(await observing("x7")).toMatch(/^EQUATION .*x7 is not known/s);
    expect(await observing("epileptor: y5")).toMatch(/^EQUATION .*y5 is not known/s);
    expect(await observing("jansenrit: y5")).toMatch(/no model here is called "jansenrit" \| .*jansen-rit/);
  });

  it("name network inputs", async () => {
    const { setup, recordings } = await simulate({
      ...base,
      monitors: [
        { id: "afferent-coupling", variables: "all" },
        { id: "raw", variables: "all" },
      ],
    });
    expect(setup.model.inputs).toHaveProperty("channel__0");
    const { variables = [], data } = recordings["afferent-coupling"] ?? {};
    expect(variables).toEqual(["c_x1", "c_x2", "c_y1", "c_y2"]);
    const row = [...(data?.data.slice(-16) ?? [])];
    const seen = recordings["raw"];
    const after = [...(seen?.data.data.slice(-40) ?? [])];
    const value = (name: string, region: number) => after[(seen?.variables.indexOf(name) ?? 0) * 4 + region] ?? NaN;
    const sent = [0, 1, 2, 3].map((i) => (i % 2 === 0 ? value("y1", i) - value("y2", i) : value("x1", i)));
    const heard = (i: number) => 0.00390625 * sent.reduce((sum, x, j) => sum + (j === i ? 0 : 0.5 * x), 0);
    expect(row[1]).toBeCloseTo(heard(1), 12);
    expect(row[8]).toBeCloseTo(heard(0), 12);
    expect(row.map(Number.isNaN).filter((nan) => nan).length).toBe(8);
  });

  it("direct stimuli at models", async () => {
    const stimuli = [
      { variable: "jansen-rit: y1", time: "2" },
      { parameter: "x0", weights: [9, 0.5, 9, 1], time: "0.1" },
    ];
    const { setup } = await resolve({ stimuli });
    expect(setup.stimuli?.map(({ target, weights }) => [target, weights])).toEqual([
      [{ kind: "variable", name: "y1" }, Float64Array.of(1, 0, 1, 0)],
      [{ kind: "parameter", name: "epileptor__x0" }, Float64Array.of(0, 0.5, 0, 1)],
    ]);
    expect(await refused(resolve({ stimuli: [{ parameter: "x9", time: "1" }] }))).toMatch(/no parameter "x9"/);
  });
});

describe("results of a network of several models", () => {
  it("run again from the record", async () => {
    const resolved = await resolve({
      model: {
        ...both,
        by_region: both.by_region.with(1, {
          id: { ...modelOf("jansen-rit"), id: "mine" },
          name: "jansen-rit",
          regions: "*",
        }),
      },
    });
    const { experiment } = startRecord(resolved, () => "1");
    const text = JSON.stringify({ ...(experiment as object), connectome: "default" });
    const again = (JSON.parse(text) as { readonly model: MixedModel }).model;
    const twice = await resolve({ model: again });
    expect(twice.setup.parameters).toEqual(resolved.setup.parameters);
    expect(twice.setup.model.equations).toEqual(resolved.setup.model.equations);
  });

  it("are analysed over the regions that have a variable", async () => {
    const monitors = [{ id: "subsample", period: 1, variables: ["x2 - x1", "y0"] }];
    const { recordings, setup } = await simulate({ ...base, monitors });
    const recording = recordings["subsample"];
    if (!recording) throw new Error("no recording");
    expect(regionsWith(recording, "x2 - x1")).toEqual([1, 3]);
    expect(signalsOf(recording, "y0").regions).toEqual(["a", "c"]);
    const fc = functionalConnectivity(signalsOf(recording, "x2 - x1"));
    expect([fc.regions, fc.matrix.length, fc.matrix.every(Number.isFinite)]).toEqual([["b", "d"], 4, true]);
    const page = await renderReport({ ...setup, title: "mixed", recordings: [recording], provenance: {} });
    expect(page).toContain("2 regions of 4 have this variable");
    expect(page).toContain("epileptor: 2 regions");
    expect(page).toContain("One unit of its time lasts 2 ms.");
    expect(page).not.toMatch(/(part|slope|channel|epileptor|jansen_rit)__/);
    expect(page).not.toContain("is the first that is not finite");
  });

  it("say in a fault of the state what the region's own variables are", async () => {
    const blown = simulate({
      ...base,
      integrator: { scheme: "euler", dt: 1 },
      duration: 400,
      coupling: { id: "linear", parameters: { a: 1 } },
      model: { ...both, by_region: both.by_region.with(0, { id: "epileptor", regions: ["b", "d"], time_scale: 0.01 }) },
    });
    expect(await refused(Promise.resolve(blown))).toMatch(
      /^BLOWUP \| last good state x1 = .*, y1 = .*, z = .*g = [^,]*; .*region [13] \([bd]\): (x1|y1|z|x2|y2|g) is not finite/,
    );
  });
});

describe("text", () => {
  it("of several models is located", () => {
    const text = "duration: 1 s\nmodel:\n  by_region:\n    - { id: linear, region: a }\n";
    expect(() => readExperiment(text, "x.yaml")).toThrow(/x\.yaml:4/);
  });
});

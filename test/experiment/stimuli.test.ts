import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import { ndarray } from "../../src/core/ndarray.js";
import { checkConnectome } from "../../src/connectome/check.js";
import { sampler } from "../../src/engine/stimulus.js";
import { resolveExperiment } from "../../src/experiment/resolve.js";
import type { Experiment, MonitorSpec, StimulusSpec } from "../../src/experiment/types.js";
import { model } from "../../src/ir/form.js";
import { simulate } from "../../src/simulate.js";
import { stimuli } from "../../src/stimuli/index.js";
import { memoryDisk } from "../../src/storage/disk.js";
import golden from "../golden/tvb_stimuli.json" with { type: "json" };

const { network } = golden;

const connectome = checkConnectome({
  labels: ["r0", "r1", "r2", "r3"],
  weights: Float64Array.from(network.weights.flat()),
  tractLengths: Float64Array.from(network.lengths.flat()),
  centres: Float64Array.from({ length: 12 }, (_, k) => (k % 3 === 0 ? k * 10 : 0)),
  source: "test",
});

/** A region that integrates what acts on it. */
const integral = model({
  id: "integral",
  about: "The integral of what acts on it.",
  papers: [],
  time: "ms",
  state: { x: { unit: "mV", start: [0, 1], about: "integral" } },
  parameters: { k: { unit: "mV/ms", default: 0, range: [-10, 10], about: "a constant" } },
  sends: ["x"],
  inputs: { c: { unit: "mV", about: "unused" } },
  equations: { x: "k" },
  observe: ["x"],
});

const quiet = (change: Partial<Experiment> = {}): Experiment => ({
  connectome,
  model: integral,
  duration: 10,
  integrator: { scheme: "rk4", dt: 0.1 },
  initial: { state: { x: 0 } },
  monitors: [{ id: "raw" }],
  ...change,
});

const rowsOf = async (
  experiment: Experiment,
  monitor = "raw",
): Promise<{ time: Float64Array; at: (row: number, region: number) => number }> => {
  const recording = (await simulate(experiment)).recordings[monitor];
  if (!recording) throw new Error(`no ${monitor}`);
  const [, variables = 1, width = 1] = recording.data.shape;
  return { time: recording.time, at: (row, region) => recording.data.data[row * variables * width + region] ?? NaN };
};

const faultOf = async (experiment: Experiment): Promise<string> => {
  try {
    await resolveExperiment(experiment, { disk: memoryDisk() });
  } catch (error) {
    if (error instanceof Fault) return `${error.code} ${error.message}`;
    throw error;
  }
  return "none";
};

describe("shapes against TVB's equations", () => {
  it.each(Object.keys(golden.shapes))("%s, as TVB computes it", (id) => {
    const shape = stimuli[id];
    const cases = (golden.shapes as Record<string, { parameters: Record<string, number>; x: number[]; y: number[] }[]>)[
      id
    ];
    expect(cases?.length).toBeGreaterThan(0);
    for (const { parameters, x, y } of cases ?? []) {
      const text = (shape?.compat?.equation ?? shape?.equation ?? "").replaceAll(/\bx\b/g, "t");
      const at = sampler({ kind: "expression", text, values: parameters });
      const got = new Float64Array(1);
      x.forEach((point, k) => {
        at(point, got);
        expect(Math.abs((got[0] ?? NaN) - (y[k] ?? NaN))).toBeLessThan(1e-12 * Math.max(1, Math.abs(y[k] ?? 0)));
      });
    }
  });
});

describe("runs of TVB with a pulse train, compat: tvb", () => {
  const stimulus: StimulusSpec = {
    variable: "V",
    weights: network.stimulus,
    time: { id: "pulse-train", parameters: network.pulses },
  };
  const experiment = (scheme: string, monitors: readonly MonitorSpec[]): Experiment => ({
    connectome,
    model: "generic-2d-oscillator",
    coupling: { id: "linear", parameters: network.coupling },
    conduction_speed: network.speed,
    duration: network.dt * network.steps,
    integrator: { scheme, dt: network.dt },
    initial: { state: { V: network.start[0] ?? [], W: network.start[1] ?? [] } },
    stimuli: [stimulus],
    monitors,
    compat: "tvb",
  });

  it.each(["euler", "heun", "rk4"] as const)("%s", async (scheme) => {
    const wanted = golden.runs[scheme];
    const { recordings } = await simulate(experiment(scheme, [{ id: "raw", variables: ["V", "W"] }]));
    const raw = recordings["raw"];
    let seen = 0;
    wanted.time.forEach((t, row) => {
      const at = raw?.time.findIndex((ours) => Math.abs(ours - t) < 1e-9) ?? -1;
      expect(at).toBeGreaterThanOrEqual(0);
      [...(wanted.V[row] ?? []), ...(wanted.W[row] ?? [])].forEach((value, k) => {
        seen++;
        expect(Math.abs((raw?.data.data[at * 8 + k] ?? NaN) - value)).toBeLessThan(1e-9);
      });
    });
    expect(seen).toBe(8 * 12);
  });

  it("what monitors of inputs and sensors saw", async () => {
    const { gain, vertices, seen } = golden.sensors;
    const lead_field = {
      gain: "gain.csv",
      region_mapping: "mapping.txt",
    };
    const disk = memoryDisk();
    const names = gain.map((_, k) => `s${k}`);
    await disk.write(
      "gain.csv",
      new TextEncoder().encode(gain.map((row, k) => [names[k], ...row].join(",")).join("\n")),
    );
    await disk.write("mapping.txt", new TextEncoder().encode(vertices.join("\n")));
    const sensor = { period: 1, variables: ["V", "W"], lead_field };
    const given = experiment("heun", [
      { id: "afferent-coupling" },
      { id: "afferent-coupling-average", period: 1 },
      { id: "eeg", name: "eeg-average", reference: "average", ...sensor },
      { id: "eeg", name: "eeg-s2", reference: "s2", ...sensor },
      { id: "seeg", ...sensor },
    ]);
    const { setup } = await resolveExperiment(given, { disk });
    const { runSimulation } = await import("../../src/engine/run.js");
    const kept = new Map<string, { time: number[]; data: number[] }>();
    for await (const block of runSimulation(setup)) {
      const all = kept.get(block.monitor) ?? { time: [], data: [] };
      all.time.push(...block.time);
      all.data.push(...block.data.data);
      kept.set(block.monitor, all);
    }
    for (const [name, { time, data }] of Object.entries(seen)) {
      const ours = kept.get(name);
      time.forEach((t, row) => {
        const at = ours?.time.findIndex((o) => Math.abs(o - t) < 1e-9) ?? -1;
        expect(at, `${name} at ${t}`).toBeGreaterThanOrEqual(0);
        const wanted = (data[row] ?? []).flat();
        wanted.forEach((value, k) =>
          expect(Math.abs((ours?.data[at * wanted.length + k] ?? NaN) - value), `${name} ${t}`).toBeLessThan(1e-9),
        );
      });
    }
  });
});

describe("stimuli by default", () => {
  it("a sine wave on a derivative integrates to 1 - cos", async () => {
    const omega = (2 * Math.PI * 100) / 1000;
    const { time, at } = await rowsOf(
      quiet({
        stimuli: [{ variable: "x", time: { id: "sinusoid", parameters: { amp: "2 mV/ms", frequency: "100 Hz" } } }],
      }),
    );
    time.forEach((t, row) => expect(Math.abs(at(row, 2) - (2 / omega) * (1 - Math.cos(omega * t)))).toBeLessThan(1e-7));
  });

  it("acts on a parameter as a change of it, in the regions that it is meant for", async () => {
    const { time, at } = await rowsOf(
      quiet({ stimuli: [{ parameter: "k", weights: { region: { r1: 2, r3: -1 } }, time: "0.25 * t" }] }),
    );
    time.forEach((t, row) =>
      [0, 2, 0, -1].forEach((weight, region) => expect(at(row, region)).toBeCloseTo((weight * t * t) / 8, 10)),
    );
  });

  it("sums, products and several on one target", async () => {
    const { time, at } = await rowsOf(
      quiet({
        stimuli: [
          { variable: "x", time: { product: ["t", { sum: ["1", "2 * t"] }] } },
          { parameter: "k", time: "3" },
        ],
      }),
    );
    time.forEach((t, row) => expect(at(row, 0)).toBeCloseTo(t ** 2 / 2 + (2 * t ** 3) / 3 + 3 * t, 9));
  });

  it("counts time from the start of the simulation, not of the recording", async () => {
    const pulse: StimulusSpec = {
      variable: "x",
      time: { id: "pulse-train", parameters: { onset: 2, tau: 1, T: 100, amp: 1 } },
    };
    const { at } = await rowsOf(quiet({ stimuli: [pulse], transient: 5, duration: 1 }));
    expect(at(9, 0)).toBeCloseTo(1, 1);
  });

  it("a recording, between and outside its rows", async () => {
    const values = ndarray(Float64Array.of(1, 3, 5), [3]);
    const shaped = (rest: object) =>
      quiet({
        integrator: { scheme: "rk4", dt: 0.05 },
        stimuli: [{ variable: "x", time: { recorded: { values, step: 2, start: 1, ...rest } } }],
      });
    // The integral of a line from 1 to 5 over 4 ms, and what lies outside.
    const atEnd = async (rest: object) => (await rowsOf(shaped(rest))).at(199, 1);
    // One stage of a step meets the jump at each end: half a step's worth of it.
    expect(Math.abs((await atEnd({})) - 12)).toBeLessThan(0.15);
    expect(await atEnd({ outside: "hold" })).toBeCloseTo(1 + 12 + 5 * 5, 9);
    expect(Math.abs((await atEnd({ between: "hold", outside: "repeat" })) - (5 + 2 + 6 + 10 + 2 + 3))).toBeLessThan(
      0.3,
    );
  });

  it("a recording per region", async () => {
    const values = ndarray(Float64Array.of(1, 2, 3, 4, 1, 2, 3, 4), [2, 4]);
    const { at } = await rowsOf(
      quiet({ stimuli: [{ variable: "x", time: { recorded: { values, step: 100, outside: "hold" } } }] }),
    );
    [1, 2, 3, 4].forEach((slope, region) => expect(at(99, region)).toBeCloseTo(slope * 10, 9));
  });

  it("a bell around a region, by the distance of centres", async () => {
    const { at } = await rowsOf(
      quiet({
        stimuli: [
          { variable: "x", weights: { shape: "gaussian", around: "r1", parameters: { sigma: "30 mm" } }, time: "1" },
        ],
      }),
    );
    [0, 1, 2, 3].forEach((region) =>
      expect(at(99, region)).toBeCloseTo(10 * Math.exp(-((30 * (region - 1)) ** 2) / (2 * 900)), 9),
    );
  });

  it("pulses are as long and as many as asked, whatever the rounding of times", async () => {
    for (const [id, parameters, area] of [
      ["pulse-train", { onset: 0.3, tau: 0.7, T: 1.1, amp: 1 }, 9 * 0.7 - 0.0],
      ["tms", { onset: 1, width: 0.5, rate: "500 Hz", pulses: 4, amp: 2 }, 4],
      ["dbs", { onset: 0, width: 0.1, rate: "200 Hz", ratio: 5, amp: 3 }, 0],
    ] as const) {
      const { at } = await rowsOf(
        quiet({ integrator: { scheme: "euler", dt: 0.1 }, stimuli: [{ variable: "x", time: { id, parameters } }] }),
      );
      expect(at(99, 0), id).toBeCloseTo(area, 9);
    }
  });

  it("direct current ramps up, stays and ramps down", async () => {
    const parameters = { amp: 2, onset: 1, ramp: 2, length: 7 };
    const { at } = await rowsOf(quiet({ stimuli: [{ variable: "x", time: { id: "tdcs", parameters } }] }));
    expect(at(99, 0)).toBeCloseTo(2 * (7 - 2), 9);
  });
});

describe("hostile stimuli", () => {
  it.each<[string, StimulusSpec, RegExp]>([
    ["no target", { time: "1" }, /^EXPERIMENT .*variable or on a parameter/s],
    ["two targets", { variable: "x", parameter: "k", time: "1" }, /^EXPERIMENT/],
    ["an unknown variable", { variable: "y", time: "1" }, /^EXPERIMENT .*no state variable "y"/s],
    ["an unknown parameter", { parameter: "K", time: "1" }, /^EXPERIMENT .*no parameter "K"/s],
    ["an unknown shape", { variable: "x", time: { id: "boxcar" } }, /^EXPERIMENT .*no stimulus "boxcar"/s],
    ["an unknown name", { variable: "x", time: "sin(omega)" }, /^EQUATION .*omega/s],
    ["a wrong unit", { variable: "x", time: { id: "sinusoid", parameters: { frequency: "10 mm" } } }, /^UNIT/],
    ["a wrong unit of the height", { variable: "x", time: { id: "sinusoid", parameters: { amp: "10 nA" } } }, /^UNIT/],
    [
      "a pulse shorter than a step",
      { variable: "x", time: { id: "pulse-train", parameters: { tau: 0.05 } } },
      /^MISMATCH .*shorter than a step/s,
    ],
    ["a negative width", { variable: "x", time: { id: "gaussian", parameters: { sigma: -1 } } }, /^RANGE/],
    ["a time shape in space", { variable: "x", weights: { shape: "alpha", around: "r0" }, time: "1" }, /^MISMATCH/],
    ["an unknown region", { variable: "x", weights: { region: { r9: 1 } }, time: "1" }, /^EXPERIMENT .*r9/s],
    [
      "an unknown focus",
      { variable: "x", weights: { shape: "gaussian", around: "r9" }, time: "1" },
      /^EXPERIMENT .*r9/s,
    ],
    [
      "a recording of the wrong width",
      { variable: "x", time: { recorded: { values: ndarray(new Float64Array(6), [2, 3]), step: 1 } } },
      /^DATA .*\[2, 3\]/s,
    ],
    [
      "a recording with a hole",
      { variable: "x", time: { recorded: { values: ndarray(Float64Array.of(1, NaN), [2]), step: 1 } } },
      /^DATA .*NaN/s,
    ],
    [
      "a recording in a product",
      { variable: "x", time: { product: ["1", { recorded: { values: ndarray(Float64Array.of(1), [1]), step: 1 } }] } },
      /^EXPERIMENT/,
    ],
    ["a missing file", { variable: "x", time: { recorded: { values: "none.npy", step: 1 } } }, /^FILE/],
    ["equal rates", { variable: "x", time: { id: "alpha", parameters: { alpha: 3, beta: 3 } } }, /^RANGE/],
  ])("%s", async (_, stimulus, wanted) => {
    expect(await faultOf(quiet({ stimuli: [stimulus] }))).toMatch(wanted);
  });
});

describe("hostile lead fields", () => {
  const csv = (text: string) => async (monitor: Partial<MonitorSpec>) => {
    const disk = memoryDisk();
    await disk.write("gain.csv", new TextEncoder().encode(text));
    try {
      await resolveExperiment(quiet({ monitors: [{ id: "eeg", lead_field: "gain.csv", ...monitor }] }), { disk });
    } catch (error) {
      if (error instanceof Fault) return `${error.code} ${error.message}`;
      throw error;
    }
    return "none";
  };
  const good = "label,r3,r2,r1,r0\nFz,1,2,3,4\nCz,5,6,7,8\n";
  it.each<[string, string, Partial<MonitorSpec>, RegExp]>([
    ["good", good, {}, /^none$/],
    ["a missing region", "label,r3,r2,r1,x\nFz,1,2,3,4\n", {}, /^MISMATCH .*r0/s],
    ["no names of regions", "Fz,1,2,3,4\nCz,5,6,7,8\n", {}, /^EXPERIMENT .*does not name the regions/s],
    ["vouched for", "Fz,1,2,3,4\nCz,5,6,7,8\n", { lead_field: { gain: "gain.csv", regions: "in order" } }, /^none$/],
    [
      "a wrong count",
      "Fz,1,2,3\nCz,5,6,7\n",
      { lead_field: { gain: "gain.csv", regions: "in order" } },
      /^DATA .*3 columns for 4/s,
    ],
    [
      "no names of sensors",
      "1,2,3,4\n",
      { lead_field: { gain: "gain.csv", regions: "in order" } },
      /^EXPERIMENT .*sensors/s,
    ],
    [
      "other names than the file's for regions",
      good,
      { lead_field: { gain: "gain.csv", regions: "in order" } },
      /^MISMATCH .*"r3" where "r0"/s,
    ],
    [
      "other names than the file's for sensors",
      good,
      { lead_field: { gain: "gain.csv", sensors: ["Cz", "Fz"] } },
      /^MISMATCH .*"Fz" where "Cz"/s,
    ],
    ["a sensor twice", "label,r3,r2,r1,r0\nFz,1,2,3,4\nFz,5,6,7,8\n", {}, /^DATA .*Fz/s],
    ["an unknown reference", good, { reference: "Oz" }, /^EXPERIMENT .*Oz/s],
    ["a gain that is no number", "label,r3,r2,r1,r0\nFz,1,nan,3,4\n", {}, /^DATA .*Fz.*r2/s],
    ["MEG with a reference", good, { id: "meg", reference: "average" }, /^MISMATCH/],
    ["a lead field for regions", good, { id: "raw" }, /^MISMATCH .*no sensors/s],
    ["negative noise", good, { noise: { Fz: -1 } }, /^RANGE|^EXPERIMENT/],
    ["noise of no sensor", good, { noise: { Oz: 1 } }, /^EXPERIMENT .*Oz/s],
  ])("%s", async (_, text, monitor, wanted) => {
    expect(await csv(text)(monitor)).toMatch(wanted);
  });

  it("says which columns are no regions", async () => {
    const disk = memoryDisk();
    await disk.write("gain.csv", new TextEncoder().encode("label,r3,eye,r2,r1,r0\nFz,1,9,2,3,4\n"));
    const { deviations, setup } = await resolveExperiment(
      quiet({ monitors: [{ id: "eeg", lead_field: "gain.csv" }] }),
      {
        disk,
      },
    );
    expect([...(setup.monitors[0]?.sensors?.gain ?? [])]).toEqual([4, 3, 2, 1]);
    expect(deviations.map(({ about }) => about).join()).toMatch(/columns of gain.csv .*left out: eye$/);
  });

  it("brings columns into the connectome's order, and takes the reference off", async () => {
    const disk = memoryDisk();
    await disk.write("gain.csv", new TextEncoder().encode(good));
    const of = async (reference: string) =>
      (await resolveExperiment(quiet({ monitors: [{ id: "eeg", lead_field: "gain.csv", reference }] }), { disk })).setup
        .monitors[0]?.sensors?.gain;
    expect([...((await of("none")) ?? [])]).toEqual([4, 3, 2, 1, 8, 7, 6, 5]);
    expect([...((await of("Cz")) ?? [])]).toEqual([-4, -4, -4, -4, 0, 0, 0, 0]);
    expect([...((await of("average")) ?? [])]).toEqual([-2, -2, -2, -2, 2, 2, 2, 2]);
  });
});

describe("noise of sensors", () => {
  it("has the asked deviation, is off by default, and does not depend on how the run is cut", async () => {
    const disk = memoryDisk();
    await disk.write("gain.csv", new TextEncoder().encode("label,r0,r1,r2,r3\nA,0,0,0,0\nB,0,0,0,0\n"));
    const run = async (noise: MonitorSpec["noise"], duration: number) => {
      const { runSimulation } = await import("../../src/engine/run.js");
      const monitors = [{ id: "eeg", period: 0.1, lead_field: "gain.csv", ...(noise === undefined ? {} : { noise }) }];
      const { setup } = await resolveExperiment(quiet({ duration, monitors }), { disk });
      const out: number[] = [];
      for await (const { data } of runSimulation(setup)) out.push(...data.data);
      return out;
    };
    expect((await run(undefined, 1)).every((x) => x === 0)).toBe(true);
    const long = await run({ A: 2, "*": 0.5 }, 2000);
    const deviation = (sensor: number) => {
      const mine = long.filter((_, k) => k % 2 === sensor);
      return Math.sqrt(mine.reduce((sum, x) => sum + x * x, 0) / mine.length);
    };
    // 20,000 draws: the standard error of a deviation is 0.5 %.
    expect(Math.abs(deviation(0) / 2 - 1)).toBeLessThan(0.02);
    expect(Math.abs(deviation(1) / 0.5 - 1)).toBeLessThan(0.02);
    expect(await run({ A: 2, "*": 0.5 }, 100)).toEqual(long.slice(0, 2000));
    // Nor on the monitors beside it.
    const { setup } = await resolveExperiment(
      quiet({
        duration: 100,
        monitors: ["raw", { id: "eeg", period: 0.1, lead_field: "gain.csv", noise: { A: 2, "*": 0.5 } }],
      }),
      { disk },
    );
    const { runSimulation: again } = await import("../../src/engine/run.js");
    const beside: number[] = [];
    for await (const { monitor, data } of again(setup)) if (monitor === "eeg") beside.push(...data.data);
    expect(beside).toEqual(long.slice(0, 2000));
  });
});

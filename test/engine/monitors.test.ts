import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import { runSimulation } from "../../src/engine/run.js";
import type { Block, MonitorSetup, Recording, Setup } from "../../src/engine/setup.js";
import { model } from "../../src/ir/form.js";
import { joinBlocks } from "../../src/simulate.js";
import { matrix, monitorOf, networkOf, rawMonitor, setupOf, type SetupChange } from "./support.js";

/**
 * Times, windows and values of monitors (docs/time.md), on a model whose state is the time itself: in region i after
 * step n it is n * dt + 1000 i, so every recorded value tells from which step it came.
 */

const clock = model({
  id: "clock",
  about: "A variable that counts the time.",
  papers: [],
  time: "dimensionless",
  state: { x: { unit: "1", start: [0, 1], about: "time" }, y: { unit: "1", start: [0, 1], about: "twice the time" } },
  parameters: {},
  sends: ["x"],
  inputs: { c: { unit: "1", about: "unused" } },
  equations: { x: "1", y: "2" },
  observe: ["x"],
});

const monitor = (id: string, periodMs = 0, variables: readonly string[] = ["x"]): MonitorSetup => ({
  name: id,
  monitor: monitorOf(id),
  periodMs,
  variables,
});

function clockSetup(monitors: readonly MonitorSetup[], change: SetupChange = {}): Setup {
  const regions = change.connectome?.labels.length ?? 3;
  const values = Float64Array.from({ length: 2 * regions }, (_, k) => 1000 * (k % regions));
  return setupOf({
    model: clock,
    connectome: networkOf(matrix(regions, () => 0)),
    dtMs: 0.25,
    steps: 100,
    initial: { kind: "state", values },
    monitors,
    ...change,
  });
}

async function record(setup: Setup, backend = "wasm"): Promise<Record<string, Recording>> {
  const kept = new Map<string, Block[]>();
  for await (const block of runSimulation(setup, { backend }))
    kept.set(block.monitor, [...(kept.get(block.monitor) ?? []), block]);
  return Object.fromEntries(setup.monitors.map((m) => [m.name, joinBlocks(setup, m, kept.get(m.name) ?? [])]));
}

const only = async (setup: Setup): Promise<Recording> => {
  const [first] = Object.values(await record(setup));
  if (!first) throw new Error("nothing was recorded");
  return first;
};

/** Values of one variable and region over the rows. */
const column = ({ data }: Recording, variable: number, region: number): number[] => {
  const [rows = 0, variables = 0, regions = 0] = data.shape;
  return Array.from({ length: rows }, (_, k) => data.data[(k * variables + variable) * regions + region] ?? NaN);
};
const close = (a: readonly number[], b: readonly number[]): void => {
  expect(a.length).toBe(b.length);
  a.forEach((x, k) => expect(x).toBeCloseTo(b[k] ?? NaN, 9));
};

describe("raw", () => {
  it("gives every step after the transient, stamped with the time of its state", async () => {
    for (const transientSteps of [0, 1, 37]) {
      const raw = await only(clockSetup([monitor("raw", 0, ["x", "y", "y - x + 1"])], { transientSteps }));
      expect(raw.data.shape).toEqual([100, 3, 3]);
      expect(raw.regions).toEqual(["R0", "R1", "R2"]);
      expect(raw.window).toBeUndefined();
      expect(raw.time[0]).toBeCloseTo((transientSteps + 1) * 0.25, 12);
      close(column(raw, 0, 0), [...raw.time]);
      close(
        column(raw, 1, 2),
        [...raw.time].map((t) => 2 * t + 2000),
      );
      close(
        column(raw, 2, 1),
        [...raw.time].map((t) => t + 1),
      );
    }
  });
});

describe("subsample", () => {
  it("gives the state at the end of each period; an incomplete last period gives none", async () => {
    for (const [steps, rows] of [
      [100, 14],
      [98, 14],
      [97, 13],
      [6, 0],
    ] as const) {
      const out = await only(clockSetup([monitor("subsample", 1.75)], { steps, transientSteps: 11 }));
      expect(out.data.shape).toEqual([rows, 1, 3]);
      expect(out.window).toBeUndefined();
      close(
        [...out.time],
        Array.from({ length: rows }, (_, k) => (11 + 7 * (k + 1)) * 0.25),
      );
      close(column(out, 0, 0), [...out.time]);
    }
  });
});

describe("temporal average", () => {
  it("is the mean of the states after each step of the window, stamped with their mean time", async () => {
    for (const period of [1, 2, 3, 4, 7, 100]) {
      const out = await only(clockSetup([monitor("temporal-average", period * 0.25)], { transientSteps: 5 }));
      const rows = Math.floor(100 / period);
      expect(out.data.shape).toEqual([rows, 1, 3]);
      // The mean of the clock is the mean time of its window.
      close(column(out, 0, 0), [...out.time]);
      close(
        [...(out.window?.start ?? [])],
        Array.from({ length: rows }, (_, k) => (5 + k * period) * 0.25),
      );
      close(
        [...(out.window?.end ?? [])],
        Array.from({ length: rows }, (_, k) => (5 + (k + 1) * period) * 0.25),
      );
    }
  });

  it("is stamped half a step earlier under compat: tvb, where steps 1 to 4 of 1 ms are stamped 2.0", async () => {
    const change = { dtMs: 1, steps: 9 } as const;
    const [correct, compat] = [
      await only(clockSetup([monitor("temporal-average", 4)], change)),
      await only(clockSetup([monitor("temporal-average", 4)], { ...change, compatTvb: true })),
    ];
    expect([...correct.time]).toEqual([2.5, 6.5]);
    expect([...compat.time]).toEqual([2, 6]);
    expect(compat.window).toEqual(correct.window);
    expect(column(compat, 0, 0)).toEqual(column(correct, 0, 0));
    // An odd period keeps its half step: TVB stamps (step - istep / 2) dt.
    const odd = await only(clockSetup([monitor("temporal-average", 3)], { ...change, compatTvb: true }));
    expect([...odd.time]).toEqual([1.5, 4.5, 7.5]);
  });

  it("equals the mean of raw to rounding, and is added up in f64 for f32", async () => {
    for (const precision of ["f32", "f64"] as const) {
      const setup = setupOf({
        model: "jansen-rit",
        connectome: networkOf(matrix(5, (i, j) => (i === j ? 0 : 0.1))),
        coupling: "sigmoidal-jansen-rit",
        scheme: "heun-stochastic",
        noise: { y4: 1e-4 },
        steps: 1030,
        precision,
        monitors: [rawMonitor(["y0", "y1 - y2"]), monitor("temporal-average", 1.7, ["y1 - y2"])],
      });
      const { raw, "temporal-average": mean } = await record(setup);
      if (!raw || !mean) throw new Error("nothing was recorded");
      expect(mean.data.shape[0]).toBe(60);
      for (let region = 0; region < 5; region++) {
        const values = column(raw, 1, region);
        column(mean, 0, region).forEach((m, k) => {
          const exact = values.slice(17 * k, 17 * (k + 1)).reduce((a, b) => a + b, 0) / 17;
          // One rounding to f32 of the f64 mean, or the sum's rounding errors.
          expect(m).toBe(precision === "f32" ? Math.fround(exact) : exact);
        });
      }
    }
  });
});

describe("averages over space", () => {
  const uneven = { of: Uint32Array.of(1, 0, 1, 1, 0), names: ["few", "many"] };
  const connectome = networkOf(matrix(5, () => 0));

  it("give the mean of each group at the end of each period", async () => {
    const spec = { ...monitor("spatial-average", 1, ["y", "x"]), groups: uneven };
    const out = await only(clockSetup([spec], { connectome, transientSteps: 3 }));
    expect(out.regions).toEqual(["few", "many"]);
    expect(out.data.shape).toEqual([25, 2, 2]);
    close(
      [...out.time],
      Array.from({ length: 25 }, (_, k) => 0.75 + (k + 1)),
    );
    const means = [(1000 + 4000) / 2, (0 + 2000 + 3000) / 3];
    means.forEach((mean, group) => {
      close(
        column(out, 1, group),
        [...out.time].map((t) => t + mean),
      );
      close(
        column(out, 0, group),
        [...out.time].map((t) => 2 * t + mean),
      );
    });
  });

  it("give the mean of all regions, each counted alike", async () => {
    const out = await only(clockSetup([monitor("global-average", 0.5)], { connectome }));
    expect(out.regions).toEqual(["all"]);
    expect(out.data.shape).toEqual([50, 1, 1]);
    close(
      column(out, 0, 0),
      [...out.time].map((t) => t + 2000),
    );
  });
});

describe("monitors that begin at a checkpoint", () => {
  it("give the rows of the whole recording that lie after it, in the same windows", async () => {
    const sees: MonitorSetup[] = [
      rawMonitor(["x"]),
      monitor("subsample", 2.5),
      monitor("temporal-average", 2.5),
      monitor("afferent-coupling", 0, ["c"]),
      monitor("afferent-coupling-average", 2.5, ["c"]),
    ];
    const connectome = networkOf([
      [0, 1],
      [1, 0],
    ]);
    const change = { connectome, transientSteps: 3, steps: 47 };
    const whole = await record(clockSetup(sees, change));
    const running = runSimulation(clockSetup([rawMonitor(["y"])], { ...change, steps: 13 }));
    let next = await running.next();
    while (!next.done) next = await running.next();
    const { checkpoint } = next.value;
    const from = checkpoint.step * 0.25;
    const rest = await record(clockSetup(sees, { connectome, steps: 34, initial: { kind: "checkpoint", checkpoint } }));
    for (const { name } of sees) {
      const [all, later] = [whole[name], rest[name]];
      if (!all || !later) throw new Error(`${name} is missing`);
      const keep = [...all.time.keys()].filter((k) => (all.window?.start[k] ?? all.time[k] ?? NaN) >= from - 1e-9);
      const after = keep.filter((k) => (all.time[k] ?? NaN) > from + 1e-9);
      expect(after.length, name).toBeGreaterThan(1);
      close(
        [...later.time],
        after.map((k) => all.time[k] ?? NaN),
      );
      for (const region of [0, 1])
        close(
          column(later, 0, region),
          after.map((k) => column(all, 0, region)[k] ?? NaN),
        );
    }
  });
});

describe("blocks", () => {
  const specs = (period: number): MonitorSetup[] => [
    monitor("raw", 0, ["x", "y"]),
    monitor("subsample", period * 0.25, ["y"]),
    monitor("temporal-average", period * 0.25, ["x"]),
    { ...monitor("spatial-average", period * 0.25), groups: { of: Uint32Array.of(0, 1, 0), names: ["a", "b"] } },
    monitor("global-average", period * 0.25),
  ];

  it("may end anywhere: neither the kernel's block nor the back end changes a bit", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          steps: fc.integer({ min: 1, max: 260 }),
          transientSteps: fc.integer({ min: 0, max: 90 }),
          period: fc.integer({ min: 1, max: 80 }),
          block: fc.constantFrom(4, 8, 20, 64, 128),
          precision: fc.constantFrom("f32" as const, "f64" as const),
        }),
        async ({ steps, transientSteps, period, block, precision }) => {
          const setup = clockSetup(specs(period), { steps, transientSteps, precision });
          const wanted = await record(setup, "reference");
          const kept = new Map<string, Block[]>();
          const blocks = runSimulation(setup, { backend: "wasm", kernel: { variant: { block, groups: 1 } } });
          for await (const b of blocks) kept.set(b.monitor, [...(kept.get(b.monitor) ?? []), b]);
          for (const m of setup.monitors) expect(joinBlocks(setup, m, kept.get(m.name) ?? [])).toEqual(wanted[m.name]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("come in order, each with its own times, when a recording is long", async () => {
    const setup = clockSetup([monitor("raw", 0, ["x", "y"])], { steps: 400_000 });
    const blocks: Block[] = [];
    for await (const block of runSimulation(setup)) blocks.push(block);
    const times = blocks.flatMap((b) => [...b.time]);
    expect(times.length).toBe(400_000);
    expect(times.every((t, k) => Math.abs(t - (k + 1) * 0.25) < 1e-9)).toBe(true);
    for (const { time, data } of blocks) expect(data.shape).toEqual([time.length, 2, 3]);
  });

  it("stop at the user's word with whole rows, and say so", async () => {
    const control = new AbortController();
    const setup = clockSetup([monitor("raw"), monitor("temporal-average", 25)], {
      steps: 50_000_000,
      transientSteps: 10,
    });
    const blocks = runSimulation(setup, {
      signal: control.signal,
      memoryLimitBytes: Infinity,
      onProgress: () => control.abort(),
    });
    const kept: Block[] = [];
    let next = await blocks.next();
    for (; !next.done; next = await blocks.next()) kept.push(next.value);
    expect(next.value.interrupted).toBe(true);
    const rows = kept.filter((b) => b.monitor === "raw").reduce((n, b) => n + b.time.length, 0);
    const means = kept.filter((b) => b.monitor !== "raw").reduce((n, b) => n + b.time.length, 0);
    expect(rows).toBe(next.value.stepsDone - 10);
    expect(means).toBe(Math.floor(rows / 100));
  });
});

describe("periods", () => {
  it("must be whole numbers of steps; 0.3 ms of 0.1 ms steps are three, not two", async () => {
    const out = await only(clockSetup([monitor("temporal-average", 0.3)], { dtMs: 0.1, steps: 9 }));
    close([...(out.window?.end ?? [])], [0.3, 0.6, 0.9]);
    await expect(record(clockSetup([monitor("subsample", 0.35)], { dtMs: 0.1 }))).rejects.toThrow(Fault);
    await expect(record(clockSetup([monitor("subsample", 0.35)], { dtMs: 0.1 }))).rejects.toMatchObject({
      code: "RANGE",
    });
  });
});

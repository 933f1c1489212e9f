import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Recording } from "../../src/engine/setup.js";
import type { Experiment, HrfSpec } from "../../src/experiment/types.js";
import { model } from "../../src/ir/form.js";
import { simulate } from "../../src/simulate.js";
import { matrix, networkOf } from "./support.js";

/**
 * BOLD against TVB's monitor and analyser, closed forms, and a stiff solver. The activity is a state variable held at a
 * recorded or constant value, so that it is known at every step.
 */

interface Monitored {
  readonly dt: number;
  readonly period: number;
  readonly duration: number;
  readonly length: number;
  readonly time: readonly number[];
  readonly data: readonly (readonly (readonly number[])[])[];
}
const golden = JSON.parse(readFileSync(new URL("../golden/tvb_bold.json", import.meta.url), "utf8")) as {
  readonly monitor: Readonly<Record<string, Monitored>>;
  readonly analyser: Readonly<Record<string, { readonly data: readonly (readonly number[])[] }>>;
  readonly solved: Readonly<Record<string, readonly number[]>>;
};

/** t counts milliseconds, region is a parameter: activities are expressions of both. */
const clock = model({
  id: "clock",
  about: "The time, in ms.",
  papers: [],
  time: "dimensionless",
  state: { t0: { unit: "1", start: [0, 1], about: "time" } },
  parameters: {},
  sends: [],
  inputs: {},
  equations: { t0: "1" },
  observe: ["t0"],
});

const activity = (region: string) => `0.5 + 0.3 * sin(2 * pi * t0 / 1700 + ${region}) + 0.2 * sin(2 * pi * t0 / 310)`;

interface Options extends Partial<Omit<Experiment, "model" | "duration">> {
  readonly regions?: number;
}

/** One BOLD monitor over known activity. */
async function boldOf(
  variables: readonly string[],
  hrf: HrfSpec | undefined,
  period: number,
  duration: number,
  { regions = 1, ...change }: Options = {},
): Promise<Recording> {
  const result = await simulate({
    connectome: networkOf(matrix(regions, () => 0)),
    model: clock,
    integrator: { scheme: "euler", dt: 0.5 },
    duration,
    initial: { state: { t0: 0 } },
    monitors: [{ id: "bold", period, variables, ...(hrf === undefined ? {} : { hrf }) }],
    ...change,
  });
  const recording = result.recordings["bold"];
  if (!recording) throw new Error("nothing was recorded");
  return recording;
}

const largest = (values: Iterable<number>): number => [...values].reduce((a, b) => Math.max(a, Math.abs(b)), 0);

describe("convolution, compat: tvb", () => {
  for (const [name, { dt, period, duration, length, time, data }] of Object.entries(golden.monitor))
    it(`${name}: TVB's monitor`, async () => {
      const id = name.split(",")[0] ?? "";
      for (const region of [0, 2]) {
        const x = activity(String(region));
        const got = await boldOf([x, `(${x})^2`], { id, length }, period, duration, {
          compat: "tvb",
          integrator: { scheme: "euler", dt },
        });
        expect(got.time.length).toBe(time.length);
        const wanted = data.flatMap((row) => row.map((variable) => variable[region] ?? NaN));
        expect(largest(got.time.map((t, k) => t - (time[k] ?? NaN)))).toBeLessThan(1e-9);
        expect(largest(got.data.data.map((y, k) => y - (wanted[k] ?? NaN)))).toBeLessThan(1e-9);
      }
    });
});

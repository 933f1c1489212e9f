import { simulate } from "../src/index.js";
import type { Experiment } from "../src/experiment/types.js";
import { synthetic } from "./connectomes.js";
import type { Probe } from "./probe.js";
import { median } from "./race.js";
import { definition } from "./w1.js";
import { experiment, speed } from "./workload.js";
import { large } from "./w6.js";

/** From the experiment as an object to the end of its first step, with nothing compiled or cached in the process. */
const firstStep: Probe = {
  id: "first-step",
  title: "definition to first step, 76 regions, delays, f32, fresh process",
  unit: "ms",
  atMost: 100,
  async measure() {
    const imported = performance.now();
    const run: Experiment = { ...experiment(definition, synthetic(76, 750, 76), definition.dtMs), precision: "f32" };
    const begin = performance.now();
    const { statistics } = await simulate({ ...run, monitors: ["raw"] });
    const value = performance.now() - begin;
    const milliseconds = (seconds: number) => `${(1000 * seconds).toFixed(1)} ms`;
    const parts = `compile ${milliseconds(statistics.compileSeconds)}, set-up ${milliseconds(statistics.setupSeconds)}`;
    return { value, detail: `${parts}; start of node to import of the library ${imported.toFixed(0)} ms` };
  },
};

/** How much more memory a run takes than its history and its output, over what an idle engine holds. */
const memory: Probe = {
  id: "memory",
  title: "peak memory over history + output, 998 regions, dt 0.01 ms, f32",
  unit: "times",
  atMost: 2,
  async measure() {
    const connectome = large();
    const whole: Experiment = {
      ...experiment(definition, connectome, 200),
      monitors: [{ id: "temporal-average", period: 0.02 }],
      precision: "f32",
    };
    await simulate({ ...whole, connectome: synthetic(76, 750, 76), duration: 1 });
    const idle = process.resourceUsage().maxRSS;
    const result = await simulate(whole);
    const peak = process.resourceUsage().maxRSS;
    const longest = connectome.tractLengths.reduce((a, b) => Math.max(a, b));
    const history = connectome.labels.length * Math.ceil(longest / speed / definition.dtMs) * 4;
    const output = heldBytes(result);
    const value = ((peak - idle) * 1024) / (history + output);
    const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
    return {
      value,
      detail: `idle ${megabytes(idle * 1024)}, peak ${megabytes(peak * 1024)}, history ${megabytes(history)}, output ${megabytes(output)}`,
    };
  },
};

/** What looking for non-finite and out-of-bounds values costs. */
const guard: Probe = {
  id: "guard",
  title: "cost of the guards, W1, f32",
  unit: "%",
  atMost: 2,
  async measure() {
    const guarded: Experiment = { ...experiment(definition, synthetic(76, 750, 76), 2000), precision: "f32" };
    const seconds = async (on: boolean) =>
      (await simulate(guarded, { kernel: { guard: on } })).statistics.integrationSeconds;
    await seconds(true);
    await seconds(false);
    const costs: number[] = [];
    for (let round = 0; round < 7; round++) {
      const withGuard = await seconds(true);
      costs.push(100 * (withGuard / (await seconds(false)) - 1));
    }
    return { value: median(costs), detail: `rounds: ${costs.map((cost) => cost.toFixed(1)).join(" ")}` };
  },
};

export const probes: readonly Probe[] = [firstStep, memory, guard];

/** Bytes of all numeric arrays within a value, each buffer counted once. */
export function heldBytes(value: unknown, seen = new Set<object>()): number {
  if (typeof value !== "object" || value === null || seen.has(value)) return 0;
  seen.add(value);
  if (ArrayBuffer.isView(value)) {
    if (seen.has(value.buffer)) return 0;
    seen.add(value.buffer);
    return value.byteLength;
  }
  const parts = value instanceof Map ? [...value.values()] : Object.values(value);
  return parts.reduce<number>((sum, part) => sum + heldBytes(part, seen), 0);
}

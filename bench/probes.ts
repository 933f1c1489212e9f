import { readFileSync } from "node:fs";
import { connectome as library, simulate } from "../src/index.js";
import type { Experiment } from "../src/experiment/types.js";
import { boldCost, boldRun } from "./bold.js";
import { synthetic } from "./connectomes.js";
import type { Probe } from "./probe.js";
import { rww } from "./rww.js";
import { definition } from "./w1.js";
import { experiment, speed } from "./workload.js";

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
    // Generated without objects per pair, so that what it left behind does not hide what the run takes.
    const connectome = library.synthetic({ regions: 998, seed: 998, density: 0.036 });
    const whole: Experiment = {
      ...experiment(definition, connectome, 200),
      monitors: [{ id: "temporal-average", period: 0.02 }],
      precision: "f32",
    };
    await simulate({ ...whole, connectome: synthetic(76, 750, 76), duration: 1 });
    const idle = peakKilobytes();
    const result = await simulate(whole);
    const peak = peakKilobytes();
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

/** Peak resident memory. Linux counts what the parent held before `exec` into `maxRSS`, so its own figure is read there. */
function peakKilobytes(): number {
  try {
    const own = /VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    if (own !== undefined) return Number(own);
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS;
}

/** What looking for non-finite and out-of-bounds values costs. */
const guard: Probe = {
  id: "guard",
  title: "cost of the guards, W1, f32",
  unit: "%",
  atMost: 2,
  async measure() {
    const guarded: Experiment = { ...experiment(definition, synthetic(76, 750, 76), 1000), precision: "f32" };
    const seconds = async (on: boolean) =>
      (await simulate(guarded, { kernel: { guard: on } })).statistics.integrationSeconds;
    await seconds(true);
    await seconds(false);
    // The least of many runs: what else the machine does only ever adds.
    let [withGuard, without] = [Infinity, Infinity];
    for (let round = 0; round < 25; round++) {
      withGuard = Math.min(withGuard, await seconds(true));
      without = Math.min(without, await seconds(false));
    }
    const shown = (value: number) => `${(1000 * value).toFixed(1)} ms`;
    return {
      value: 100 * (withGuard / without - 1),
      detail: `least of 25 runs: ${shown(withGuard)} with, ${shown(without)} without`,
    };
  },
};

export const probes: readonly Probe[] = [firstStep, memory, guard, rww, boldRun, boldCost];

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

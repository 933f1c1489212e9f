import { fault } from "../core/fault.js";
import type { Kernel } from "../kernels/kernel.js";
import type { Held } from "./checkpoint.js";
import { isObservedAt } from "./parts.js";
import { mixing } from "./mixing.js";
import { rowsOf, waitingRows } from "./rows.js";
import { sensorNoise } from "./sensor-noise.js";
import type { Block, MonitorSetup, Setup } from "./setup.js";

/** Collects rows of one monitor while the kernel advances. */
export interface Observer {
  readonly name: string;
  /**
   * It looks at what is known only when the next step is taken: network inputs at the end of a step are those at the start of
   * the next one. It then needs one step after the last.
   */
  readonly needsNextStep: boolean;
  /** It looks at the steps before the recording too, numbered below 0: what was before a row counts in it. */
  readonly settles?: true;
  /** What must be equal for `hold` and `release` to mean the same. */
  readonly make: string;
  /** What it holds between two rows, for a checkpoint; rows that wait to be taken are not of it. */
  readonly hold: (kernel: Kernel) => Held;
  /** Takes up what was held. Before the first look. */
  readonly release: (kernel: Kernel, held: Held) => void | Promise<void>;
  /** Looks at steps [first, first + count) of the recording, which are rows [0, count) of the kernel's last call. */
  readonly look: (kernel: Kernel, first: number, count: number) => void;
  /** Values waiting to be taken. */
  readonly waiting: () => number;
  readonly take: () => Block | undefined;
  /** Frees what it holds beside memory of its own. */
  readonly dispose?: () => void;
}

/** Steps of a monitor's period. @throws Fault RANGE when the period is not a whole number of steps. */
export function periodSteps(setup: Setup, { monitor, name, periodMs }: MonitorSetup): number {
  if (monitor.time === "step") return 1;
  const steps = Math.round(periodMs / setup.dtMs);
  if (steps < 1 || Math.abs(steps * setup.dtMs - periodMs) > 1e-9 * periodMs)
    throw fault("RANGE", `the period of ${name}, ${periodMs} ms, is not a whole number of steps of ${setup.dtMs} ms`, {
      where: "monitors",
      next: `${Math.max(1, Math.floor(periodMs / setup.dtMs)) * setup.dtMs} ms or ${Math.ceil(periodMs / setup.dtMs) * setup.dtMs} ms`,
    });
  return steps;
}

/** How many rows a monitor gives in all: a last period that is not complete gives none. */
export const rowCount = (setup: Setup, monitor: MonitorSetup): number =>
  Math.floor(setup.steps / periodSteps(setup, monitor));

/** Labels along the last axis of a monitor. */
export function spaceLabels(setup: Setup, { monitor, groups, sensors }: MonitorSetup): readonly string[] {
  if (monitor.space === "all") return ["all"];
  if (monitor.space === "sensors") return sensors?.names ?? [];
  return monitor.space === "groups" ? (groups?.names ?? ["all"]) : setup.connectome.labels;
}

/**
 * @param observed names of the program's observables, in order
 * @param slot accumulator of the monitor, for means
 * @param recordedFrom absolute step at which the recording begins
 */
export function observer(
  setup: Setup,
  spec: MonitorSetup,
  observed: readonly string[],
  slot: number,
  recordedFrom: number,
): Observer {
  const period = periodSteps(setup, spec);
  const regions = setup.connectome.labels.length;
  const picks = spec.variables.map((text) => observed.indexOf(text));
  const width = spaceLabels(setup, spec).length;
  const mixes = spec.variables.map((text) => mixing(spec, regions, width, isObservedAt(setup, text)));
  const noise = sensorNoise(setup, spec);
  const rows = waitingRows(picks.length * width, setup.precision === "f32");
  /** Steps of the current window that the accumulator holds. */
  let filled = 0;

  const needsNextStep = spec.monitor.of === "inputs";
  /** The first step whose inputs were not yet seen; where nothing was seen, that of the first look. */
  let unseen: number | undefined;
  /** The step that row 0 belongs to, and the first row to look at. */
  const seen = (first: number, count: number): readonly [first: number, row: number] => {
    if (!needsNextStep) return [first, 0];
    const row = Math.max(0, (unseen ?? first) - (first - 1));
    unseen = first - 1 + count;
    return [first - 1, row];
  };
  const lookAtMeans = (kernel: Kernel, firstStep: number, count: number) => {
    const [first, firstRow] = seen(firstStep, count);
    for (let from = firstRow; from < count;) {
      const into = (first + from) % period;
      const to = Math.min(count, from + period - into);
      // Periods count from the beginning of the recording: a window that began unseen, before a checkpoint, is not begun.
      if (filled > 0 || into === 0) {
        kernel.accumulate(slot, from, to);
        filled += to - from;
      }
      from = to;
      if (filled < period) continue;
      filled = 0;
      const means = kernel.mean(slot, period);
      rows.add(first + to, (data, offset) =>
        picks.forEach((pick, k) => {
          const values = means[pick];
          if (values) mixes[k]?.(values, 0, data, offset + k * width);
          noise?.(data, offset + k * width, k, recordedFrom + first + to);
        }),
      );
    }
  };
  const lookAtSamples = (kernel: Kernel, firstStep: number, count: number) => {
    const [first, firstRow] = seen(firstStep, count);
    const views = picks.map((pick) => kernel.observed(pick));
    // Steps whose number after the step is a multiple of the period.
    for (let row = firstRow + period - 1 - ((first + firstRow) % period); row < count; row += period) {
      rows.add(first + row + 1, (into, at) =>
        views.forEach(({ data, offset, stride }, k) => {
          mixes[k]?.(data, offset + row * stride, into, at + k * width);
          noise?.(into, at + k * width, k, recordedFrom + first + row + 1);
        }),
      );
    }
  };
  return {
    ...rowsOf(spec.name, rows, [picks.length, width], (ends) => ({
      time: Float64Array.from(ends, (end) => stamp(setup, spec, period, recordedFrom + end)),
      ...(spec.monitor.time === "mean" ? { window: windows(setup, period, ends, recordedFrom) } : {}),
    })),
    make: [spec.monitor.id, period, setup.precision, ...spec.variables].join("\n"),
    needsNextStep,
    hold: (kernel) => {
      const sums = kernel.accumulated(slot);
      return {
        filled: Float64Array.of(filled),
        unseen: Float64Array.from(unseen === undefined ? [] : [unseen]),
        ...(filled > 0
          ? { sums: Float64Array.from(picks.flatMap((o) => [...sums.subarray(o * regions, (o + 1) * regions)])) }
          : {}),
      };
    },
    release: (kernel, held) => {
      filled = held["filled"]?.[0] ?? 0;
      unseen = held["unseen"]?.[0];
      const { sums } = held;
      if (!sums) return;
      const all = new Float64Array(observed.length * regions);
      picks.forEach((o, k) => all.set(sums.subarray(k * regions, (k + 1) * regions), o * regions));
      kernel.setAccumulated(slot, all);
    },
    look: spec.monitor.time === "mean" ? lookAtMeans : lookAtSamples,
  };
}

/** Time of a row that ends with a step, in ms from the start of the simulation. */
function stamp(setup: Setup, { monitor }: MonitorSetup, period: number, end: number): number {
  // The mean of steps s+1 … s+p belongs to their middle; TVB stamps half a step earlier.
  const back = monitor.time !== "mean" ? 0 : setup.compatTvb ? period / 2 : (period - 1) / 2;
  return (end - back) * setup.dtMs;
}

/** (start, end] of each mean, in ms. */
function windows(
  setup: Setup,
  period: number,
  ends: readonly number[],
  recordedFrom: number,
): NonNullable<Block["window"]> {
  const at = (steps: number) => (recordedFrom + steps) * setup.dtMs;
  return { start: Float64Array.from(ends, (end) => at(end - period)), end: Float64Array.from(ends, at) };
}

import { runSimulation } from "../engine/run.js";
import type { InitialConditions, MonitorSetup, Setup } from "../engine/setup.js";
import type { Monitor } from "../ir/declare.js";

/** What was observed at one value of the parameter: the mean over regions, in time. */
export interface ScanPoint {
  readonly value: number;
  readonly mean: number;
  readonly least: number;
  readonly most: number;
}

export interface Scan {
  readonly up: readonly ScanPoint[];
  /** Falling values. */
  readonly down: readonly ScanPoint[];
  /** Values at which the two ways differ by more than a twentieth of all that was seen. */
  readonly hysteresis: readonly [number, number] | undefined;
}

export interface ScanOptions {
  /** Rising. */
  readonly values: readonly number[];
  /** Expression of state variables. */
  readonly observe: string;
  /** The setup at a value: its transient settles, its steps are observed. Its initial conditions hold for the first value only. */
  readonly setupAt: (value: number) => Setup | Promise<Setup>;
  readonly backend?: string;
  readonly onProgress?: (done: number, total: number) => void;
}

const everyStep: Monitor = { id: "raw", about: "every step", time: "step", space: "regions" };

/**
 * Moves a parameter up and down again, each run going on from the state and history that the one before left: what the
 * two ways do not share is hysteresis. Every run has its own noise; clocks and stimuli start anew.
 * @throws Fault of the runs, BLOWUP among them
 */
export async function scanUpAndDown({ values, observe, setupAt, backend, onProgress }: ScanOptions): Promise<Scan> {
  const way = [...values, ...values.toReversed()];
  const points: ScanPoint[] = [];
  let initial: InitialConditions | undefined;
  for (const [run, value] of way.entries()) {
    const found = await runAt({ ...(await setupAt(value)), run, ...(initial ? { initial } : {}) }, observe, backend);
    points.push({ value, ...found.seen });
    initial = found.initial;
    onProgress?.(run + 1, way.length);
  }
  const up = points.slice(0, values.length);
  const down = points.slice(values.length);
  const all = points.flatMap(({ least, most }) => [least, most]);
  const extent = Math.max(...all) - Math.min(...all);
  const split = up.filter(({ mean, least, most }, k) => {
    const back = down[values.length - 1 - k];
    if (!back) return false;
    const away = Math.max(Math.abs(mean - back.mean), Math.abs(most - least - (back.most - back.least)));
    return away > 0.05 * extent;
  });
  const [first, last] = [split[0], split.at(-1)];
  return { up, down, hysteresis: first && last ? [first.value, last.value] : undefined };
}

async function runAt(
  setup: Setup,
  observe: string,
  backend: string | undefined,
): Promise<{ readonly seen: Omit<ScanPoint, "value">; readonly initial: InitialConditions }> {
  const names = Object.keys(setup.model.state);
  const regions = setup.connectome.labels.length;
  const width = names.length * regions;
  const monitor = (name: string, variables: readonly string[]): MonitorSetup => ({
    name,
    monitor: everyStep,
    periodMs: setup.dtMs,
    variables,
  });
  // Variables of a network of several models are not those of its slots: of such, the last state is all that is kept.
  const kept = setup.model.mixed ? [] : [monitor("state", names)];
  const watched: Setup = { ...setup, monitors: [...kept, monitor("seen", [observe])] };
  const rows = Math.min(setup.steps, historyRows(setup));
  let history: Float64Array = new Float64Array(0);
  let [sum, count, least, most] = [0, 0, Infinity, -Infinity];
  const blocks = runSimulation(watched, backend === undefined ? {} : { backend });
  let next = await blocks.next();
  for (; !next.done; next = await blocks.next()) {
    const { monitor: name, data } = next.value;
    if (name === "state") {
      history = newest(history, data.data, rows * width);
      continue;
    }
    for (let row = 0; row < data.data.length; row += regions) {
      let value = 0;
      for (let i = 0; i < regions; i++) value += (data.data[row + i] as number) / regions;
      sum += value;
      count++;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  const seen = { mean: sum / count, least, most };
  if (setup.model.mixed) return { seen, initial: { kind: "state", values: next.value.finalState.slice() } };
  // A history shorter than the longest delay is held constant before its first row.
  const needed = historyRows(setup);
  const missing = needed - history.length / width;
  const filled = new Float64Array(needed * width);
  for (let row = 0; row < missing; row++) filled.set(history.subarray(0, width), row * width);
  filled.set(history, missing * width);
  return {
    seen,
    initial: { kind: "history", values: filled, steps: needed },
  };
}

/** The last `most` values of what was kept and what came. */
function newest(kept: Float64Array, came: Float64Array | Float32Array, most: number): Float64Array {
  const joined = new Float64Array(Math.min(most, kept.length + came.length));
  const own = Math.max(0, joined.length - came.length);
  joined.set(kept.subarray(kept.length - own));
  joined.set(came.subarray(came.length - (joined.length - own)), own);
  return joined;
}

/** Rows that the longest delay of a setup reads, and one. */
function historyRows({ connectome, conductionSpeed, dtMs }: Setup): number {
  let longest = 0;
  connectome.tractLengths.forEach((length, k) => {
    if (connectome.weights[k] !== 0) longest = Math.max(longest, length);
  });
  return Number.isFinite(conductionSpeed) ? Math.ceil(longest / conductionSpeed / dtMs) + 2 : 1;
}

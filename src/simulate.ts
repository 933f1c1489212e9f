import { fault } from "./core/fault.js";
import { ndarray } from "./core/ndarray.js";
import { spaceLabels } from "./engine/observe.js";
import { runSimulation, type RunOptions, type RunSummary } from "./engine/run.js";
import type { Block, MonitorSetup, Recording, Setup } from "./engine/setup.js";
import { resolveExperiment, type Resolved, type ResolveOptions } from "./experiment/resolve.js";
import type { Experiment } from "./experiment/types.js";
import { variableUnit } from "./experiment/units.js";

export type SimulationOptions = Pick<RunOptions, "signal" | "onProgress" | "memoryLimitBytes" | "tuning" | "kernel"> &
  Pick<ResolveOptions, "folder" | "force">;

export interface SimulationResult extends RunSummary {
  /** Each monitor's output by name. */
  readonly recordings: Readonly<Record<string, Recording>>;
  /** The experiment with every default and parameter filled in. */
  readonly setup: Setup;
  /** Where the run departs from what was asked or from the default behaviour, in words. */
  readonly deviations: readonly string[];
}

/**
 * A simulation to wait for, or to read while it runs:
 * `await simulate(experiment)` gives all recordings; `for await (const block of simulate(experiment))` gives them in
 * blocks and keeps none. Nothing runs before one of the two is begun; begin one of them once.
 */
export interface Simulation extends PromiseLike<SimulationResult>, AsyncIterable<Block> {}

/**
 * Simulates an experiment: the object that an experiment file holds (docs/experiment.md).
 * @throws Fault: EXPERIMENT, DATA, FILE, UNIT, RANGE, EQUATION, MISMATCH, LIMIT, BACKEND, BLOWUP
 */
export function simulate(experiment: Experiment, options: SimulationOptions = {}): Simulation {
  let result: Promise<SimulationResult> | undefined;
  const resolve = () =>
    resolveExperiment(experiment, {
      ...(options.folder === undefined ? {} : { folder: options.folder }),
      ...(options.force === undefined ? {} : { force: options.force }),
    });
  const start = (resolved: Resolved) => runSimulation(resolved.setup, { ...options, backend: resolved.backend });
  return {
    then: (fulfilled, rejected) => (result ??= resolve().then((r) => gather(r, start(r)))).then(fulfilled, rejected),
    async *[Symbol.asyncIterator]() {
      yield* start(await resolve());
    },
  };
}

async function gather(resolved: Resolved, blocks: AsyncGenerator<Block, RunSummary>): Promise<SimulationResult> {
  const { setup } = resolved;
  const kept = new Map<string, Block[]>(setup.monitors.map(({ name }) => [name, []]));
  let next = await blocks.next();
  for (; !next.done; next = await blocks.next()) kept.get(next.value.monitor)?.push(next.value);
  const recordings = setup.monitors.map((m) => joinBlocks(setup, m, kept.get(m.name) ?? []));
  return {
    ...next.value,
    recordings: Object.fromEntries(recordings.map((r) => [r.name, r])),
    setup,
    deviations: resolved.deviations.map(({ about }) => about),
  };
}

/** One recording from a monitor's blocks, in order. */
export function joinBlocks(setup: Setup, spec: MonitorSetup, blocks: readonly Block[]): Recording {
  const regions = spaceLabels(setup, spec);
  const rows = blocks.reduce((sum, block) => sum + block.time.length, 0);
  const width = spec.variables.length * regions.length;
  const data = setup.precision === "f32" ? new Float32Array(rows * width) : new Float64Array(rows * width);
  const column = (of: (block: Block) => Float64Array | undefined): Float64Array => {
    const all = new Float64Array(rows);
    let at = 0;
    for (const block of blocks) {
      const values = of(block);
      if (!values) throw fault("BUG", `a block of ${spec.name} lacks its times`);
      all.set(values, at);
      at += values.length;
    }
    return all;
  };
  let at = 0;
  for (const block of blocks) {
    data.set(block.data.data, at);
    at += block.data.data.length;
  }
  return {
    name: spec.name,
    monitor: spec.monitor.id,
    periodMs: spec.monitor.time === "step" ? setup.dtMs : spec.periodMs,
    variables: spec.variables,
    units: spec.variables.map((text) => (spec.bold ? "1" : variableUnit(text, setup.model))),
    regions,
    time: column((b) => b.time),
    window:
      spec.monitor.time === "mean"
        ? { start: column((b) => b.window?.start), end: column((b) => b.window?.end) }
        : undefined,
    data: ndarray(data, [rows, spec.variables.length, regions.length]),
  };
}

import { fault } from "../core/fault.js";
import type { Precision } from "../ir/graph.js";
import type { Program, Start } from "../ir/program.js";
import { channelsOf } from "../kernels/channels.js";
import type { Kernel } from "../kernels/kernel.js";
import type { Regional } from "./setup.js";

/** What a monitor holds between two rows: numbers by name. */
export type Held = Readonly<Record<string, Float64Array>>;

/** A monitor's part of a checkpoint; only a monitor of the same name and make takes it up again. */
export interface MonitorCheckpoint {
  readonly name: string;
  /** What must be equal for the values to mean the same. */
  readonly make: string;
  readonly held: Held;
}

/**
 * Where a run stands: all that it takes to go on with the same bits, on any back end. Nothing of it depends on how the
 * kernel is built. Random numbers need nothing: they are keyed by the step.
 */
export interface Checkpoint {
  /** Absolute number of steps done. */
  readonly step: number;
  /** Absolute step at which the recording began: monitors' periods count from there. */
  readonly recordedFrom: number;
  /** Of the run that it was taken in. */
  readonly programHash: string;
  readonly dtMs: number;
  readonly precision: Precision;
  readonly seed: number;
  readonly run: number;
  readonly regions: readonly string[];
  /** The model's variables, then the hidden ones. */
  readonly variables: readonly string[];
  /** [variable][region] */
  readonly state: Float64Array;
  /** For each channel of the past a hash of what is sent: another sending cannot use this past. */
  readonly channels: readonly string[];
  /** [row][channel][region], oldest first. */
  readonly past: Float64Array;
  readonly pastRows: number;
  readonly monitors: readonly MonitorCheckpoint[];
}

type Frame = Pick<
  Checkpoint,
  "recordedFrom" | "programHash" | "precision" | "dtMs" | "seed" | "run" | "regions" | "channels"
>;

/** Takes a checkpoint between two steps. */
export function takeCheckpoint(
  kernel: Kernel,
  program: Program,
  frame: Frame,
  monitors: readonly MonitorCheckpoint[],
): Checkpoint {
  const past = kernel.past();
  return {
    ...frame,
    step: kernel.step(),
    variables: program.stateNames,
    state: kernel.state(),
    past,
    pastRows: past.length / Math.max(1, program.channels * program.regions),
    monitors,
  };
}

/**
 * Where a program goes on from a checkpoint. Parameters may have changed; what is kept in the past may not.
 * @param channels what the program's channels send
 * @param hiddenStart of hidden variables that the checkpoint does not have
 * @throws Fault MISMATCH naming what does not fit
 */
export function startFrom(
  checkpoint: Checkpoint,
  program: Program,
  dtMs: number,
  regions: readonly string[],
  channels: readonly string[],
  hiddenStart: ReadonlyMap<string, Regional>,
): Start {
  const refuse = (what: string, next: string) => fault("MISMATCH", what, { where: "checkpoint", next });
  const n = program.regions;
  if (checkpoint.regions.join("\n") !== regions.join("\n"))
    throw refuse("the checkpoint is of other regions", "the same connectome, regions in the same order");
  if (checkpoint.dtMs !== dtMs)
    throw refuse(
      `the checkpoint's step is ${checkpoint.dtMs} ms, this run's ${dtMs} ms`,
      `integrator.dt: ${checkpoint.dtMs} ms`,
    );
  if (checkpoint.precision !== program.precision)
    throw refuse(
      `the checkpoint is in ${checkpoint.precision}, this run in ${program.precision}`,
      `precision: ${checkpoint.precision}`,
    );
  const state = new Float64Array(program.stateNames.length * n);
  program.stateNames.forEach((name, v) => {
    const at = checkpoint.variables.indexOf(name);
    const fresh = hiddenStart.get(name);
    if (at >= 0) state.set(checkpoint.state.subarray(at * n, (at + 1) * n), v * n);
    else if (fresh === undefined)
      throw refuse(`the checkpoint has no ${name}`, `it holds ${checkpoint.variables.join(", ")}`);
    else if (typeof fresh === "number") state.fill(fresh, v * n, (v + 1) * n);
    else state.set(fresh, v * n);
  });
  const needed = program.edges.source.length > 0 ? program.maxDelay + 1 : 1;
  const delayed = program.channels > 0 && program.edges.source.length > 0;
  if (delayed && checkpoint.pastRows < needed)
    throw refuse(
      `the checkpoint's past is ${checkpoint.pastRows} steps, this run's longest delay needs ${needed}`,
      "a conduction speed that is not lower",
    );
  // Without delayed links the past is the state alone, sent anew.
  if (!delayed) return { step: checkpoint.step, state, past: channelsOf(program, state), pastRows: 1 };
  const places = channels.map((sent) => checkpoint.channels.indexOf(sent));
  if (places.includes(-1))
    throw refuse(
      "regions sent something else before the checkpoint than is needed now",
      "the same coupling, with the same values of what it does before the sum; inputs recorded now must have been in use then",
    );
  const past = new Float64Array(needed * program.channels * n);
  for (let row = 0; row < needed; row++)
    places.forEach((place, c) => {
      const from = ((checkpoint.pastRows - needed + row) * checkpoint.channels.length + place) * n;
      past.set(checkpoint.past.subarray(from, from + n), (row * program.channels + c) * n);
    });
  return { step: checkpoint.step, state, past, pastRows: needed };
}

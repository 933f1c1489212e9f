import { fault } from "../core/fault.js";
import type { Program, Start } from "../ir/program.js";
import { uniform, streams } from "../ir/random/streams.js";
import { boundsOf, slotsOf } from "./parts.js";
import { heldAt } from "./held.js";
import { channelsOf } from "../kernels/channels.js";
import type { Regional, Setup } from "./setup.js";

/**
 * The state and past at the start of a run. Seeded initial conditions have a stream of their own, so giving a state or
 * a history does not shift the noise. The past of a state is constant.
 * @param hidden values of the program's hidden variables at the start
 */
export function startOf(setup: Setup, program: Program, hidden: ReadonlyMap<string, Regional> = new Map()): Start {
  const { initial, seed, run } = setup;
  const n = program.regions;
  const names = Object.keys(setup.model.state);
  const withHidden = (state: Float64Array): Float64Array => {
    const all = new Float64Array(program.stateNames.length * n);
    all.set(state);
    [...hidden.values()].forEach((value, k) => {
      const mine = all.subarray((names.length + k) * n, (names.length + k + 1) * n);
      if (typeof value === "number") mine.fill(value);
      else mine.set(value);
    });
    return all;
  };
  if (initial.kind === "checkpoint") throw fault("BUG", "a run from a checkpoint has its start there");
  if (initial.kind === "history") {
    const needed = program.edges.source.length > 0 ? program.maxDelay + 1 : 1;
    if (initial.steps < needed)
      throw fault("DATA", `the initial history holds ${initial.steps} steps, the longest delay needs ${needed}`, {
        where: "initial.history",
        next: `give at least ${needed} steps spaced by dt, oldest first, the last one the state at the start`,
      });
    const size = names.length * n;
    const state = initial.values.slice((initial.steps - 1) * size, initial.steps * size);
    const rows = Math.min(initial.steps, needed);
    const recent = initial.values.subarray((initial.steps - rows) * size);
    return {
      step: 0,
      state: withHidden(clamped(setup, state, n)),
      past: channelsOf(program, clampedRows(setup, recent, n, rows), rows, names.length),
      pastRows: rows,
    };
  }
  const state = new Float64Array(names.length * n);
  if (initial.kind === "state") state.set(initial.values);
  else {
    const slots = slotsOf(setup);
    for (let i = 0; i < n; i++)
      slots(i).forEach(({ start: [low, high] }, v) => {
        state[v * n + i] = low + (high - low) * uniform(seed, streams.initial, run, i, v, 0);
      });
  }
  const inside = clamped(setup, state, n);
  return { step: 0, state: withHidden(inside), past: channelsOf(program, inside, 1, names.length), pastRows: 1 };
}

function clampedRows(setup: Setup, rows: Float64Array, regions: number, count: number): Float64Array {
  const size = rows.length / count;
  const out = new Float64Array(rows.length);
  for (let row = 0; row < count; row++)
    out.set(clamped(setup, rows.subarray(row * size, (row + 1) * size), regions), row * size);
  return out;
}

/** Initial values are put into the model's bounds and held ones to their values, as every later state is. */
function clamped(setup: Setup, state: Float64Array, regions: number): Float64Array {
  const out = state.slice();
  boundsOf(setup, regions).forEach(({ atLeast = -Infinity, atMost = Infinity }, v) => {
    const at = (bound: Regional, i: number) => (typeof bound === "number" ? bound : (bound[i] ?? NaN));
    for (let i = 0; i < regions; i++)
      out[v * regions + i] = Math.min(Math.max(out[v * regions + i] ?? 0, at(atLeast, i)), at(atMost, i));
  });
  Object.keys(setup.model.state).forEach((name, v) => {
    const held = setup.clamp && Object.hasOwn(setup.clamp, name) ? setup.clamp[name] : undefined;
    for (let i = 0; held !== undefined && i < regions; i++) {
      const value = heldAt(held, i);
      if (!Number.isNaN(value)) out[v * regions + i] = value;
    }
  });
  return out;
}

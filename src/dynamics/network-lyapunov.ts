import { fault } from "../core/fault.js";
import { assemble } from "../engine/assemble.js";
import { driveFeed } from "../engine/drives.js";
import type { Setup } from "../engine/setup.js";
import { startOf } from "../engine/start.js";
import type { Start } from "../ir/program.js";
import { chooseBackend } from "../kernels/index.js";
import type { Kernel } from "../kernels/kernel.js";

export interface NetworkLyapunov {
  /** Per ms. */
  readonly largest: number;
  /** Standard error, from the pieces between two renewals of the distance. */
  readonly error: number;
  readonly pieces: number;
  readonly timeMs: number;
}

/** Distance of the two trajectories after each renewal, as a share of the scale of what is compared. */
const apart = 1e-7;
/** A piece ends when the distance has left this range, or after its share of the time. */
const nearest = 1e-10;
const farthest = 1e-4;
const mostPieces = 20;

/**
 * The largest Lyapunov exponent of a network, delays and all: two trajectories under the same noise and stimuli, the second
 * brought back beside the first again and again (Benettin et al. 1976). The distance counts the state and the history
 * that delays read. `setup.transientSteps` are left out, `setup.steps` are counted. Always in f64.
 * @throws Fault MISMATCH for schemes that choose their steps, BLOWUP when the state does not stay finite
 */
export async function largestLyapunovExponent(
  setup: Setup,
  onProgress?: (done: number, total: number) => void,
): Promise<NetworkLyapunov> {
  const exact: Setup = { ...setup, precision: "f64", monitors: [] };
  const { program, drives, hiddenStart } = assemble(exact);
  if (program.parts)
    throw fault("MISMATCH", `${setup.scheme.id} chooses its steps by itself`, {
      where: "integrator.scheme",
      why: "two trajectories must take the same steps to be compared",
      next: "a scheme of fixed steps, such as heun or rk4",
    });
  const backend = chooseBackend("auto", program);
  const feed = driveFeed(drives, setup.dtMs, program.regions);
  const compile = (start: Start) => backend.compile(program, start, { slots: 0 });
  const advance = async (kernel: Kernel, steps: number): Promise<void> => {
    for (let done = 0; done < steps;) {
      const count = Math.min(kernel.blockSteps, steps - done);
      feed.fill(kernel, kernel.step(), count);
      if (kernel.advance(count))
        throw fault("BLOWUP", "the state of the network does not stay finite", { next: "a smaller dt" });
      done += count;
    }
    await new Promise<void>((resume) => setImmediate(resume));
  };
  const total = setup.transientSteps + setup.steps;
  const first = await compile(startOf(exact, program, hiddenStart));
  await advance(first, setup.transientSteps);
  const scale = scaleOf(first, program.stateNames.length, program.regions);
  let start = startFrom(first, program.channels * program.regions);
  let second = await compile(displaced(start, scale));
  const growths: { readonly log: number; readonly steps: number }[] = [];
  try {
    const piece = Math.max(1, Math.ceil(setup.steps / mostPieces));
    for (let done = 0; done < setup.steps;) {
      const began = done;
      const end = Math.min(setup.steps, done + piece);
      let distance = apart;
      do {
        const count = Math.min(first.blockSteps, end - done);
        await advance(first, count);
        await advance(second, count);
        done += count;
        distance = distanceOf(startFrom(first, 1), startFrom(second, 1), scale);
      } while (done < end && distance > nearest && distance < farthest);
      onProgress?.(setup.transientSteps + done, total);
      growths.push({ log: Math.log(distance / apart), steps: done - began });
      if (done === setup.steps) break;
      start = startFrom(first, program.channels * program.regions);
      const beside = startFrom(second, program.channels * program.regions);
      second.dispose();
      second = await compile(distance > 0 ? between(start, beside, apart / distance) : displaced(start, scale));
    }
  } finally {
    first.dispose();
    second.dispose();
  }
  // The first piece turns the displacement towards what grows most.
  const counted = growths.length > 3 ? growths.slice(1) : growths;
  const timeMs = counted.reduce((sum, { steps }) => sum + steps, 0) * setup.dtMs;
  const largest = counted.reduce((sum, { log }) => sum + log, 0) / timeMs;
  const spread = counted.reduce((sum, { log, steps }) => sum + (log - largest * steps * setup.dtMs) ** 2, 0);
  return { largest, error: Math.sqrt(spread) / timeMs, pieces: counted.length, timeMs };
}

function startFrom(kernel: Kernel, rowLength: number): Start {
  const past = kernel.past();
  return {
    step: kernel.step(),
    state: kernel.state(),
    past,
    pastRows: rowLength > 0 ? Math.max(1, past.length / rowLength) : 1,
  };
}

interface Scale {
  /** Per value of the state, and of the past. */
  readonly state: Float64Array;
  readonly past: number;
}

/** Typical size of each state variable over the regions, and of what is sent. */
function scaleOf(kernel: Kernel, variables: number, regions: number): Scale {
  const values = kernel.state();
  const state = new Float64Array(values.length);
  for (let v = 0; v < variables; v++) {
    const mine = values.subarray(v * regions, (v + 1) * regions);
    const size = Math.sqrt(mine.reduce((sum, x) => sum + x * x, 0) / regions) || 1;
    state.fill(size, v * regions, (v + 1) * regions);
  }
  const past = kernel.past();
  return { state, past: Math.sqrt(past.reduce((sum, x) => sum + x * x, 0) / (past.length || 1)) || 1 };
}

/** Root mean squares of the differences of state and past. */
function distanceOf(a: Start, b: Start, scale: Scale): number {
  let [state, past] = [0, 0];
  a.state.forEach((x, k) => (state += ((x - (b.state[k] as number)) / (scale.state[k] as number)) ** 2));
  a.past.forEach((x, k) => (past += ((x - (b.past[k] as number)) / scale.past) ** 2));
  return Math.sqrt(state / a.state.length + (a.past.length > 0 ? past / a.past.length : 0));
}

/** A start beside another: every value a little off, not all the same way. */
function displaced(start: Start, scale: Scale): Start {
  const off = {
    ...start,
    state: start.state.map((x, k) => x + (k % 3 === 0 ? -1 : 1) * (scale.state[k] as number) * apart),
  };
  return between(start, off, apart / distanceOf(start, off, scale));
}

/** The second start brought to a share of its distance from the first. */
const between = (a: Start, b: Start, share: number): Start => ({
  ...b,
  state: a.state.map((x, k) => x + share * ((b.state[k] as number) - x)),
  past: a.past.map((x, k) => x + share * ((b.past[k] as number) - x)),
});

import { fault } from "../core/fault.js";
import type { Vector } from "../ir/expand-scheme.js";
import type { Expr, Graph } from "../ir/graph.js";
import type { Program } from "../ir/program.js";
import type { BlowUp, Kernel } from "../kernels/kernel.js";
import type { DriveFeed } from "./drives.js";
import { hide, type Hidden } from "./hidden.js";
import type { Setup } from "./setup.js";

/**
 * Steps taken in equal parts, as many as keep the local error of each within tolerance: a power of two, so that parts are
 * exact fractions of the step. What decides about the next step (the size of the parts and the largest error) is kept in hidden
 * variables, so that a run that starts again from a state goes on with the same parts.
 */
const errorName = "error of the step";
const sizeName = "size of its parts";
/** More parts than this mean that the error cannot be brought within tolerance. */
const mostParts = 2 ** 14;
/** In place of an error that is no number. */
const beyond = 1e30;

export const partFrom = (graph: Graph): Expr => graph.symbol("part.from");
export const partSize = (graph: Graph): Expr => graph.symbol("part.size");

/** Adds the hidden variables of a program in parts: the largest ratio of error to tolerance so far in the step, and the size. */
export function hideErrors(
  graph: Graph,
  { absolute, relative }: NonNullable<Setup["tolerance"]>,
  [before, after, error]: readonly [Vector, Vector, Vector],
  hidden: Hidden[],
): void {
  const magnitude = (x: Expr | undefined): Expr => graph.call("abs", [x ?? graph.constant(0)]);
  const symbol = graph.symbol(`state.${before.length + hidden.length}`);
  const later = graph.call("lt", [graph.constant(0), partFrom(graph)]);
  const worst = error.reduce<Expr>(
    (most, e, v) => {
      const size = graph.call("max", [magnitude(before[v]), magnitude(after[v])]);
      const scale = graph.add(graph.constant(absolute), graph.mul(graph.constant(relative), size));
      const ratio = graph.div(magnitude(e), scale);
      // NaN is below nothing: it counts as an error beyond all.
      const known = graph.select(graph.call("lt", [ratio, graph.constant(beyond)]), ratio, graph.constant(beyond));
      return graph.call("max", [most, known]);
    },
    graph.select(later, symbol, graph.constant(0)),
  );
  hide(hidden, graph, before.length, { name: errorName, next: worst, start: 0 });
  hide(hidden, graph, before.length, { name: sizeName, next: partSize(graph), start: 1 });
}

/** How many parts were taken and how many of them in vain. */
export interface PartStatistics {
  taken: number;
  rejected: number;
  /** The most parts of one step that was kept. */
  most: number;
}

/** Takes one step in parts. */
export type Stepper = () => BlowUp | undefined;

/**
 * @param order by which the error of a part falls when its size does
 * @throws Fault LIMIT where no number of parts brings the error within tolerance
 */
export function partStepper(
  kernel: Kernel,
  program: Program,
  feed: DriveFeed,
  { scheme: { order }, dtMs }: Pick<Setup, "scheme" | "dtMs">,
  statistics: PartStatistics,
): Stepper {
  const { regions: n, stateNames } = program;
  const errorAt = stateNames.indexOf(errorName) * n;
  const sizeAt = stateNames.indexOf(sizeName) * n;
  const worstOf = (state: Float64Array): number =>
    state.subarray(errorAt, errorAt + n).reduce((most, x) => Math.max(most, x), 0);
  /** Half as many parts where the last error leaves room for parts of twice the size, with half of it to spare. */
  const planned = (): number => {
    const state = kernel.state();
    const parts = Math.round(1 / (state[sizeAt] ?? 1));
    return parts > 1 && worstOf(state) * 2 ** order < 0.5 ? parts / 2 : parts;
  };
  return () => {
    const step = kernel.step();
    for (let parts = planned(); parts <= mostParts;) {
      const size = 1 / parts;
      let worst = 0;
      for (let k = 0; k < parts && worst <= 1; k++) {
        feed.fill(kernel, step, 1, { from: k * size, size });
        kernel.part(k * size, size);
        statistics.taken++;
        worst = worstOf(kernel.state());
        if (worst > 1) statistics.rejected += k + 1;
      }
      if (worst <= 1) {
        statistics.most = Math.max(statistics.most, parts);
        return kernel.commit();
      }
      kernel.undo();
      const needed = worst < beyond ? Math.ceil(Math.log2(worst) / order) : 1;
      parts *= 2 ** Math.min(4, Math.max(1, needed));
    }
    throw fault("LIMIT", `the error of step ${step + 1} is not within tolerance with ${mostParts} parts`, {
      where: `t = ${Number((step * dtMs).toPrecision(10))} ms`,
      why: "the solution may grow without bound, jump, or be too stiff for an explicit scheme",
      next: "larger integrator.rtol and atol, or a scheme for stiff models: ros2, theta",
    });
  };
}

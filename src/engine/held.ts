import type { BoundValue } from "../ir/bind.js";
import type { Vector } from "../ir/expand-scheme.js";
import type { Expr, Graph } from "../ir/graph.js";
import type { Regional, Setup } from "./setup.js";

/** State variables that an experiment holds at a value, everywhere or at some regions. */
export interface Held {
  /** A state with held variables at their values. */
  readonly hold: (state: Vector) => Vector;
  /** Slopes, or amplitudes of noise, with those of held variables 0. */
  readonly still: (slopes: Vector) => Vector;
  /** What the symbols of both stand for. */
  readonly values: ReadonlyMap<string, BoundValue>;
}

/** Whether a variable is held at a region: NaN where it is not. */
export const heldAt = (value: Regional | undefined, region: number): number =>
  (typeof value === "object" ? value[region] : value) ?? NaN;

export function heldVariables(graph: Graph, setup: Pick<Setup, "clamp">, stateNames: readonly string[]): Held {
  const values = new Map<string, BoundValue>();
  const { clamp = {} } = setup;
  const given = stateNames.map((name) => (Object.hasOwn(clamp, name) ? clamp[name] : undefined));
  given.forEach((value, v) => {
    if (value === undefined) return;
    values.set(`held.${v}`, typeof value === "number" ? value : value.map((x) => (Number.isNaN(x) ? 0 : x)));
    if (typeof value === "object")
      values.set(
        `isHeld.${v}`,
        value.map((x) => (Number.isNaN(x) ? 0 : 1)),
      );
  });
  const where = (v: number, free: Expr, fixed: Expr): Expr => {
    const value = given[v];
    if (value === undefined) return free;
    if (typeof value === "number" || value.every((x) => !Number.isNaN(x))) return fixed;
    return graph.select(graph.call("lt", [graph.constant(0), graph.symbol(`isHeld.${v}`)]), fixed, free);
  };
  return {
    hold: (state) => state.map((x, v) => where(v, x, graph.symbol(`held.${v}`))),
    still: (slopes) => slopes.map((x, v) => where(v, x, graph.constant(0))),
    values,
  };
}

import { graph as newGraph, type Expr, type Graph } from "../../src/ir/graph.js";
import type { Edges, Program, Start } from "../../src/ir/program.js";
import { channelsOf } from "../../src/kernels/channels.js";

/** Small programs whose every number can be worked out by hand. */

/** Edges [target, source, delay, weight], sorted by target. */
export function edgesOf(regions: number, list: readonly (readonly [number, number, number, number])[]): Edges {
  const start = new Uint32Array(regions + 1);
  for (const [target] of list) for (let i = target + 1; i <= regions; i++) start[i] = (start[i] ?? 0) + 1;
  return {
    start,
    source: Uint32Array.from(list, (e) => e[1]),
    delay: Uint32Array.from(list, (e) => e[2]),
    weight: Float64Array.from(list, (e) => e[3]),
  };
}

export interface Hand {
  readonly regions: number;
  readonly next: (g: Graph) => readonly Expr[];
  readonly observe?: (g: Graph) => readonly Expr[];
  readonly precision?: "f32" | "f64";
  readonly drives?: Program["drives"];
  readonly parts?: boolean;
  readonly edges?: Edges;
  readonly instant?: Edges;
  readonly lookahead?: 0 | 1;
}

/** Every region sends its first variable, where there are edges. */
export function handProgram(hand: Hand): Program {
  const graph = newGraph();
  const { regions, edges = edgesOf(regions, []), instant = edgesOf(regions, []) } = hand;
  const next = hand.next(graph);
  const channels = edges.source.length + instant.source.length > 0 ? 1 : 0;
  return {
    graph,
    precision: hand.precision ?? "f64",
    regions,
    stateNames: next.map((_, v) => `x${v}`),
    channels,
    regional: [],
    edges,
    instant,
    maxDelay: Math.max(0, ...edges.delay),
    numpySums: undefined,
    lookahead: hand.lookahead ?? 0,
    send: channels > 0 ? [graph.symbol("state.0")] : [],
    phases: [{ next, carry: [], send: [] }],
    drives: hand.drives ?? [],
    parts: hand.parts ?? false,
    noise: [],
    key: [1, 2, 3, 4],
    observe: hand.observe?.(graph) ?? [],
  };
}

/** A start at rest: the past is what the state sends. */
export const still = (program: Program, state: Float64Array): Start => ({
  step: 0,
  state,
  past: channelsOf(program, state),
  pastRows: 1,
});

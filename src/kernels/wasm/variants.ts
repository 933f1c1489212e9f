import { topological } from "../../ir/graph.js";
import type { Program } from "../../ir/program.js";
import type { Variant } from "../kernel.js";

/** Builds worth timing for a program, the one expected to be fastest first. None changes the result. */
export function variants(program: Program): Variant[] {
  const lanes = program.precision === "f32" ? 4 : 2;
  const shortest = program.edges.delay.reduce((least, d) => Math.min(least, d), Infinity);
  // A block of K steps needs delays of K - 1 + lookahead at least; shorter edges are summed step by step.
  const free = Number.isFinite(shortest) ? shortest + 1 - program.lookahead : 64;
  const whole = Math.floor(Math.min(free, 64) / lanes) * lanes;
  const blocks = program.parts
    ? [lanes]
    : whole >= 16
      ? [whole, ...[64, 32].filter((b) => b !== whole && b <= free)]
      : [16, 32, 8, ...(whole >= 4 ? [whole] : [])];
  // Side by side, regions hide each other's latency until their values no longer fit the registers: four for the
  // lightest models, two for those with exponentials.
  const nodes = topological(program.phases.flatMap((p) => p.next));
  const light = nodes.length < 150 && !nodes.some((node) => node.kind === "call" && node.op === "pow2");
  const groups = (light ? [4, 2, 1] : [2, 1, 4]).filter((g) => g === 1 || program.regions > lanes * (g - 1));
  return [...new Set(blocks)].flatMap((block) => groups.map((g) => ({ block, groups: g })));
}

export const defaultVariant = (program: Program): Variant => variants(program)[0] ?? { block: 16, groups: 1 };

import { topological, type Expr, type Graph } from "../ir/graph.js";
import type { Phase } from "../ir/program.js";

/**
 * Cuts a step into phases between which undelayed sums are exchanged. `instant.s.c` of stage s becomes `instant.c` of
 * phase s; values that a later phase needs from an earlier one become carries. Stage 0 uses what the new state of the
 * last step sent (`Program.send`), so the last phase sends nothing itself.
 * @param next the new state
 * @param stageSends what each stage sends; empty when nothing is exchanged within a step
 */
export function splitPhases(graph: Graph, next: readonly Expr[], stageSends: readonly (readonly Expr[])[]): Phase[] {
  if (stageSends.length === 0) return [{ next, carry: [], send: [] }];
  const count = stageSends.length;
  // Phase p computes what stage p + 1 reads.
  const outputsOf = (p: number): readonly Expr[] => (p === count - 1 ? next : (stageSends[p + 1] ?? []));
  const level = new Map<Expr, number>();
  const all = Array.from({ length: count }, (_, p) => outputsOf(p)).flat();
  for (const node of topological(all)) {
    if (node.kind === "call") level.set(node, Math.max(0, ...node.args.map((a) => level.get(a) ?? 0)));
    else {
      const match = node.kind === "symbol" ? /^instant\.(\d+)\.\d+$/.exec(node.name) : null;
      level.set(node, match ? Number(match[1]) : 0);
    }
  }
  const carries = new Map<Expr, number>();
  const carryIn: { slot: number; node: Expr }[][] = Array.from({ length: count }, () => []);
  const isCarried = (node: Expr, p: number): boolean =>
    node.type === "float" &&
    (level.get(node) ?? 0) < p &&
    (node.kind === "call" || (node.kind === "symbol" && node.name.startsWith("instant.")));
  const build = (p: number, outputs: readonly Expr[]): Expr[] => {
    // What is reached without passing a carried value, walked with a stack of our own: chains may be long.
    const reached = new Set<Expr>();
    const stack = [...outputs];
    for (let node = stack.pop(); node; node = stack.pop()) {
      if (reached.has(node)) continue;
      reached.add(node);
      if (node.kind === "call" && !isCarried(node, p)) stack.push(...node.args);
    }
    const made = new Map<Expr, Expr>();
    for (const node of topological(outputs)) {
      if (!reached.has(node)) continue;
      if (isCarried(node, p)) made.set(node, graph.symbol(`carry.${slotOf(node)}`));
      else if (node.kind === "symbol") made.set(node, graph.symbol(node.name.replace(/^instant\.\d+\./, "instant.")));
      else if (node.kind === "call")
        made.set(
          node,
          graph.call(
            node.op,
            node.args.map((a) => made.get(a) ?? a),
          ),
        );
      else made.set(node, node);
    }
    return outputs.map((node) => made.get(node) ?? node);
  };
  const slotOf = (node: Expr): number => {
    let slot = carries.get(node);
    if (slot === undefined) {
      slot = carries.size;
      carries.set(node, slot);
      carryIn[level.get(node) ?? 0]?.push({ slot, node });
    }
    return slot;
  };
  // From the last phase back, so that what it needs is known when the earlier ones are built.
  const phases: Phase[] = [];
  for (let p = count - 1; p >= 0; p--) {
    const outputs = build(p, outputsOf(p));
    const kept = carryIn[p] ?? [];
    const carry = build(
      p,
      kept.map((k) => k.node),
    ).map((value, k) => ({ slot: kept[k]?.slot ?? 0, value }));
    const last = p === count - 1;
    phases.unshift({ next: last ? outputs : [], carry, send: last ? [] : outputs });
  }
  return phases;
}

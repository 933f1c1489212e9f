import { fault } from "../core/fault.js";
import { symbolsOf, topological, type Expr, type Graph } from "../ir/graph.js";

const channelOf = (name: string): number | undefined => {
  const match = /^sum\.(\d+)\.|^instant\.\d+\.(\d+)$/.exec(name);
  return match ? Number(match[1] ?? match[2]) : undefined;
};

/** Channels that these expressions read, in order. */
export function usedChannels(outputs: readonly Expr[], channels: number): number[] {
  const names = symbolsOf(outputs);
  return Array.from({ length: channels }, (_, c) => c).filter((c) => names.some((name) => channelOf(name) === c));
}

/** Gives the used channels the numbers 0, 1, … in expressions. */
export function renumberChannels(graph: Graph, used: readonly number[]): (list: readonly Expr[]) => Expr[] {
  const made = new Map<Expr, Expr>();
  return (list) => {
    for (const node of topological(list)) {
      if (made.has(node)) continue;
      if (node.kind === "call")
        made.set(
          node,
          graph.call(
            node.op,
            node.args.map((a) => made.get(a) ?? a),
          ),
        );
      else {
        const channel = node.kind === "symbol" ? channelOf(node.name) : undefined;
        const slot = channel === undefined ? -1 : used.indexOf(channel);
        made.set(
          node,
          node.kind === "symbol" && slot >= 0
            ? graph.symbol(node.name.replace(/^(sum\.)\d+|(instant\.\d+\.)\d+$/, `$1$2${slot}`))
            : node,
        );
      }
    }
    return list.map((node) => {
      const found = made.get(node);
      if (!found) throw fault("BUG", "a channel was not renumbered");
      return found;
    });
  };
}

import { differentiate } from "../ir/differentiate.js";
import type { ReadModel } from "../ir/equations.js";
import type { Vector } from "../ir/expand-scheme.js";
import { rewrite, type Expr, type Graph } from "../ir/graph.js";

/** Derivatives of a model's equations at a place: [equation][variable]. */
export type LocalJacobian = (scope: ReadonlyMap<string, Expr>) => readonly Vector[];

/**
 * The Jacobian of a model's equations by the region's own state, derived once and then put at places. Whatever else the
 * scope of a place holds (parameters, network inputs) is held fixed, also where it depends on the state.
 */
export function localJacobian(graph: Graph, reader: ReadModel, stateNames: readonly string[]): LocalJacobian {
  let derived: readonly Expr[] | undefined;
  const symbolOf = (name: string): Expr => graph.symbol(`at.${name}`);
  return (scope) => {
    derived ??= reader
      .derivatives(graph, new Map([...scope.keys()].map((name): [string, Expr] => [name, symbolOf(name)])))
      .flatMap((slope) => stateNames.map((name) => differentiate(graph, slope, `at.${name}`)));
    const places = new Map([...scope].map(([name, value]): [Expr, Expr] => [symbolOf(name), value]));
    const flat = rewrite(derived, (node, args) =>
      node.kind === "call" ? graph.call(node.op, args) : (places.get(node) ?? node),
    );
    const n = stateNames.length;
    return stateNames.map((_, row) => flat.slice(row * n, (row + 1) * n));
  };
}

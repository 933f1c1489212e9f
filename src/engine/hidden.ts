import type { Expr, Graph } from "../ir/graph.js";
import type { Regional } from "./setup.js";

/**
 * A state variable of the program that is not the model's: correlated noise, what an adaptive scheme keeps, network
 * inputs that a monitor asks for. Hidden variables follow the model's and are advanced, kept and resumed like them.
 */
export interface Hidden {
  readonly name: string;
  readonly next: Expr;
  readonly start: Regional;
}

/** Adds a hidden variable; returns the symbol of its value at the start of the step. */
export function hide(hidden: Hidden[], graph: Graph, modelVariables: number, variable: Hidden): Expr {
  return graph.symbol(`state.${modelVariables + hidden.push(variable) - 1}`);
}

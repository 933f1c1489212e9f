import { observedText } from "../ir/compose/observe.js";
import type { Model } from "../ir/declare.js";
import type { Expr, Graph } from "../ir/graph.js";
import { parseEquation } from "../ir/parse.js";
import { namesIn } from "../ir/syntax.js";
import { partFrom } from "./adaptive.js";
import { hide, type Hidden } from "./hidden.js";
import type { Setup } from "./setup.js";

interface Scope {
  readonly state: ReadonlyMap<string, Expr>;
  readonly parameters: ReadonlyMap<string, Expr>;
  /** Network inputs at the start of the step. */
  readonly inputs: ReadonlyMap<string, Expr>;
  readonly hidden: Hidden[];
  readonly modelVariables: number;
  /** Steps are taken in parts. */
  readonly inParts: boolean;
}

/**
 * What the monitors read, each text once. Network inputs that they name are kept as hidden variables, as they were at the
 * start of the step.
 * @throws Fault EQUATION
 */
export function observables(
  graph: Graph,
  setup: Setup,
  model: Model,
  { state, parameters, inputs, hidden, modelVariables, inParts }: Scope,
): { readonly observed: readonly string[]; readonly observe: readonly Expr[] } {
  const observed = [...new Set(setup.monitors.flatMap((m) => m.variables))];
  const texts = observed.map((text) => observedText(model, text));
  const where = (k: number) => `observable "${observed[k]}"`;
  const named = new Set(texts.flatMap((text, k) => [...namesIn(text, where(k))]));
  /** That of the first part of a step, kept through the others. */
  const ofStep = (input: Expr): Expr => {
    if (!inParts) return input;
    const kept = graph.symbol(`state.${modelVariables + hidden.length}`);
    return graph.select(graph.call("lt", [graph.constant(0), partFrom(graph)]), kept, input);
  };
  const seen = new Map<string, Expr>();
  for (const name of Object.keys(model.inputs)) {
    if (!named.has(name)) continue;
    const next = ofStep(inputs.get(name) ?? graph.constant(0));
    seen.set(name, hide(hidden, graph, modelVariables, { name: `input ${name}`, next, start: 0 }));
  }
  const scope = new Map([...state, ...parameters, ...seen]);
  return { observed, observe: texts.map((text, k) => parseEquation(graph, text, scope, where(k))) };
}

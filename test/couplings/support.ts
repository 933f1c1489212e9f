import type { Coupling } from "../../src/ir/declare.js";
import { graph } from "../../src/ir/graph.js";
import { parseEquation } from "../../src/ir/parse.js";
import { evaluatorOf } from "../models/support.js";

/** Names that what is sent, and what is received, may use besides parameters. */
export const sendNames = (coupling: Coupling): string[] => (coupling.combines === 2 ? ["x0", "x1"] : ["x"]);
export const receiveNames = (coupling: Coupling): string[] => [
  ...(coupling.sends.length === 1 ? ["S"] : coupling.sends.map((_, k) => `S${k}`)),
  ...(coupling.combines === 1 ? ["x"] : []),
  "W",
  "N",
];

/** A coupling's two sides as expressions. */
export function couplingExpressions(coupling: Coupling, compat = false) {
  const g = graph();
  const scopeOf = (names: readonly string[]) =>
    new Map([...names, ...Object.keys(coupling.parameters)].map((name) => [name, g.symbol(name)]));
  const sends = (compat ? coupling.compat?.sends : undefined) ?? coupling.sends;
  const receives = (compat ? coupling.compat?.receives : undefined) ?? coupling.receives;
  return {
    graph: g,
    sends: sends.map((text) => parseEquation(g, text, scopeOf(sendNames(coupling)), coupling.id)),
    receives: parseEquation(g, receives, scopeOf(receiveNames(coupling)), coupling.id),
  };
}

/** A coupling's two sides as functions, at given parameters (defaults for those not given). */
export function couplingEvaluator(coupling: Coupling, given: Readonly<Record<string, number>>, compat = false) {
  const { graph: g, sends, receives } = couplingExpressions(coupling, compat);
  const fixed = new Map(Object.entries(coupling.parameters).map(([name, p]) => [name, given[name] ?? p.default]));
  const names = receiveNames(coupling);
  const received = evaluatorOf(g, [receives], names, fixed);
  return {
    send: evaluatorOf(g, sends, sendNames(coupling), fixed),
    receive: (sums: readonly number[], x: number, weight: number, regions: number): number =>
      received([...sums, ...(names.includes("x") ? [x] : []), weight, regions])[0] ?? NaN,
  };
}

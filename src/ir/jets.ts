import { differentiate } from "./differentiate.js";
import { graph as newGraph, symbolsOf, type Expr } from "./graph.js";
import { parseEquation } from "./parse.js";
import { printText } from "./print.js";
import { simplify } from "./simplify.js";

/** Names that text may mean; functions are followed by a bracket. */
export const namesIn = (text: string): string[] =>
  [...text.matchAll(/\b[A-Za-z]\w*\b(?!\s*\()/g)].map(([name]) => name).filter((name) => name !== "pi");

/** What a first derivative is called, and a second: `F_dE`, `F_dEdI`. */
export const slopeName = (name: string, ...by: readonly string[]): string =>
  `${name}_${by.map((b) => `d${b}`).join("")}`;

/**
 * Definitions of the first and second partial derivatives of definitions, by the chain rule from one to the next: text stays as
 * short as that of the definitions, where a derivative of the whole would repeat every part of it many times over.
 * @param definitions in order, each may use those before it
 * @param by the names to differentiate by
 * @returns definitions to put after the given ones; derivatives that are 0 everywhere are left out
 */
export function jets(definitions: Readonly<Record<string, string>>, by: readonly string[]): Record<string, string> {
  const graph = newGraph();
  const { add, mul } = graph;
  const zero = graph.constant(0);
  const known = [...by, ...Object.keys(definitions)];
  const scope = new Map([...known, ...Object.values(definitions).flatMap(namesIn)].map((n) => [n, graph.symbol(n)]));
  const made = new Map<string, Expr>(by.map((name) => [slopeName(name, name), graph.constant(1)]));
  const slope = (name: string, ...order: readonly string[]): Expr => made.get(slopeName(name, ...order)) ?? zero;
  const texts: Record<string, string> = {};
  const keep = (name: string, terms: readonly Expr[]): void => {
    const [sum = zero] = simplify(graph, [terms.reduce(add, zero)]);
    if (sum.kind === "const" && sum.value === 0) return;
    texts[name] = printText(sum);
    made.set(name, graph.symbol(name));
  };
  for (const [name, text] of Object.entries(definitions)) {
    const value = parseEquation(graph, text, scope, name);
    const uses = symbolsOf([value]).filter((n) => known.includes(n));
    const partials = uses.map((a) => ({ a, partial: differentiate(graph, value, a) }));
    for (const x of by)
      keep(
        slopeName(name, x),
        partials.map(({ a, partial }) => mul(partial, slope(a, x))),
      );
    by.forEach((x, k) => {
      for (const y of by.slice(k)) {
        const bends = partials.flatMap(({ a, partial }, i) =>
          uses.slice(i).map((b) => {
            const both = mul(slope(a, x), slope(b, y));
            const crossed = a === b ? both : add(both, mul(slope(b, x), slope(a, y)));
            return mul(differentiate(graph, partial, b), crossed);
          }),
        );
        keep(slopeName(name, x, y), [...bends, ...partials.map(({ a, partial }) => mul(partial, slope(a, x, y)))]);
      }
    });
  }
  return texts;
}

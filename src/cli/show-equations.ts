import type { Model } from "../ir/declare.js";
import { differentiate } from "../ir/differentiate.js";
import { graph, type Expr, type Graph } from "../ir/graph.js";
import { parseEquation } from "../ir/parse.js";
import { latexName, printLatex, printText } from "../ir/print.js";
import { tablesIn } from "../ir/tables.js";

/** Definitions and equations as a person reads them. */
export function equationLines(model: Model, latex: boolean): string[] {
  const definitions = Object.entries(model.definitions ?? {});
  if (!latex)
    return [
      ...definitions.map(([name, text]) => `${name} = ${text}`),
      ...Object.entries(model.equations).map(([name, text]) => `d${name}/dt = ${text}`),
    ];
  const g = graph();
  const scope = symbolScope(g, model);
  const print = (text: string) => printLatex(parseEquation(g, text, scope, model.id));
  const lines = definitions.map(([name, text]) => {
    const line = `${latexName(name)} = ${print(text)}`;
    scope.set(name, g.symbol(name));
    return line;
  });
  return [
    ...lines,
    ...Object.entries(model.equations).map(([name, text]) => `\\frac{d ${latexName(name)}}{dt} = ${print(text)}`),
  ];
}

/** The derivative of each equation by each state variable that is not zero everywhere. */
export function jacobianLines(model: Model, latex: boolean): string[] {
  const g = graph();
  const scope = symbolScope(g, model);
  for (const [name, text] of Object.entries(model.definitions ?? {}))
    scope.set(name, parseEquation(g, text, scope, model.id));
  const zero = g.constant(0);
  return Object.entries(model.equations).flatMap(([row, text]) => {
    const equation = parseEquation(g, text, scope, model.id);
    return Object.keys(model.state).flatMap((column) => {
      const slope = differentiate(g, equation, column);
      if (slope === zero) return [];
      return latex
        ? [`\\partial_{${latexName(column)}} \\dot{${latexName(row)}} = ${printLatex(slope)}`]
        : [`d(d${row}/dt)/d${column} = ${printText(slope)}`];
    });
  });
}

const symbolScope = (g: Graph, { state, parameters, inputs, local, tables = {} }: Model): Map<string, Expr> =>
  new Map([
    ...tablesIn(g, { tables }),
    ...Object.keys({ ...state, ...parameters, ...inputs, ...local }).map((name): [string, Expr] => [
      name,
      g.symbol(name),
    ]),
  ]);

import { fault } from "../../src/core/fault.js";
import { parseUnit, type Unit } from "../../src/core/units.js";
import type { Model } from "../../src/ir/declare.js";
import { graph, type Expr, type Graph } from "../../src/ir/graph.js";
import { parseEquation } from "../../src/ir/parse.js";

/** The equations of a model as expressions over symbols named like its states, parameters and inputs. */
export function expressionsOf(model: Model): {
  graph: Graph;
  definitions: ReadonlyMap<string, Expr>;
  equations: readonly Expr[];
  scope: ReadonlyMap<string, Expr>;
} {
  const g = graph();
  const scope = new Map<string, Expr>();
  for (const group of [model.state, model.parameters, model.inputs])
    for (const name of Object.keys(group)) scope.set(name, g.symbol(name));
  const definitions = new Map<string, Expr>();
  for (const [name, text] of Object.entries(model.definitions ?? {})) {
    const made = parseEquation(g, text, scope, `${model.id}, definition of ${name}`);
    definitions.set(name, made);
    scope.set(name, made);
  }
  const equations = Object.keys(model.state).map((name) =>
    parseEquation(g, model.equations[name] ?? "", scope, `${model.id}, equation of ${name}`),
  );
  return { graph: g, definitions, equations, scope };
}

/** Units of everything equations may name. */
export function unitsOf(model: Model): ReadonlyMap<string, Unit> {
  const groups = [model.state, model.parameters, model.inputs];
  return new Map(groups.flatMap((group) => Object.entries(group).map(([name, { unit }]) => [name, parseUnit(unit)])));
}

/** Default parameters with some replaced, and inputs 0. */
export function valuesOf(model: Model, changed: Readonly<Record<string, number>>): Map<string, number> {
  for (const name of Object.keys(changed))
    if (!Object.hasOwn(model.parameters, name)) throw fault("BUG", `${model.id} has no parameter ${name}`);
  return new Map([
    ...Object.keys(model.inputs).map((name): [string, number] => [name, 0]),
    ...Object.entries(model.parameters).map(([name, p]): [string, number] => [name, changed[name] ?? p.default]),
  ]);
}

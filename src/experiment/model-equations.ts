import { fault } from "../core/fault.js";
import { divideUnits, parseUnit, type Unit } from "../core/units.js";
import { checkUnit, unitOf } from "../ir/check-units.js";
import type { Model } from "../ir/declare.js";
import { graph, type Expr } from "../ir/graph.js";
import { parseEquation } from "../ir/parse.js";
import { tablesIn } from "../ir/tables.js";

type At = (path: readonly string[]) => string;

/**
 * Reads every equation of a model and checks names and units.
 * @throws Fault EQUATION or UNIT
 */
export function checkModelEquations(model: Model, at: At): void {
  const g = graph();
  const scope = new Map(tablesIn(g, model));
  const units = new Map<string, Unit>();
  const declare = (name: string, unit: string, path: readonly string[]) => {
    scope.set(name, g.symbol(name));
    units.set(name, unitAt(unit, at(path)));
  };
  for (const [name, { unit }] of Object.entries(model.state)) declare(name, unit, ["state", name]);
  const stateScope = new Map(scope);
  for (const [name, { unit }] of Object.entries(model.parameters)) declare(name, unit, ["parameters", name]);
  const sendScope = new Map(scope);
  for (const [name, { unit }] of Object.entries(model.inputs)) declare(name, unit, ["inputs", name]);
  for (const [name, { unit }] of Object.entries(model.local ?? {})) declare(name, unit, ["local", name]);
  const read = (text: string, names: ReadonlyMap<string, Expr>, where: string): Expr => {
    const expression = parseEquation(g, text, names, where);
    if (expression.type !== "float") throw fault("EQUATION", "this is a condition, not a number", { where });
    return expression;
  };
  for (const [name, text] of Object.entries(model.definitions ?? {})) {
    const where = at(["definitions", name]);
    const expression = read(text, scope, where);
    unitOf(expression, units, where);
    scope.set(name, expression);
  }
  const perTime = parseUnit(model.time === "ms" ? "ms" : "1");
  for (const [name, text] of Object.entries(model.equations)) {
    const where = at(["equations", name]);
    checkUnit(read(text, scope, where), divideUnits(units.get(name) ?? perTime, perTime), units, where);
  }
  for (const [k, text] of model.sends.entries())
    unitOf(read(text, sendScope, at(["sends", String(k)])), units, at(["sends", String(k)]));
  for (const [name, { of }] of Object.entries(model.local ?? {})) read(of, sendScope, at(["local", name, "of"]));
  for (const [k, text] of model.observe.entries()) read(text, stateScope, at(["observe", String(k)]));
}

function unitAt(text: string, where: string): Unit {
  try {
    return parseUnit(text);
  } catch {
    throw fault("UNIT", `"${text.slice(0, 60)}" is not a unit`, { where, next: "such as mV, 1/ms, mV/(ms*nA) or 1" });
  }
}

import { Fault } from "../core/fault.js";
import { parseUnit, printUnit, type Unit } from "../core/units.js";
import { unitOf } from "../ir/check-units.js";
import { observedBy } from "../ir/compose/observe.js";
import type { Model } from "../ir/declare.js";
import { graph, type Expr } from "../ir/graph.js";
import { parseEquation } from "../ir/parse.js";
import { tablesIn } from "../ir/tables.js";

/** The unit of a recorded variable: the declared one of a state variable, or what an expression of several comes to. */
export function variableUnit(text: string, model: Model): string {
  if (model.mixed) {
    const { parts } = model.mixed;
    const units = observedBy(parts, text).flatMap((own, k) => {
      const part = parts[k];
      return own === undefined || !part ? [] : [variableUnit(own, part.model)];
    });
    return new Set(units).size > 1 ? "mixed" : (units[0] ?? "1");
  }
  const own = Object.hasOwn(model.state, text) ? model.state[text] : undefined;
  if (own) return own.unit;
  const g = graph();
  const names = Object.entries({ ...model.state, ...model.inputs });
  const scope = new Map([...tablesIn(g, model), ...names.map(([name]): [string, Expr] => [name, g.symbol(name)])]);
  const units = new Map(names.map(([name, { unit }]): [string, Unit] => [name, parseUnit(unit)]));
  try {
    const unit = unitOf(parseEquation(g, text, scope), units);
    if (unit === "any") return "1";
    // "x2 - x1" of two variables in mV is in mV, not in a base unit's spelling.
    const same = names.find(([, declared]) => printUnit(parseUnit(declared.unit)) === printUnit(unit));
    return same ? same[1].unit : printUnit(unit);
  } catch (error) {
    // A mixture of units is an odd thing to record, but not ours to forbid.
    if (error instanceof Fault && error.code === "UNIT") return "mixed";
    throw error;
  }
}

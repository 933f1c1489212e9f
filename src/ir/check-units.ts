import { fault } from "../core/fault.js";
import {
  dimensionless,
  divideUnits,
  multiplyUnits,
  parseUnit,
  powerUnit,
  printUnit,
  sameUnit,
  type Unit,
} from "../core/units.js";
import { topological, type Expr } from "./graph.js";
import { isElementary, isReading } from "./ops.js";

/** A unit, or "any": the literal 0 fits every unit. */
type Dimension = Unit | "any";

/**
 * Derives the unit of an expression from those of its symbols.
 * @throws Fault UNIT where units of a sum, comparison or choice differ, or a function gets something with a unit
 */
export function unitOf(expression: Expr, units: ReadonlyMap<string, Unit>, where?: string): Dimension {
  const known = new Map<Expr, Dimension>();
  const differ = (op: string, a: Unit, b: Unit) =>
    fault("UNIT", `${op} joins ${printUnit(a)} and ${printUnit(b)}`, {
      where,
      next: "a constant with a unit belongs in a parameter",
    });
  const same = (op: string, a: Dimension, b: Dimension): Dimension => {
    if (a === "any") return b;
    if (b === "any" || sameUnit(a, b)) return a;
    throw differ(op, a, b);
  };
  const plain = (op: string, a: Dimension): Dimension => {
    if (a === "any" || sameUnit(a, dimensionless)) return dimensionless;
    throw fault("UNIT", `${op} takes a number without unit, not ${printUnit(a)}`, { where });
  };
  for (const node of topological([expression])) {
    if (node.kind === "const") known.set(node, node.value === 0 ? "any" : dimensionless);
    else if (node.kind === "symbol") {
      const unit = units.get(node.name);
      if (!unit) throw fault("BUG", `no unit is known for ${node.name}`, { where });
      known.set(node, unit);
    } else if (node.kind === "table") known.set(node, "any");
    else if (isReading(node.op)) {
      const [table, ...places] = node.args;
      if (table?.kind !== "table") throw fault("BUG", "a reading without a table", { where });
      places.forEach((place, k) => {
        const [has, wants] = [known.get(place) ?? "any", parseUnit(table.table.axes[k]?.unit ?? "1")];
        if (has !== "any" && !sameUnit(has, wants))
          throw fault("UNIT", `${table.table.name} wants ${printUnit(wants)}, not ${printUnit(has)}`, { where });
      });
      known.set(node, parseUnit(table.table.unit));
    } else {
      const [a = "any", b = "any", c = "any"] = node.args.map((n) => known.get(n) ?? "any");
      known.set(node, unitOfCall(node.op, node.args, [a, b, c], same, plain, where));
    }
  }
  return known.get(expression) ?? "any";
}

function unitOfCall(
  op: string,
  args: readonly Expr[],
  [a, b, c]: readonly [Dimension, Dimension, Dimension],
  same: (op: string, a: Dimension, b: Dimension) => Dimension,
  plain: (op: string, a: Dimension) => Dimension,
  where: string | undefined,
): Dimension {
  switch (op) {
    case "add":
    case "sub":
    case "min":
    case "max":
      return same(op, a, b);
    case "lt":
    case "le":
    case "gt":
    case "ge":
    case "eq":
    case "ne":
      same(op, a, b);
      return dimensionless;
    case "select":
      return same(op, b, c);
    case "mul":
      return a === "any" || b === "any" ? "any" : multiplyUnits(a, b);
    case "div":
      return a === "any" || b === "any" ? "any" : divideUnits(a, b);
    case "neg":
    case "abs":
      return a;
    case "sqrt":
      return a === "any" ? a : powerUnit(a, 0.5);
    case "cbrt":
      return a === "any" ? a : powerUnit(a, 1 / 3);
    case "pow": {
      const exponent = args[1];
      if (exponent?.kind === "const") return a === "any" ? a : powerUnit(a, exponent.value);
      plain("the base of a variable power", a);
      plain("an exponent", b);
      return dimensionless;
    }
    case "and":
    case "or":
    case "not":
      return dimensionless;
    case "floor":
      return plain(op, a);
    default:
      if (!isElementary(op)) throw fault("BUG", `${op} has no unit rule`, { where });
      return plain(op, a);
  }
}

/** @throws Fault UNIT when the expression has another unit than the wanted one. */
export function checkUnit(expression: Expr, wanted: Unit, units: ReadonlyMap<string, Unit>, where: string): void {
  const found = unitOf(expression, units, where);
  if (found !== "any" && !sameUnit(found, wanted))
    throw fault("UNIT", `the expression is in ${printUnit(found)}, wanted ${printUnit(wanted)}`, { where });
}

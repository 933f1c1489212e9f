import { nearestName } from "../core/fault.js";
import type { Expr, Graph } from "./graph.js";
import { elementaries, isElementary, isPrimitive, opShape } from "./ops.js";
import { equationFault, parseSyntax, type Syntax } from "./syntax.js";

/** Names an equation may use, and what they stand for. */
export type Scope = ReadonlyMap<string, Expr>;

/** Primitives that equation text may call by name; the others exist for our own elementary functions. */
const openPrimitives = ["abs", "sqrt", "min", "max", "floor", "select"] as const;
const sugar = ["sign", "heaviside"] as const;
/** Operators arrive as calls too; they cannot be written by name. */
const operatorNames = [
  "add",
  "sub",
  "mul",
  "div",
  "neg",
  "pow",
  "lt",
  "le",
  "gt",
  "ge",
  "eq",
  "ne",
  "and",
  "or",
  "not",
  "select",
];

const isFunctionName = (name: string): boolean =>
  isElementary(name) ||
  (openPrimitives as readonly string[]).includes(name) ||
  (sugar as readonly string[]).includes(name);

/**
 * Reads equation text into the graph.
 * @param where what the text is, for faults: "jansen-rit, equation of y0"
 * @throws Fault EQUATION pointing at the column
 */
export const parseEquation = (graph: Graph, text: string, scope: Scope, where?: string): Expr =>
  meaning(graph, parseSyntax(text, where), scope, text, where);

/** Gives parsed text its meaning in a scope. */
export function meaning(graph: Graph, syntax: Syntax, scope: Scope, text: string, where?: string): Expr {
  if (syntax.kind === "number") return graph.constant(syntax.value);
  if (syntax.kind === "name") {
    if (scope.get(syntax.name)?.kind === "table")
      throw equationFault(text, syntax.column, `${syntax.name} is a table: it is called as a function is`, where);
    const known = scope.get(syntax.name) ?? (syntax.name === "pi" ? graph.constant(Math.PI) : undefined);
    if (known) return known;
    const near = nearestName(syntax.name, scope.keys());
    throw equationFault(
      text,
      syntax.column,
      `the name ${syntax.name} is not known here`,
      where,
      `${near ? `did you mean ${near}? ` : ""}known: ${[...scope.keys(), "pi"].slice(0, 60).join(", ")}`,
    );
  }
  const { name, column } = syntax;
  const table = syntax.operator ? undefined : scope.get(name);
  if (table?.kind === "table") {
    const places = syntax.args.map((a) => meaning(graph, a, scope, text, where));
    const axes = table.table.axes.length;
    if (places.length !== axes || places.some(({ type }) => type !== "float"))
      throw equationFault(text, column, `the table ${name} takes ${axes === 1 ? "one number" : "two numbers"}`, where);
    return graph.call(axes === 1 ? "interpolate1" : "interpolate2", [table, ...places]);
  }
  if (syntax.operator ? !operatorNames.includes(name) : !isFunctionName(name))
    throw equationFault(
      text,
      column,
      `the function ${name} is not known`,
      where,
      `known: ${[...openPrimitives, ...sugar, ...Object.keys(elementaries)].join(", ")}`,
    );
  const args = syntax.args.map((a) => meaning(graph, a, scope, text, where));
  const [x] = args;
  // A negative number is one: x^-2 has a constant exponent.
  if (syntax.operator && name === "neg" && x?.kind === "const") return graph.constant(-x.value);
  if (name === "sign" || name === "heaviside") {
    if (args.length !== 1 || x?.type !== "float") throw equationFault(text, column, `${name} takes one number`, where);
    const zero = graph.constant(0);
    const positive = graph.call(name === "sign" ? "gt" : "ge", [x, zero]);
    const other = name === "sign" ? graph.select(graph.call("lt", [x, zero]), graph.constant(-1), zero) : zero;
    return graph.select(positive, graph.constant(1), other);
  }
  if (!isPrimitive(name) && !isElementary(name))
    throw equationFault(text, column, `the function ${name} is not known`, where);
  const wanted = opShape(name).args;
  const shown = (types: readonly string[]) => types.map((t) => (t === "bool" ? "condition" : "number")).join(", ");
  if (wanted.length !== args.length || wanted.some((type, k) => args[k]?.type !== type))
    throw equationFault(
      text,
      column,
      `${name} takes (${shown(wanted)}), not (${shown(args.map((a) => a.type))})`,
      where,
    );
  return graph.call(name, args);
}

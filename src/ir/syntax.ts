import { create, parseDependencies, type MathNode } from "mathjs";
import { fault, type Fault } from "../core/fault.js";

/** Equation text after parsing and before names are given a meaning. */
export type Syntax =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Syntax[] };

/** An equation longer or deeper than this is an attack or a mistake; the largest published model has 400 characters. */
const limits = { characters: 4000, depth: 100 };

const tokenPattern =
  /\s+|\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|[A-Za-z_][A-Za-z0-9_]*|[<>=!]=|[-+*/^(),<>?:]/y;

const operators: Readonly<Record<string, string>> = {
  add: "add",
  subtract: "sub",
  multiply: "mul",
  divide: "div",
  pow: "pow",
  unaryMinus: "neg",
  unaryPlus: "plus",
  smaller: "lt",
  smallerEq: "le",
  larger: "gt",
  largerEq: "ge",
  equal: "eq",
  unequal: "ne",
  and: "and",
  or: "or",
  not: "not",
};

// Only `parse` is taken from mathjs; the build drops the rest.
const { parse } = create(parseDependencies ?? {});

/** A fault that shows the text with a caret under the column (1-based). */
export function equationFault(text: string, column: number, what: string, where?: string, next?: string): Fault {
  const from = Math.max(0, column - 40);
  const shown = text.slice(from, column + 40).replaceAll(/\s/g, " ");
  return fault("EQUATION", what, {
    where: `${where ? `${where}, ` : ""}column ${column}\n         ${shown}\n         ${" ".repeat(column - 1 - from)}^`,
    next,
    data: { column },
  });
}

/** Column of the first whole-word occurrence of a name. */
export function columnOf(text: string, name: string): number {
  const match = new RegExp(`(?<![A-Za-z0-9_])${name.replaceAll(/[^A-Za-z0-9_]/g, "\\$&")}(?![A-Za-z0-9_])`).exec(text);
  return (match?.index ?? 0) + 1;
}

/**
 * Parses equation text with mathjs's `parse` after a lexical check of our own; nothing is ever evaluated.
 * @throws Fault EQUATION that points at the column
 */
export function parseSyntax(text: string, where?: string): Syntax {
  checkTokens(text, where);
  let tree: MathNode;
  try {
    tree = parse(text);
  } catch (error) {
    const at = (error as { char?: number }).char;
    throw equationFault(
      text,
      Math.min(at ?? text.length, text.length || 1),
      "this is not a complete expression",
      where,
    );
  }
  return convert(tree, text, where, 0);
}

function checkTokens(text: string, where: string | undefined): void {
  if (text.trim() === "") throw fault("EQUATION", "the expression is empty", { where });
  if (text.length > limits.characters)
    throw equationFault(text, limits.characters, `an expression may have ${limits.characters} characters`, where);
  let depth = 0;
  let prefixes = 0;
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.length) {
    const column = tokenPattern.lastIndex + 1;
    const token = tokenPattern.exec(text)?.[0];
    if (token === undefined) {
      const character = text[column - 1] ?? "";
      throw equationFault(
        text,
        column,
        `${JSON.stringify(character)} may not stand in an equation`,
        where,
        "equations hold numbers, names, + - * / ^, comparisons, and, or, not, functions and parentheses",
      );
    }
    if (token === "(" && ++depth > limits.depth)
      throw equationFault(text, column, `parentheses are nested more than ${limits.depth} deep`, where);
    if (token === ")") depth--;
    prefixes = /^[-+^?]$|^not$/.test(token) ? prefixes + 1 : /^\s|^\w|^\./.test(token) ? prefixes : 0;
    if (prefixes > limits.depth * 2)
      throw equationFault(text, column, `more than ${limits.depth * 2} signs, powers or choices in one term`, where);
  }
}

interface AnyNode {
  readonly type: string;
  readonly value?: unknown;
  readonly name?: string;
  readonly fn?: string | { readonly type?: string; readonly name?: string };
  readonly args?: readonly AnyNode[];
  readonly content?: AnyNode;
  readonly implicit?: boolean;
  readonly condition?: AnyNode;
  readonly trueExpr?: AnyNode;
  readonly falseExpr?: AnyNode;
  readonly conditionals?: readonly string[];
  readonly params?: readonly AnyNode[];
}

function convert(node: unknown, text: string, where: string | undefined, depth: number): Syntax {
  const n = node as AnyNode;
  const bad = (what: string, name?: string) => equationFault(text, name ? columnOf(text, name) : 1, what, where);
  if (depth > 2000) throw bad("the expression is nested too deep");
  const sub = (child: AnyNode | undefined): Syntax => convert(child, text, where, depth + 1);
  switch (n.type) {
    case "ConstantNode":
      if (typeof n.value !== "number" || !Number.isFinite(n.value))
        throw bad("only finite numbers may stand here", String(n.value));
      return { kind: "number", value: n.value };
    case "SymbolNode":
      return { kind: "name", name: n.name ?? "" };
    case "ParenthesisNode":
      return sub(n.content);
    case "ConditionalNode":
      return { kind: "call", name: "select", args: [sub(n.condition), sub(n.trueExpr), sub(n.falseExpr)] };
    case "OperatorNode": {
      const name = typeof n.fn === "string" && Object.hasOwn(operators, n.fn) ? operators[n.fn] : undefined;
      if (name === undefined) throw bad(`the operator ${String(n.fn)} is not known`, String(n.fn));
      if (n.implicit) throw bad("write the multiplication sign: 2 * x, not 2 x");
      const args = (n.args ?? []).map(sub);
      return name === "plus" && args[0] ? args[0] : { kind: "call", name, args };
    }
    case "FunctionNode": {
      const name = typeof n.fn === "string" ? n.fn : n.fn?.type === "SymbolNode" ? n.fn.name : undefined;
      if (name === undefined) throw bad("only a function's name may stand before parentheses");
      return { kind: "call", name, args: (n.args ?? []).map(sub) };
    }
    case "RelationalNode": {
      // a < b < c means (a < b) and (b < c)
      const operands = (n.params ?? []).map(sub);
      const parts = (n.conditionals ?? []).map((c, k): Syntax => {
        const name = operators[c];
        const [a, b] = [operands[k], operands[k + 1]];
        if (!name || !a || !b) throw bad("the comparison is not complete");
        return { kind: "call", name, args: [a, b] };
      });
      const [first, ...rest] = parts;
      if (!first) throw bad("the comparison is not complete");
      return rest.reduce<Syntax>((all, part) => ({ kind: "call", name: "and", args: [all, part] }), first);
    }
    default:
      throw bad(`a ${n.type.replace(/Node$/, "").toLowerCase()} may not stand in an equation`);
  }
}

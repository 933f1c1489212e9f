import { create, parseDependencies, type MathNode } from "mathjs";
import { equationFault, tokensOf } from "./tokens.js";

export { equationFault };

/** Equation text after parsing and before names are given a meaning; columns are 1-based. */
export type Syntax =
  | { readonly kind: "number"; readonly value: number; readonly column: number }
  | { readonly kind: "name"; readonly name: string; readonly column: number }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly args: readonly Syntax[];
      readonly column: number;
      /** Written as an operator, not as a function of that name. */
      readonly operator: boolean;
    };

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

/**
 * Parses equation text with mathjs's `parse` after a lexical check of our own; nothing is ever evaluated.
 * @param characters how long the text may be, where it is ours and not a user's
 * @throws Fault EQUATION that points at the column
 */
export function parseSyntax(text: string, where?: string, characters?: number): Syntax {
  const tokens = tokensOf(text, where, characters);
  let tree: MathNode;
  try {
    // A line break would separate expressions.
    tree = parse(text.replaceAll(/\s/g, " "));
  } catch (error) {
    const at = (error as { char?: number }).char;
    throw equationFault(text, Math.min(at ?? text.length, text.length), "this is not a complete expression", where);
  }
  return converter(
    text,
    where,
    tokens.filter(({ text: token }) => !"(),".includes(token)).map((t) => t.column),
  )(tree, 0);
}

interface AnyNode {
  readonly type: string;
  readonly value?: unknown;
  readonly name?: string;
  readonly fn?: string | { readonly type?: string; readonly name?: string };
  readonly args?: readonly AnyNode[];
  readonly content?: AnyNode;
  readonly condition?: AnyNode;
  readonly trueExpr?: AnyNode;
  readonly falseExpr?: AnyNode;
  readonly conditionals?: readonly string[];
  readonly params?: readonly AnyNode[];
}

/**
 * Turns the parser's tree into syntax. The tree does not say where its nodes stand; but a walk from left to right meets
 * names, numbers and operators in the order of the text, so each takes the next column.
 */
function converter(text: string, where: string | undefined, columns: readonly number[]) {
  let next = 0;
  const here = (): number => columns[next] ?? 1;
  const take = (): number => columns[next++] ?? 1;
  const bad = (what: string, column = here()) => equationFault(text, column, what, where);
  const call = (name: string, args: readonly Syntax[], column: number, operator = true): Syntax => ({
    kind: "call",
    name,
    args,
    column,
    operator,
  });
  const operatorOf = (fn: unknown, column: number): string => {
    const name = typeof fn === "string" && Object.hasOwn(operators, fn) ? operators[fn] : undefined;
    if (name === undefined) throw bad(`the operator ${String(fn)} is not known`, column);
    return name;
  };

  function convert(node: unknown, depth: number): Syntax {
    const n = node as AnyNode;
    if (depth > 2000) throw bad("the expression is nested too deep");
    const sub = (child: AnyNode | undefined): Syntax => convert(child, depth + 1);
    switch (n.type) {
      case "ConstantNode":
        if (typeof n.value !== "number" || !Number.isFinite(n.value)) throw bad("only finite numbers may stand here");
        return { kind: "number", value: n.value, column: take() };
      case "SymbolNode":
        return { kind: "name", name: n.name ?? "", column: take() };
      case "ParenthesisNode":
        return sub(n.content);
      case "ConditionalNode": {
        const condition = sub(n.condition);
        const column = take();
        const yes = sub(n.trueExpr);
        take();
        return call("select", [condition, yes, sub(n.falseExpr)], column);
      }
      case "OperatorNode": {
        const [first, second] = n.args ?? [];
        if (second === undefined) {
          const column = take();
          const name = operatorOf(n.fn, column);
          const operand = sub(first);
          return name === "plus" ? operand : call(name, [operand], column);
        }
        const left = sub(first);
        const column = take();
        return call(operatorOf(n.fn, column), [left, sub(second)], column);
      }
      case "FunctionNode": {
        const column = take();
        const name = typeof n.fn === "string" ? n.fn : n.fn?.type === "SymbolNode" ? n.fn.name : undefined;
        if (name === undefined) throw bad("only a function's name may stand before parentheses", column);
        return call(name, (n.args ?? []).map(sub), column, false);
      }
      case "RelationalNode": {
        // a < b < c means (a < b) and (b < c)
        const [firstOperand, ...others] = n.params ?? [];
        let before = sub(firstOperand);
        const parts = others.map((operand, k) => {
          const column = take();
          const after = sub(operand);
          const part = call(operatorOf(n.conditionals?.[k], column), [before, after], column);
          before = after;
          return part;
        });
        const [first, ...rest] = parts;
        if (!first) throw bad("the comparison is not complete");
        return rest.reduce((all, part) => call("and", [all, part], part.column), first);
      }
      default:
        throw bad(`a ${n.type.replace(/Node$/, "").toLowerCase()} may not stand in an equation`);
    }
  }
  return convert;
}

/** Every name that a text uses, functions aside. @throws Fault EQUATION for text that is none */
export function namesIn(text: string, where?: string): ReadonlySet<string> {
  const names = new Set<string>();
  const stack: Syntax[] = [parseSyntax(text, where)];
  for (let s = stack.pop(); s; s = stack.pop()) {
    if (s.kind === "name") names.add(s.name);
    else if (s.kind !== "number") stack.push(...s.args);
  }
  return names;
}

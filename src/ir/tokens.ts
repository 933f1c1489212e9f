import { fault, type Fault } from "../core/fault.js";

export interface Token {
  readonly text: string;
  /** 1-based. */
  readonly column: number;
}

/** An equation longer or deeper than this is an attack or a mistake; the largest published model has 400 characters. */
const limits = { characters: 4000, depth: 100 };

const tokenPattern =
  /\s+|\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|[A-Za-z_][A-Za-z0-9_]*|[<>=!]=|[-+*/^(),<>?:]/y;

const wordOperators = new Set(["and", "or", "not"]);
/** Words that the parser reads as operators and equations do not have. */
const foreignOperators = new Set(["mod", "xor", "to", "in"]);
const isName = (text: string): boolean => /^[A-Za-z_]/.test(text) && !wordOperators.has(text);
const isNumber = (text: string): boolean => /^[.\d]/.test(text);

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

/**
 * The tokens of equation text without white space: a check of our own before the parser sees the text, which knows
 * more than equations may hold.
 * @throws Fault EQUATION that points at the column
 */
export function tokensOf(text: string, where: string | undefined, characters = limits.characters): Token[] {
  if (text.trim() === "") throw fault("EQUATION", "the expression is empty", { where });
  if (text.length > characters)
    throw equationFault(text, characters, `an expression may have ${characters} characters`, where);
  const tokens: Token[] = [];
  let depth = 0;
  let signs = 0;
  let powers = 0;
  let choices = 0;
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.length) {
    const column = tokenPattern.lastIndex + 1;
    const bad = (what: string, next?: string) => equationFault(text, column, what, where, next);
    const token = tokenPattern.exec(text)?.[0];
    if (token === undefined || (token === ":" && choices === 0))
      throw bad(
        `${JSON.stringify(String.fromCodePoint(text.codePointAt(column - 1) ?? 0))} may not stand in an equation`,
        "equations hold numbers, names, + - * / ^, comparisons, and, or, not, functions and parentheses",
      );
    if (/^\s/.test(token)) continue;
    if (foreignOperators.has(token)) throw bad(`the operator ${token} is not known`);
    const before = tokens.at(-1)?.text ?? "";
    const endsOperand = isName(before) || isNumber(before) || before === ")";
    const startsOperand = isName(token) || isNumber(token) || (token === "(" && !isName(before));
    if (endsOperand && startsOperand) throw bad("write the multiplication sign: 2 * x, not 2 x");
    if (token === "?") choices++;
    if (token === ":") choices--;
    if (token === "(" && ++depth > limits.depth) throw bad(`parentheses are nested more than ${limits.depth} deep`);
    if (token === ")") depth--;
    // The parser goes deeper for every sign before an operand and every power of a power, not for a long sum.
    const unary = /^[-+]$|^not$/.test(token) && !endsOperand;
    signs = unary ? signs + 1 : 0;
    powers = token === "^" ? powers + 1 : isName(token) || isNumber(token) || unary || token === ")" ? powers : 0;
    if (Math.max(signs, powers, choices) > limits.depth * 2)
      throw bad(`more than ${limits.depth * 2} signs, powers or choices in one term`);
    tokens.push({ text: token, column });
  }
  return tokens;
}

import { tokensOf } from "../tokens.js";

/** Replaces whole names in equation text; the rest keeps its form. @throws Fault EQUATION for text that is none */
export function renamed(text: string, names: ReadonlyMap<string, string>, where?: string): string {
  let out = "";
  let from = 0;
  for (const { text: token, column } of tokensOf(text, where)) {
    const to = names.get(token);
    if (to === undefined) continue;
    out += text.slice(from, column - 1) + to;
    from = column - 1 + token.length;
  }
  return out + text.slice(from);
}

import { fault } from "../core/fault.js";

export const maxDepth = 64;
/** More separators than any experiment needs; the YAML parser spends microseconds and kilobytes on each. */
const maxTokens = 200_000;

/**
 * Refuses text that is nested too deeply, or has too many parts, before a recursive parser sees it: 400 kB of brackets
 * end the process otherwise. It counts from above (brackets inside quoted text count as well), in one pass.
 * @throws Fault DATA
 */
export function checkNesting(text: string, source: string): void {
  let flow = 0;
  let tokens = 0;
  let line = 1;
  let lineStart = true;
  let column = 0;
  // Open blocks: the indentation of each, and how many levels its line opened ("- - a" opens two).
  const open: { indent: number; levels: number }[] = [];
  let blockLevels = 0;
  const refuse = (what: string) => fault("DATA", what, { where: `${source}:${line}:${column + 1}` });
  for (let at = 0; at < text.length; at++, column++) {
    const c = text[at] ?? "";
    if (c === "\n") {
      [line, column, lineStart] = [line + 1, -1, true];
      continue;
    }
    if (lineStart) {
      if (c === " ") continue;
      lineStart = false;
      for (let top = open.at(-1); top && top.indent >= column; top = open.at(-1)) {
        blockLevels -= top.levels;
        open.pop();
      }
      open.push({ indent: column, levels: 1 });
      blockLevels++;
    }
    const next = text[at + 1] ?? "\n";
    const blank = next === " " || next === "\n" || next === "\t" || next === "\r";
    const top = open.at(-1);
    if ((c === "-" || c === "?" || c === ":") && blank && flow === 0 && top) {
      top.levels++;
      blockLevels++;
    }
    if (c === "[" || c === "{") flow++;
    else if ((c === "]" || c === "}") && flow > 0) flow--;
    if (blank || c === "," || c === "&" || c === "!") tokens++;
    // A map inside a list inside a map counts three levels here and each twice at most: refuse only what is surely deep.
    if (flow > maxDepth || open.length > maxDepth || (top?.levels ?? 0) > maxDepth || blockLevels > 4 * maxDepth)
      throw refuse(`it is nested more than ${maxDepth} levels deep`);
    if (tokens > maxTokens) throw refuse(`it has more than ${maxTokens} parts`);
  }
}

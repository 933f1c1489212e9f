import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type YAMLMap,
} from "yaml";
import { fault } from "../core/fault.js";
import { checkNesting, maxDepth } from "./nesting.js";

export type Path = readonly (string | number)[];

/** Plain data read from text, with a way back to the place in the text. */
export interface Parsed {
  readonly value: unknown;
  /** "FILE:line:column" of the value at a key path, or of its nearest parent that is in the text. */
  readonly locate: (path: Path) => string;
}

const maxBytes = 1_000_000;
/** Keys that reach JavaScript's own machinery when someone copies an object carelessly. */
export const hostileKeys = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Reads YAML 1.2 or JSON (which is YAML) into plain objects, arrays, strings, finite or infinite numbers, booleans and
 * null. One document; no aliases, anchors, tags or duplicate keys; at most 1 MB and 64 levels deep.
 * @param source what to call the text in faults: a file's base name
 * @throws Fault DATA, with line and column
 */
export function parseText(text: string, source: string): Parsed {
  if (text.length > maxBytes || Buffer.byteLength(text) > maxBytes)
    throw fault("DATA", `${source} is larger than 1 MB`, {
      where: source,
      next: "keep large arrays in .npy files and name those in the experiment",
    });
  checkNesting(text, source);
  const lines = new LineCounter();
  // Duplicate keys are looked for below: the parser's own search is quadratic.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, version: "1.2" });
  const at = (offset: number | undefined): string => {
    const { line, col } = lines.linePos(offset ?? 0);
    return `${source}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) {
    const { line } = lines.linePos(problem.pos[0]);
    const star = /[{\s,]\*\s*:/.test(text.split("\n")[line - 1] ?? "");
    throw fault("DATA", `${source} is not readable as YAML or JSON`, {
      where: at(problem.pos[0]),
      why: firstLine(problem.message),
      next: star ? 'a star is text only in quotes: "*"' : undefined,
    });
  }
  if (document.contents === null) throw fault("DATA", `${source} is empty`, { where: source });
  return { value: plain(document.contents, at, 0), locate: (path) => at(offsetOf(document, path)) };
}

const firstLine = (message: string): string => (message.split("\n")[0] ?? "").slice(0, 160);

type At = (offset: number | undefined) => string;

function plain(node: unknown, at: At, depth: number): unknown {
  const place = at(rangeStart(node));
  const refuse = (what: string, next?: string) => fault("DATA", what, { where: place, next });
  if (depth > maxDepth) throw refuse(`it is nested more than ${maxDepth} levels deep`);
  if (node === null || node === undefined) return null;
  if (isAlias(node))
    throw refuse(
      `*${node.source} is a YAML alias, and aliases are not read`,
      `for the text itself write it in quotes: "*${node.source}"`,
    );
  const { anchor, tag } = node as { anchor?: string; tag?: string };
  if (anchor !== undefined) throw refuse(`&${anchor} is a YAML anchor, and anchors are not read`);
  if (tag !== undefined)
    throw refuse(`the YAML tag ${tag.slice(0, 60)} is not read`, "write plain numbers, text, lists and maps");
  if (isSeq(node)) return node.items.map((item) => plain(item, at, depth + 1));
  if (isMap(node)) return plainMap(node, at, depth);
  if (isScalar(node)) return plainScalar(node.value, refuse);
  throw refuse("it is of a kind that is not read");
}

function plainScalar(value: unknown, refuse: (what: string) => Error): unknown {
  if (typeof value === "number" && Number.isNaN(value)) throw refuse("NaN is not a value");
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) return value;
  throw refuse("it is of a kind that is not read");
}

function plainMap(map: YAMLMap, at: At, depth: number): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const { key, value } of map.items) {
    const where = at(rangeStart(key) ?? rangeStart(map));
    const name = plain(key, at, depth + 1);
    if (name === null || typeof name === "object")
      throw fault("DATA", "a key must be text", { where, next: 'an unquoted * is not text: write "*"' });
    const text = String(name);
    if (hostileKeys.has(text)) throw fault("DATA", `"${text}" is not allowed as a key`, { where });
    if (Object.hasOwn(result, text)) throw fault("DATA", `the key "${text.slice(0, 60)}" occurs twice`, { where });
    result[text] = plain(value, at, depth + 1);
  }
  return result;
}

const rangeStart = (node: unknown): number | undefined => (node as Node | null | undefined)?.range?.[0];

function offsetOf(document: Document, path: Path): number | undefined {
  let node: unknown = document.contents;
  let offset = rangeStart(node);
  for (const step of path) {
    const pair = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      : undefined;
    const next: unknown = pair ? pair.value : isSeq(node) ? node.items[Number(step)] : undefined;
    const found = pair ? rangeStart(pair.key) : rangeStart(next);
    if (found === undefined) break;
    offset = found;
    node = next;
  }
  return offset;
}

/**
 * Refuses what no parser should have handed us: hostile keys, accessors, class instances, cycles by depth. For
 * experiments given as objects by a program.
 * @throws Fault DATA
 */
export function checkPlain(value: unknown, where: string, depth = 0): void {
  if (depth > maxDepth) throw fault("DATA", `it is nested more than ${maxDepth} levels deep`, { where });
  if (value === null || ["string", "boolean", "undefined"].includes(typeof value)) return;
  if (typeof value === "number") {
    if (Number.isNaN(value)) throw fault("DATA", "NaN is not a value", { where });
    return;
  }
  if (Array.isArray(value)) return value.forEach((item, k) => checkPlain(item, `${where}[${k}]`, depth + 1));
  const prototype: unknown = typeof value === "object" ? Object.getPrototypeOf(value) : undefined;
  if (prototype !== Object.prototype && prototype !== null)
    throw fault("DATA", `a ${typeof value === "object" ? "class instance" : typeof value} is not plain data`, {
      where,
    });
  for (const [key, { value: item, get, set }] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
    if (hostileKeys.has(key)) throw fault("DATA", `"${key}" is not allowed as a key`, { where });
    if (get || set) throw fault("DATA", `"${key}" is computed when read: give plain data`, { where });
    checkPlain(item, where === "" ? key : `${where}.${key}`, depth + 1);
  }
}

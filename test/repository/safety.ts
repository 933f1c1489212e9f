import ts from "typescript";
import { importsOf, parse, visit } from "./sources.js";
import { roomOf } from "./rooms.js";

/** Rooms whose functions are pure: same arguments, same answer, and no trace anywhere. */
const pure = new Set([
  "core",
  "ir",
  "models",
  "couplings",
  "noises",
  "stimuli",
  "integrators",
  "monitors",
  "analysis",
  "surface",
  "forward",
]);

/** The one file of a pure room that asks the machine: how much memory there is. */
const asksTheMachine = "src/core/limits.ts";

const network = new Set([
  "http",
  "https",
  "http2",
  "net",
  "tls",
  "dgram",
  "dns",
  "undici",
  "ws",
  "node-fetch",
  "axios",
]);
const networkNames = new Set(["fetch", "WebSocket", "XMLHttpRequest", "EventSource", "sendBeacon"]);
const codeMakers = new Set(["eval", "Function"]);
const timers = new Set(["setTimeout", "setInterval", "setImmediate"]);
/** All of mathjs that we use: it reads text into a tree; nothing of it computes. */
const mathjsNames = new Set(["create", "parseDependencies", "MathNode", "ParseFunction"]);

/** Where code comes from text, chance from nowhere, the clock into a pure room, or the outside world in. In words. */
export function unsafe(file: string, text: string): string[] {
  const source = parse(file, text);
  const room = roomOf(file) ?? "";
  const isPure = pure.has(room) && file !== asksTheMachine;
  const found: string[] = [];
  const report = (node: ts.Node, what: string) =>
    found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${what}`);

  for (const { specifier, names, line } of importsOf(source)) {
    const at = (what: string) => found.push(`${file}:${line}: ${what}`);
    const module = specifier.replace(/^node:/, "").split("/")[0] ?? "";
    if (module === "vm" || module === "repl") at(`imports ${module}`);
    if (network.has(module)) at(`reaches the network: ${module}`);
    if (module === "child_process" && room !== "cli") at("starts programs");
    if (module === "fs" && room !== "storage") at("touches disks: only src/storage does");
    if (isPure && specifier.startsWith("node:")) at(`${room} is pure, and imports ${specifier}`);
    if (module === "mathjs")
      for (const name of names) if (!mathjsNames.has(name)) at(`uses more of mathjs than its parser: ${name}`);
  }

  visit(source, (node) => {
    if (ts.isIdentifier(node) && isValue(node)) {
      if (codeMakers.has(node.text)) report(node, `makes code of text: ${node.text}`);
      if (networkNames.has(node.text)) report(node, `reaches the network: ${node.text}`);
    }
    if (ts.isPropertyAccessExpression(node)) {
      const path = `${node.expression.getText()}.${node.name.text}`;
      if (path === "Math.random") report(node, "draws a random number that no seed repeats");
      if (isPure && ["Date.now", "performance.now"].includes(path)) report(node, `${room} is pure, and asks the time`);
      if (isPure && path.startsWith("process.")) report(node, `${room} is pure, and uses process`);
      if (codeMakers.has(node.name.text) && node.expression.getText() === "globalThis") report(node, `uses ${path}`);
      if (networkNames.has(node.name.text) && node.expression.getText() === "globalThis") report(node, `uses ${path}`);
    }
    if (ts.isNewExpression(node) && node.expression.getText() === "Date" && isPure && !node.arguments?.length)
      report(node, `${room} is pure, and asks the time`);
    if (ts.isCallExpression(node)) {
      const callee = node.expression;
      if (ts.isPropertyAccessExpression(callee) && callee.name.text === "constructor")
        report(node, "calls a constructor it has looked up");
      const [first] = node.arguments;
      if (ts.isIdentifier(callee) && timers.has(callee.text) && first !== undefined && ts.isStringLiteralLike(first))
        report(node, `makes code of text: ${callee.text}`);
      if (
        ts.isPropertyAccessExpression(callee) &&
        callee.name.text === "evaluate" &&
        room === "ir" &&
        importsMathjs(source)
      )
        report(node, "lets mathjs compute");
    }
  });
  return found;
}

/** Where a bundle, ours or others' code within, makes code of text. Quick: a file is parsed only where the words occur. */
export function makesCode(file: string, text: string): string[] {
  if (!/\beval\b|\bFunction\s*\(/.test(text)) return [];
  const found: string[] = [];
  visit(parse(file, text), (node) => {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return;
    const callee = node.expression;
    if (ts.isIdentifier(callee) && codeMakers.has(callee.text)) found.push(`${file}: ${node.getText().slice(0, 80)}`);
  });
  return found;
}

const importsMathjs = (source: ts.SourceFile): boolean =>
  importsOf(source).some(({ specifier }) => specifier === "mathjs");

/** An identifier used as a value of the surrounding scope: neither a type, nor a property's or a declaration's own name. */
function isValue(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isTypeReferenceNode(parent) || ts.isQualifiedName(parent) || ts.isExpressionWithTypeArguments(parent))
    return false;
  return !("name" in parent && parent.name === node);
}

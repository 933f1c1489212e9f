import { fault } from "../core/fault.js";
import { checkExperiment, type CheckedExperiment } from "./check.js";
import { hostileKeys, parseText, type Path } from "./parse.js";
import type { Locate } from "./validate.js";

interface Override {
  readonly text: string;
  readonly path: Path;
  readonly value: unknown;
}

/**
 * Sets values in an experiment: `coupling.a=0.1`, `integrator.dt=0.05 ms`, `monitors[0].period=2 ms`. The value is read as
 * YAML. `model.X` and `coupling.X` are short for their parameters; ids given as plain text become maps where needed.
 * @throws Fault USAGE for text that is no `path=value`; EXPERIMENT for a path that cannot exist; faults name the override
 */
export function applyOverrides(tree: unknown, texts: readonly string[], locate: Locate): CheckedExperiment {
  const overrides = texts.map(readOverride);
  let result: unknown = tree;
  for (const { path, value, text } of overrides) result = replaced(result, path, value, text);
  return checkExperiment(result, (path) => {
    const own = overrides.findLast((o) => startsWith(path, o.path));
    // A key that only an override brings is the override's, even where the fault lies above its last key.
    const brought = own ?? (has(tree, path) ? undefined : overrides.findLast((o) => startsWith(o.path, path)));
    return brought ? `--set ${brought.text.slice(0, 100)}` : locate(path);
  });
}

const startsWith = (path: Path, start: Path): boolean =>
  start.length <= path.length && start.every((key, k) => String(key) === String(path[k]));

function has(tree: unknown, path: Path): boolean {
  let node = tree;
  for (const key of path) {
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, key)) return false;
    node = (node as Record<string, unknown>)[String(key)];
  }
  return true;
}

function readOverride(text: string): Override {
  const equals = text.indexOf("=");
  const name = text.slice(0, equals).trim();
  const bad = (what: string) =>
    fault("USAGE", what, { where: `--set ${text.slice(0, 60)}`, next: "for example --set coupling.a=0.1" });
  if (equals < 1 || name === "") throw bad("an override is written path=value");
  const keys = name.replaceAll(/\[(\d+)\]/g, ".$1").split(".");
  if (keys.some((key) => key === "")) throw bad(`"${name.slice(0, 60)}" is not a path of keys`);
  if (keys.some((key) => hostileKeys.has(key))) throw bad("that key is not allowed");
  const { value } = parseText(text.slice(equals + 1), `--set ${name.slice(0, 60)}`);
  const [first, second] = keys;
  const short =
    (first === "model" || first === "coupling") &&
    second !== undefined &&
    !["id", "parameters", "by_region", "channels"].includes(second);
  return { text, path: short ? [first, "parameters", ...keys.slice(1)] : keys, value };
}

function replaced(tree: unknown, path: Path, value: unknown, text: string, done: Path = []): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const parent = done[0];
  // `model: jansen-rit` is short for `model: {id: jansen-rit}`; so are a coupling and a monitor.
  const named =
    typeof tree === "string" &&
    (((parent === "model" || parent === "coupling") && done.length === 1) ||
      (parent === "monitors" && done.length === 2));
  const node: unknown = named ? { id: tree } : (tree ?? {});
  const stuck = (what: string, next?: string) =>
    fault("EXPERIMENT", what, { where: `--set ${text.slice(0, 100)}`, next });
  if ((tree ?? undefined) === undefined && parent === "monitors" && done.length === 1)
    throw stuck(
      "the experiment has no list of monitors",
      "give the whole list, for example --set monitors=[raw], or add monitors to the file",
    );
  if (typeof node !== "object" || node === null)
    throw stuck(`${done.join(".")} holds ${JSON.stringify(node)}, which has no key "${key}"`);
  if (Array.isArray(node)) {
    const index = Number(key);
    if (!Number.isInteger(index) || index < 0 || index > node.length)
      throw stuck(`${done.join(".")} has no entry ${key}`, `entries 0 to ${node.length - 1}; ${node.length} adds one`);
    return Object.assign([...(node as unknown[])], {
      [index]: replaced(node[index], rest, value, text, [...done, index]),
    });
  }
  const map = node as Readonly<Record<string, unknown>>;
  const inner = Object.hasOwn(map, String(key)) ? map[String(key)] : undefined;
  return { ...map, [String(key)]: replaced(inner, rest, value, text, [...done, key]) };
}

import { fault, nearestName, type Fault } from "../core/fault.js";
import type { Schema } from "./schema.js";
import type { Path } from "./parse.js";

/** Where a key path is, for a fault: "experiment.yaml:3:1, key model.parameters". */
export type Locate = (path: Path) => string;

/** A key path as a person writes it: monitors[0].period */
export const pathText = (path: Path): string =>
  path.map((key, k) => (typeof key === "number" ? `[${key}]` : k === 0 ? key : `.${key}`)).join("");

/**
 * Checks plain data against a schema. A validator of our own reads the schema as it is: ajv compiles schemas to code
 * from strings, which this project never does (a test holds both to the same verdicts).
 * @throws Fault EXPERIMENT that names the key, what was wanted, and the nearest valid name
 */
export function checkAgainst(root: Schema, value: unknown, locate: Locate, whole = "the experiment"): void {
  const problem = firstProblem({ ...root, title: whole }, root, value, []);
  if (!problem) return;
  throw problem.fault(locate(problem.path));
}

interface Problem {
  readonly path: Path;
  readonly fault: (where: string) => Fault;
}

const problem = (
  path: Path,
  what: string,
  details: { why?: string | undefined; next?: string | undefined } = {},
): Problem => ({
  path,
  fault: (where) => fault("EXPERIMENT", what, { where, ...details }),
});

const kindOf = (value: unknown): string =>
  value === null || value === undefined
    ? "nothing"
    : Array.isArray(value)
      ? "list"
      : typeof value === "object"
        ? "map"
        : typeof value === "string"
          ? "text"
          : typeof value;

const typeKind = {
  string: "text",
  number: "number",
  integer: "number",
  boolean: "boolean",
  object: "map",
  array: "list",
};
const article = (kind: string): string => (kind === "text" || kind === "nothing" ? kind : `a ${kind}`);

export function dereference(root: Schema, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const target = root.$defs?.[schema.$ref.replace("#/$defs/", "")];
  if (!target) throw fault("BUG", `${schema.$ref} is not in the schema`);
  return dereference(root, target);
}

function firstProblem(root: Schema, given: Schema, value: unknown, path: Path): Problem | undefined {
  const schema = dereference(root, given);
  if (schema.anyOf) return anyProblem(root, schema, schema.anyOf, value, path);
  const name = pathText(path) || (root.title ?? "it");
  const wanted = schema.type && typeKind[schema.type];
  if (wanted && kindOf(value) !== wanted)
    return problem(path, `${name} must be ${article(wanted)}, not ${article(kindOf(value))}`, {
      next: schema.description,
    });
  if (typeof value === "string") return textProblem(schema, value, name, path);
  if (typeof value === "number") return numberProblem(schema, value, name, path);
  if (Array.isArray(value)) return listProblem(root, schema, value, name, path);
  if (typeof value === "object" && value !== null)
    return mapProblem(root, schema, value as Record<string, unknown>, name, path);
  return undefined;
}

/** Choices of choices laid out flat. */
const alternatives = (root: Schema, choices: readonly Schema[]): Schema[] =>
  choices.map((c) => dereference(root, c)).flatMap((c) => (c.anyOf ? alternatives(root, c.anyOf) : [c]));

/** The alternative that is of the value's own kind speaks; several maps are told apart by their keys. */
function anyProblem(
  root: Schema,
  schema: Schema,
  choices: readonly Schema[],
  value: unknown,
  path: Path,
): Problem | undefined {
  const kind = kindOf(value);
  const all = alternatives(root, choices);
  const fitting = all.filter((c) => c.type && typeKind[c.type] === kind);
  if (fitting.length === 0) {
    const kinds = [...new Set(all.map((c) => article(typeKind[c.type ?? "object"])))];
    return problem(path, `${pathText(path)} must be ${kinds.join(" or ")}, not ${article(kind)}`, {
      next: schema.description,
    });
  }
  const problems = fitting.map((c) => firstProblem(root, c, value, path));
  if (problems.includes(undefined)) return undefined;
  const keys = kind === "map" ? Object.keys(value as object) : [];
  const shared = (c: Schema) => keys.filter((key) => Object.hasOwn(c.properties ?? {}, key)).length;
  const scores = fitting.map(shared);
  return problems[scores.indexOf(Math.max(...scores))];
}

function textProblem(schema: Schema, value: string, name: string, path: Path): Problem | undefined {
  const shown = JSON.stringify(value.slice(0, 60));
  if (schema.enum && !schema.enum.includes(value)) {
    const near = nearestName(value, schema.enum);
    return problem(path, `${shown} is not a value of ${name}`, {
      next: `${near === undefined ? "" : `did you mean "${near}"? `}valid: ${schema.enum.join(", ")}`,
    });
  }
  if (value.length < (schema.minLength ?? 0)) return problem(path, `${name} is empty`, { next: schema.description });
  if (value.length > (schema.maxLength ?? Infinity))
    return problem(path, `${name} is longer than ${schema.maxLength} characters`);
  if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(value))
    return problem(path, `${shown} is not a value of ${name}`, {
      next: "use letters, digits, _ . and -, starting with a letter or digit",
    });
  return undefined;
}

function numberProblem(schema: Schema, value: number, name: string, path: Path): Problem | undefined {
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity } = schema;
  if (Number.isNaN(value)) return problem(path, `${name} is not a number`);
  if (schema.type === "integer" && !Number.isInteger(value))
    return problem(path, `${name} must be a whole number, not ${value}`);
  if (value < minimum) return problem(path, `${name} must be at least ${minimum}, not ${value}`);
  if (value > maximum) return problem(path, `${name} must be at most ${maximum}, not ${value}`);
  if (exclusiveMinimum > -Infinity && value <= exclusiveMinimum)
    return problem(path, `${name} must be above ${exclusiveMinimum}, not ${value}`);
  return undefined;
}

function listProblem(
  root: Schema,
  schema: Schema,
  value: readonly unknown[],
  name: string,
  path: Path,
): Problem | undefined {
  if (value.length < (schema.minItems ?? 0))
    return problem(path, `${name} is an empty list`, { next: schema.description });
  if (value.length > (schema.maxItems ?? Infinity))
    return problem(path, `${name} has more than ${schema.maxItems} entries`);
  for (const [k, item] of schema.items ? value.entries() : []) {
    const found = schema.items && firstProblem(root, schema.items, item, [...path, k]);
    if (found) return found;
  }
  return undefined;
}

function mapProblem(
  root: Schema,
  schema: Schema,
  value: Record<string, unknown>,
  name: string,
  path: Path,
): Problem | undefined {
  const properties = schema.properties ?? {};
  const valid = Object.keys(properties).filter((key) => key !== "$schema");
  for (const [key, item] of Object.entries(value)) {
    const of = Object.hasOwn(properties, key) ? properties[key] : schema.additionalProperties;
    if (of === undefined || of === false) {
      const near = nearestName(key, valid);
      return problem([...path, key], `${JSON.stringify(key.slice(0, 60))} is not a key of ${name}`, {
        next: `${near === undefined ? "" : `did you mean "${near}"? `}valid: ${valid.join(", ")}`,
      });
    }
    const found = of === true || item === undefined ? undefined : firstProblem(root, of, item, [...path, key]);
    if (found) return found;
  }
  const missing = schema.required?.find((key) => value[key] === undefined);
  if (missing !== undefined)
    return problem(path, `${name} has no ${missing}`, { next: properties[missing]?.description });
  if (Object.keys(value).length < (schema.minProperties ?? 0))
    return problem(path, `${name} is empty`, { next: schema.description });
  return undefined;
}

import { suggest } from "../core/fault.js";
import { parseQuantity } from "../core/units.js";
import type { Regional } from "../engine/setup.js";
import type { ParameterDeclaration } from "../ir/declare.js";
import { faultAt, type Resolving } from "./context.js";
import type { Path } from "./parse.js";
import type { ParameterValue, Quantity } from "./types.js";
import { pathText } from "./validate.js";

/** A quantity in `unit`. @throws Fault UNIT when it is in another unit, RANGE when it is not finite */
export function finiteQuantity(
  value: Quantity,
  unit: string,
  path: Path,
  { locate }: Pick<Resolving, "locate">,
): number {
  const number = parseQuantity(value, unit, locate(path));
  if (!Number.isFinite(number)) faultAt(locate, path, "RANGE", `${pathText(path)} must be finite, not ${value}`);
  return number;
}

/**
 * One value for all regions, a list in region order, or values by region label, converted to `unit`.
 * @param rest what regions have that a map by region leaves out; undefined = every region must be named
 * @throws Fault UNIT, DATA (wrong count), EXPERIMENT (unknown region), RANGE (not finite)
 */
export function regionalValue(
  value: ParameterValue,
  unit: string,
  rest: number | undefined,
  path: Path,
  resolving: Resolving,
): Regional {
  const { labels, locate, among = "the connectome" } = resolving;
  const name = pathText(path);
  if (typeof value === "number" || typeof value === "string") return finiteQuantity(value, unit, path, resolving);
  if (Array.isArray(value)) {
    if (value.length !== labels.length)
      faultAt(locate, path, "DATA", `${name} has ${value.length} values for ${labels.length} regions`, {
        next: `give one value per region of ${among} in the connectome's order, or {region: {LABEL: value, "*": value}}`,
        data: { values: value.length, regions: labels.length },
      });
    return Float64Array.from(value, (v: number, k) => finiteQuantity(v, unit, [...path, k], resolving));
  }
  const { region: byRegion } = value as { readonly region: Readonly<Record<string, Quantity>> };
  const index = new Map(labels.map((label, k) => [label, k]));
  const unknown = Object.keys(byRegion).find((label) => label !== "*" && !index.has(label));
  if (unknown !== undefined)
    faultAt(locate, [...path, "region", unknown], "EXPERIMENT", `${among} has no region "${unknown.slice(0, 60)}"`, {
      next: suggest(unknown, labels),
    });
  const star = Object.hasOwn(byRegion, "*") ? byRegion["*"] : undefined;
  const others = star === undefined ? rest : finiteQuantity(star, unit, [...path, "region", "*"], resolving);
  return Float64Array.from(labels, (label) => {
    const own = Object.hasOwn(byRegion, label) ? byRegion[label] : undefined;
    if (own !== undefined) return finiteQuantity(own, unit, [...path, "region", label], resolving);
    return (
      others ??
      faultAt(locate, path, "EXPERIMENT", `${name} has no value for region ${label}`, {
        next: 'give one, or one for "*"',
      })
    );
  });
}

/**
 * Every declared parameter, from what was given and the defaults.
 * @param path key path of the map of given values
 * @throws Fault EXPERIMENT for an unknown name; RANGE outside the declared range unless forced; as `regionalValue`
 */
export function resolveParameters(
  owner: string,
  declared: Readonly<Record<string, ParameterDeclaration>>,
  given: Readonly<Record<string, ParameterValue>>,
  path: Path,
  resolving: Resolving,
): Record<string, Regional> {
  const names = Object.keys(declared);
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(declared, name));
  if (unknown !== undefined)
    faultAt(resolving.locate, [...path, unknown], "EXPERIMENT", `${owner} has no parameter "${unknown.slice(0, 60)}"`, {
      next: names.length > 0 ? suggest(unknown, names) : "it has none",
    });
  return Object.fromEntries(
    Object.entries(declared).map(([name, declaration]) => {
      const value = Object.hasOwn(given, name) ? given[name] : undefined;
      if (value === undefined) return [name, declaration.default];
      const at = [...path, name];
      const resolved = regionalValue(value, declaration.unit, declaration.default, at, resolving);
      checkRange(owner, name, declaration, resolved, at, resolving);
      return [name, resolved];
    }),
  );
}

function checkRange(
  owner: string,
  name: string,
  { range: [low, high], unit }: ParameterDeclaration,
  value: Regional,
  path: Path,
  { locate, force, labels, deviations }: Resolving,
): void {
  const values = typeof value === "number" ? [value] : [...value];
  const at = values.findIndex((v) => v < low || v > high);
  if (at < 0) return;
  const place = typeof value === "number" ? "" : ` in region ${labels[at] ?? at}`;
  const about = `${name} = ${values[at]}${place} lies outside [${low}, ${high}]${unit === "1" ? "" : ` ${unit}`}`;
  if (!force)
    faultAt(locate, path, "RANGE", about, {
      why: `that is the range in which ${owner} is meant to be used`,
      next: "give a value inside it, or --force (force: true) to use it all the same",
      data: { parameter: name, value: values[at], range: [low, high] },
    });
  deviations.push({ kind: "range", where: pathText(path), about });
}

import { fault } from "./fault.js";

/**
 * Units as exponents over base dimensions. Time is held in ms, length in mm, potential in mV, current in nA, amount
 * in mmol: the field's own scales, so factors stay near 1.
 */
export interface Unit {
  /** Exponents of [time, length, potential, current, amount, temperature]. */
  readonly dims: readonly number[];
  /** Multiply a value in this unit by `scale` to get base units. */
  readonly scale: number;
}

const dimensions = ["time", "length", "potential", "current", "amount", "temperature"] as const;

const unit = (scale: number, dims: Partial<Record<(typeof dimensions)[number], number>>): Unit => ({
  dims: dimensions.map((d) => dims[d] ?? 0),
  scale,
});

export const dimensionless: Unit = unit(1, {});

const atoms: Readonly<Record<string, Unit>> = {
  "1": dimensionless,
  rad: dimensionless,
  "%": unit(0.01, {}),
  s: unit(1e3, { time: 1 }),
  ms: unit(1, { time: 1 }),
  us: unit(1e-3, { time: 1 }),
  min: unit(6e4, { time: 1 }),
  h: unit(3.6e6, { time: 1 }),
  Hz: unit(1e-3, { time: -1 }),
  kHz: unit(1, { time: -1 }),
  m: unit(1e3, { length: 1 }),
  cm: unit(10, { length: 1 }),
  mm: unit(1, { length: 1 }),
  um: unit(1e-3, { length: 1 }),
  V: unit(1e3, { potential: 1 }),
  mV: unit(1, { potential: 1 }),
  uV: unit(1e-3, { potential: 1 }),
  A: unit(1e9, { current: 1 }),
  mA: unit(1e6, { current: 1 }),
  uA: unit(1e3, { current: 1 }),
  nA: unit(1, { current: 1 }),
  pA: unit(1e-3, { current: 1 }),
  // 1 S = 1 A/V = 1e9 nA / 1e3 mV
  S: unit(1e6, { current: 1, potential: -1 }),
  mS: unit(1e3, { current: 1, potential: -1 }),
  uS: unit(1, { current: 1, potential: -1 }),
  nS: unit(1e-3, { current: 1, potential: -1 }),
  // 1 F = 1 A s / V
  F: unit(1e9, { current: 1, time: 1, potential: -1 }),
  uF: unit(1e3, { current: 1, time: 1, potential: -1 }),
  nF: unit(1, { current: 1, time: 1, potential: -1 }),
  pF: unit(1e-3, { current: 1, time: 1, potential: -1 }),
  C: unit(1e12, { current: 1, time: 1 }),
  nC: unit(1e3, { current: 1, time: 1 }),
  mol: unit(1e3, { amount: 1 }),
  mmol: unit(1, { amount: 1 }),
  // 1 M = 1 mol/l = 1 mol / 1e6 mm³
  M: unit(1e-3, { amount: 1, length: -3 }),
  mM: unit(1e-6, { amount: 1, length: -3 }),
  K: unit(1, { temperature: 1 }),
};

export const unitNames: readonly string[] = Object.keys(atoms);

export const multiplyUnits = (a: Unit, b: Unit): Unit => ({
  dims: a.dims.map((d, k) => d + (b.dims[k] ?? 0)),
  scale: a.scale * b.scale,
});

export const powerUnit = (a: Unit, exponent: number): Unit => ({
  dims: a.dims.map((d) => d * exponent),
  scale: a.scale ** exponent,
});

export const divideUnits = (a: Unit, b: Unit): Unit => multiplyUnits(a, powerUnit(b, -1));

export const sameDimensions = (a: Unit, b: Unit): boolean =>
  a.dims.every((d, k) => Math.abs(d - (b.dims[k] ?? 0)) < 1e-9);

/** Same dimensions and same scale: values may be added without conversion. */
export const sameUnit = (a: Unit, b: Unit): boolean => sameDimensions(a, b) && Math.abs(a.scale / b.scale - 1) < 1e-12;

/**
 * Reads a unit such as "ms", "1/ms", "mm/ms", "mV^2", "mV/(ms*nA)" or "1".
 * @param where what faults give as the place
 * @throws Fault UNIT
 */
export function parseUnit(text: string, where?: string): Unit {
  const tokens = text.replaceAll("µ", "u").match(/[A-Za-z%]+|1|\^|-?\d+(?:\.\d+)?|[*/()·]|\S/g) ?? [];
  let at = 0;
  const bad = (why: string) =>
    fault("UNIT", `"${text.slice(0, 100)}" is not a unit`, {
      where,
      why,
      next: `units are made of ${unitNames.join(" ")}, with * / ^ ( )`,
    });
  const factor = (): Unit => {
    const token = tokens[at++];
    let value: Unit;
    if (token === "(") {
      value = product();
      if (tokens[at++] !== ")") throw bad("a parenthesis is not closed");
    } else {
      const atom = token === undefined || !Object.hasOwn(atoms, token) ? undefined : atoms[token];
      if (atom === undefined) throw bad(token === undefined ? "it ends too early" : `"${token}" is unknown`);
      value = atom;
    }
    if (tokens[at] === "^") {
      at++;
      const exponent = Number(tokens[at++]);
      if (!Number.isFinite(exponent)) throw bad("^ needs a number");
      value = powerUnit(value, exponent);
    }
    return value;
  };
  const product = (): Unit => {
    let value = factor();
    while (tokens[at] === "*" || tokens[at] === "/" || tokens[at] === "·") {
      const divide = tokens[at++] === "/";
      value = divide ? divideUnits(value, factor()) : multiplyUnits(value, factor());
    }
    return value;
  };
  if (text.length > 100) throw bad("it is too long");
  const value = product();
  if (at !== tokens.length) throw bad(`"${tokens[at]}" is not expected there`);
  return value;
}

/** A unit as text in base units, e.g. "ms^-1 mV"; "1" when dimensionless. */
export function printUnit({ dims, scale }: Unit): string {
  const names = ["ms", "mm", "mV", "nA", "mmol", "K"];
  const parts = dims.flatMap((d, k) => (d === 0 ? [] : [`${names[k]}${d === 1 ? "" : `^${d}`}`]));
  const prefix = Math.abs(scale - 1) < 1e-12 ? [] : [String(scale)];
  return [...prefix, ...parts].join(" ") || "1";
}

/**
 * A quantity such as "0.1 ms", "3 mm/ms", "2 s", converted to `unitText`; a bare number is taken in `unitText`.
 * @throws Fault UNIT when the dimensions differ or the text is no quantity
 */
export function parseQuantity(value: number | string, unitText: string, where?: string): number {
  if (typeof value === "number") return value;
  const match = /^\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?inf(?:inity)?)\s*(.*?)\s*$/i.exec(value);
  if (!match)
    throw fault("UNIT", `"${value.slice(0, 60)}" is not a quantity`, {
      where,
      next: `write a number and a unit, e.g. "1 ${unitText}"`,
    });
  const [, digits = "", unitPart = ""] = match;
  const number = /inf/i.test(digits) ? (digits.startsWith("-") ? -Infinity : Infinity) : Number(digits);
  const target = parseUnit(unitText);
  if (unitPart === "") return number;
  const given = parseUnit(unitPart, where);
  if (!sameDimensions(given, target))
    throw fault("UNIT", `"${value}" is not a quantity in ${unitText}`, {
      where,
      why: `${unitPart} is ${printUnit(given)}, wanted ${printUnit(target)}`,
      next: `give it in ${unitText}`,
    });
  // Both scales are often powers of ten: dividing by the inverse avoids 0.1*1e-3 style rounding.
  const ratio = given.scale / target.scale;
  return ratio >= 1 ? number * ratio : number / (target.scale / given.scale);
}

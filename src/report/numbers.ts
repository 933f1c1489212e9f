/** A number for people: four digits, powers of ten where it is very large or small, and a true minus sign. */
export function show(value: number | undefined, digits = 4): string {
  if (value === undefined || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text =
    size >= 1e6 || size < 1e-4
      ? value.toExponential(Math.max(0, digits - 1))
      : String(Number(value.toPrecision(digits)));
  const [mantissa = "", exponent] = text.split("e");
  const shown = exponent === undefined ? text : `${Number(mantissa)} × 10${superscript(String(Number(exponent)))}`;
  return shown.replace("-", "−");
}

export const showCount = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f");

/** "1 region", "76 regions". */
export const counted = (count: number, noun: string): string => `${showCount(count)} ${noun}${count === 1 ? "" : "s"}`;

export const percent = (share: number): string => `${show(share * 100, 3)} %`;

/** A duration given in ms, in the unit a reader would use. */
export function showTime(ms: number): string {
  if (ms >= 120_000) return `${show(ms / 60_000)} min`;
  return ms >= 1000 ? `${show(ms / 1000)} s` : `${show(ms)} ms`;
}

/** "mV" → "V (mV)"; dimensionless quantities get no parenthesis. */
export const withUnit = (name: string, unit: string | undefined): string =>
  unit === undefined || unit === "1" || unit === "" ? name : `${name} (${showUnit(unit)})`;

/** "1/ms" and "mV^2" as they are printed: ms⁻¹, mV². */
export const showUnit = (unit: string): string =>
  unit.replace(/^1\/(\w+)$/, (_, name: string) => `${name}⁻¹`).replace(/\^(-?\d+)/g, (_, n: string) => superscript(n));

const superscript = (digits: string): string =>
  digits.replace(/[-\d]/g, (c) => (c === "-" ? "⁻" : ("⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)] ?? c)));

import { fault } from "../core/fault.js";

/** What the command line asks of `laennec dynamics`. */
export interface DynamicsChoices {
  readonly model: string;
  readonly sets: readonly string[];
  readonly inputs: readonly string[];
  readonly fixedPoints: boolean;
  readonly starts: number;
  readonly plane: string | undefined;
  readonly ranges: readonly string[];
  readonly held: readonly string[];
  readonly follow: string | undefined;
  readonly lyapunov: boolean;
  readonly scan: string | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly steps: number | undefined;
  readonly observe: string | undefined;
  readonly dtMs: number | undefined;
  readonly timeMs: number | undefined;
  readonly out: string;
  readonly force: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Files to write, by name, and what to print. */
export interface Findings {
  readonly files: Map<string, string>;
  readonly lines: string[];
  readonly json: Record<string, unknown>;
}

/** Both ends of a range that the command line must give. @throws Fault USAGE */
export function endsOf(option: string, { from, to }: DynamicsChoices): readonly [number, number] {
  if (from !== undefined && to !== undefined && Number.isFinite(from) && Number.isFinite(to) && from !== to)
    return [from, to];
  throw fault("USAGE", `--${option} needs two different values`, {
    where: "laennec dynamics",
    next: `--from LOW --to HIGH (negative values as --from=-1)`,
  });
}

/** `name=value` pairs. @throws Fault USAGE for text that is none */
export function pairsOf(option: string, texts: readonly string[]): [name: string, value: string][] {
  return texts.map((text) => {
    const equals = text.indexOf("=");
    const [name, value] = [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
    if (equals < 1 || name === "" || value === "")
      throw fault("USAGE", `--${option} is written NAME=VALUE`, {
        where: `--${option} ${text.slice(0, 60)}`,
        next: `for example --${option} a=0.1`,
      });
    return [name, value];
  });
}

/** @throws Fault USAGE for what is no finite number */
export function numberOf(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  throw fault("USAGE", `"${text.slice(0, 60)}" is not a number`, { where: `--${option}` });
}

/** Two ends of an interval, "low,high". @throws Fault USAGE */
export function intervalOf(option: string, text: string): readonly [number, number] {
  const ends = text.split(",").map((end) => numberOf(option, end));
  const [low, high] = ends;
  if (ends.length === 2 && low !== undefined && high !== undefined && low < high) return [low, high];
  throw fault("USAGE", `"${text.slice(0, 60)}" is not LOW,HIGH`, { where: `--${option}` });
}

/** A number of the command line within limits. @throws Fault USAGE */
export function within(option: string, value: number | undefined, low: number, high: number): number | undefined {
  if (value === undefined || (value >= low && value <= high)) return value;
  throw fault("USAGE", `--${option} must be from ${low} to ${high}, not ${value}`, { where: "laennec dynamics" });
}

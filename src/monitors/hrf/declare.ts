import { fault } from "../../core/fault.js";
import type { Paper, ParameterDeclaration } from "../../ir/declare.js";
import { namesIn } from "../../ir/syntax.js";

/** A haemodynamic response function: what one unit of activity, over an instant, does to the signal at time `t` after it. */
export interface Hrf {
  readonly id: string;
  readonly about: string;
  readonly papers: readonly Paper[];
  readonly parameters: Readonly<Record<string, ParameterDeclaration>>;
  /** Of `t` in s, from 0 on, of the parameters, and of the names in `gamma`. */
  readonly equation: string;
  /** Names that stand for the gamma function of a parameter. */
  readonly gamma?: Readonly<Record<string, string>>;
  /** Parameter that the curve's largest value is scaled to. */
  readonly peak?: string;
  /** The signal is gain (x + shift) of the convolution x; gain is an expression of the parameters. Default 1 and 0. */
  readonly gain?: string;
  readonly shift?: number;
  readonly tvb?: { readonly class: string; readonly names?: Readonly<Record<string, string>> };
}

/** Checks the form. @throws Fault BUG */
export function hrf(item: Hrf): Hrf {
  const { id, about, parameters, equation, gamma = {}, peak, gain = "1" } = item;
  const names = Object.keys(parameters);
  const problems = [
    ...(/^[a-z][a-z-]*$/.test(id) && about.trim() ? [] : ["id or about is missing"]),
    ...[...namesIn(equation)].filter((n) => ![...names, ...Object.keys(gamma), "t", "pi"].includes(n)),
    ...[...namesIn(gain), ...Object.values(gamma), ...(peak ? [peak] : [])].filter((n) => !names.includes(n)),
    ...names.filter((n) => {
      const { default: standard, range } = parameters[n] ?? { default: NaN, range: [0, 0] };
      return !(standard >= range[0] && standard <= range[1]);
    }),
  ];
  if (problems.length > 0) throw fault("BUG", `the response ${id} is not well formed: ${problems.join(", ")}`);
  return item;
}

import type { Attractor } from "../dynamics/attractors.js";
import { bifurcationsOf, type Continuation } from "../dynamics/continuation.js";
import type { Complex } from "../dynamics/eigenvalues.js";
import type { FixedPointSearch } from "../dynamics/fixed-points.js";
import type { Mass } from "../dynamics/mass.js";

/** Six digits, and zero for what is rounding. */
export const digits = (value: number, size = 1): string =>
  Math.abs(value) < 1e-13 * size ? "0" : String(Number(value.toPrecision(6)));

/** Columns padded to their widest cell. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, k) => (widths[k] = Math.max(widths[k] ?? 0, cell.length)));
  return rows.map((row) => `  ${row.map((cell, k) => cell.padEnd(widths[k] ?? 0)).join("  ")}`.trimEnd());
}

const complex = ({ re, im }: Complex, size: number): string =>
  im === 0 ? digits(re, size) : `${digits(re, size)} ± ${digits(Math.abs(im), size)}i`;

/** Pairs once. */
export function eigenvalueText(values: readonly Complex[]): string {
  const size = Math.max(...values.map(({ re, im }) => Math.hypot(re, im)), 1e-300);
  return values
    .filter(({ im }) => im >= 0)
    .map((value) => complex(value, size))
    .join(", ");
}

export function fixedPointLines(mass: Mass, { points, starts, arrived, truncated }: FixedPointSearch): string[] {
  const { id, time } = mass.model;
  const count =
    points.length === 0 ? "no fixed point" : points.length === 1 ? "1 fixed point" : `${points.length} fixed points`;
  const table = columns([
    ["", ...mass.names, "kind", `eigenvalues (${time === "ms" ? "1/ms" : "per unit of time"})`],
    ...points.map((point, k) => [
      String(k + 1),
      ...point.state.map((value) => digits(value)),
      point.class,
      eigenvalueText(point.eigenvalues),
    ]),
  ]);
  return [
    `${id}: ${count} from ${starts} starts, of which ${arrived} arrived; others may exist`,
    ...(points.length > 0 ? table : []),
    ...(truncated ? ["  the search stopped here: fixed points may form a line or a surface"] : []),
  ];
}

export function bifurcationLines(mass: Mass, continuation: Continuation, oscillations: readonly Attractor[]): string[] {
  const { parameter, from, to, branches, searchedAt } = continuation;
  const special = bifurcationsOf(continuation);
  const hertz = oscillations.flatMap(({ frequencyHz }) => frequencyHz ?? []);
  return [
    `${mass.model.id}: ${branches.length} ${branches.length === 1 ? "branch" : "branches"} of fixed points for ${parameter} from ${from} to ${to}`,
    `  begun at the fixed points for ${parameter} = ${searchedAt.map((v) => digits(v)).join(", ")}; others may exist`,
    ...(special.length === 0 ? ["  no bifurcation"] : []),
    ...columns(
      special.length === 0
        ? []
        : [
            ["bifurcation", parameter, ...mass.names, ""],
            ...special.map((point) => [
              point.special ?? "",
              // Bifurcations are located to 1e-10 of the range: less is 0.
              digits(point.parameter, 1e4 * (to - from)),
              ...point.state.map((value) => digits(value)),
              point.hopf ? `${point.hopf.criticality}, ${digits(point.hopf.frequencyHz)} Hz` : "",
            ]),
          ],
    ),
    ...(hertz.length > 0
      ? [
          `  simulations oscillate for ${parameter} from ${digits(Math.min(...oscillations.map((o) => o.parameter)))} to ${digits(Math.max(...oscillations.map((o) => o.parameter)))}, at ${digits(Math.min(...hertz))} to ${digits(Math.max(...hertz))} Hz`,
        ]
      : []),
  ];
}

/** One row per point: branch, parameter, state, stability, eigenvalues. */
export function branchCsv(mass: Mass, { parameter, branches }: Continuation): string {
  const header = [
    "branch",
    parameter,
    ...mass.names,
    "unstable_eigenvalues",
    "special",
    ...mass.names.flatMap((_, k) => [`re_${k + 1}`, `im_${k + 1}`]),
  ];
  const rows = branches.flatMap(({ points }, branch) =>
    points.map((point) => [
      branch + 1,
      point.parameter,
      ...point.state,
      point.unstable,
      point.special ?? "",
      ...point.eigenvalues.flatMap(({ re, im }) => [re, im]),
    ]),
  );
  return `${[header, ...rows].map((row) => row.join(",")).join("\n")}\n`;
}

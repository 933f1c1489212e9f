import type { ProbeResult } from "./probe.js";
import type { MeanResult, RaceResult } from "./race.js";

const figure = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** Rows as columns of equal width; the first column is text, the others are set flush right. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const cell = (text: string, column: number) =>
    column === 0 || column === widths.length - 1
      ? text.padEnd(widths[column] ?? 0)
      : text.padStart(widths[column] ?? 0);
  return rows.map((row) => `  ${row.map(cell).join("  ").trimEnd()}`).join("\n");
}

/** A workload of pairs: a row per floor and per contender without one, the geometric mean and the worst. */
function printPairs({ id, title, standings, floors, absent }: RaceResult, held: MeanResult): string {
  const rate = (name: string) => standings.find((standing) => standing.name === name)?.median;
  const rows = standings
    .filter(({ role }) => role === "ours")
    .map(({ name, median }) => {
      const floor = floors.find(({ ours }) => ours === name);
      const over = floor && rate(floor.over);
      const verdict = floor?.holds === false ? `MISSED: at least ${floor.atLeast}x` : "";
      return [name, figure(median), over === undefined ? "" : figure(over), times(floor?.ratio), verdict];
    });
  const measured = floors.filter(({ ratio }) => ratio !== undefined);
  const worst = measured.toSorted((a, b) => (a.ratio ?? 0) - (b.ratio ?? 0))[0];
  return [
    `${id.toUpperCase()}  ${title}`,
    columns([["M region-steps/s", "laennec", "other", "ratio", ""], ...rows]),
    `  floor ${verdictOf(held.holds)}: geometric mean of ${measured.length} ratios at least ${held.atLeast}x, measured ${times(held.ratio)}`,
    ...(worst ? [`  worst: ${worst.ours}, ${times(worst.ratio)} (floor of each: ${worst.atLeast}x)`] : []),
    ...absent.map(({ name, why }) => `  absent: ${name} (${why})`),
    "",
  ].join("\n");
}

const times = (ratio: number | undefined): string => (ratio === undefined ? "" : `${figure(ratio)}x`);
const verdictOf = (holds: boolean | undefined): string =>
  holds === undefined ? "not compared" : holds ? "holds" : "MISSED";

/** One workload: rates with their spread, ratios to ours, the floors, and who was missing. */
export function printRace(result: RaceResult): string {
  if (result.mean) return printPairs(result, result.mean);
  const { id, title, standings, floors, absent } = result;
  const first = standings.find(({ role }) => role === "ours");
  const rows = standings.map(({ name, rates, median, note }) => [
    name,
    figure(median),
    `${figure(Math.min(...rates))}-${figure(Math.max(...rates))}`,
    first === undefined ? "" : `${figure(first.median / median)}x`,
    note ?? "",
  ]);
  const head = ["", "M region-steps/s", "range", first === undefined ? "" : `${first.name} is`, ""];
  return [
    `${id.toUpperCase()}  ${title}`,
    columns([head, ...rows]),
    ...floors.map(({ ours, over, atLeast, ratio, holds }) => {
      const measured = ratio === undefined ? "" : `, measured ${times(ratio)}`;
      return `  floor ${verdictOf(holds)}: ${ours} at least ${atLeast}x ${over}${measured}`;
    }),
    ...absent.map(({ name, why }) => `  absent: ${name} (${why})`),
    "",
  ].join("\n");
}

export function printProbe({ id, title, value, unit, atMost, detail, holds, failure }: ProbeResult): string {
  const verdict = failure !== undefined ? "FAILED" : holds ? "holds" : "MISSED";
  const text = failure ?? `${figure(value)} ${unit}`;
  return `${id}  ${title}: ${text} (${verdict}: at most ${atMost} ${unit})${detail === "" ? "" : `\n  ${detail}`}\n`;
}

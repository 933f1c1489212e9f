import type { ProbeResult } from "./probe.js";
import type { RaceResult } from "./race.js";

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

/** One workload: rates with their spread, ratios to ours, the floors, and who was missing. */
export function printRace({ id, title, standings, floors, absent }: RaceResult): string {
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
      const verdict = holds === undefined ? "not compared" : holds ? "holds" : "MISSED";
      const measured = ratio === undefined ? "" : `, measured ${figure(ratio)}x`;
      return `  floor ${verdict}: ${ours} at least ${atLeast}x ${over}${measured}`;
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

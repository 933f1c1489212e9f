import { fault } from "../core/fault.js";

/** A field of a CSV file after RFC 4180; text that a spreadsheet would run as a formula is refused a chance by a leading quote mark. */
const field = (text: string): string => {
  const safe = /^[=+@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/**
 * A matrix as CSV: shortest digits that read back to the same f64.
 * @param values [row, column], row-major
 * @throws Fault USAGE when names and shape disagree
 */
export function writeCsv(
  values: ArrayLike<number>,
  columns: number,
  { columnNames, rowNames }: { columnNames?: readonly string[]; rowNames?: readonly string[] } = {},
): string {
  const rows = columns === 0 ? 0 : values.length / columns;
  if (
    !Number.isInteger(rows) ||
    (columnNames && columnNames.length !== columns) ||
    (rowNames && rowNames.length !== rows)
  )
    throw fault("USAGE", "the names or the columns do not fit the values", {
      why: `${values.length} values in ${columns} columns`,
    });
  const lines: string[] = [];
  if (columnNames) lines.push([...(rowNames ? ["label"] : []), ...columnNames].map(field).join(","));
  for (let row = 0; row < rows; row++) {
    const cells = rowNames ? [field(rowNames[row] ?? "")] : [];
    for (let column = 0; column < columns; column++) cells.push(String(values[row * columns + column]));
    lines.push(cells.join(","));
  }
  return `${lines.join("\n")}\n`;
}

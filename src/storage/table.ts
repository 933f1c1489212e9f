import { fault } from "../core/fault.js";

/** A matrix of numbers from text, with the names that its first row or column may hold. */
export interface Table {
  readonly rows: number;
  readonly columns: number;
  /** [row, column], row-major; NaN and ±Infinity where the text says so. */
  readonly values: Float64Array;
  readonly columnNames: readonly string[] | undefined;
  readonly rowNames: readonly string[] | undefined;
}

const number = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][-+]?\d+)?$/;
const special: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, infinity: Infinity };

/** A number as C and Python write it, "nan" and "inf" among them; undefined when the text is none. */
export function parseNumber(text: string): number | undefined {
  if (number.test(text)) return Number(text.replace(/[dD]/, "e"));
  const bare = text.replace(/^[-+]/, "").toLowerCase();
  const value = Object.hasOwn(special, bare) ? special[bare] : undefined;
  return value === undefined ? undefined : text.startsWith("-") ? -value : value;
}

/** Rows of fields: separated by comma, semicolon, tab or blanks, whichever the first line has; `#` starts a comment. */
export function splitRows(text: string): { line: number; fields: string[] }[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  const kept = lines.flatMap((raw, k) => {
    const line = raw.replace(/#.*$/, "");
    return line.trim() === "" ? [] : [{ line: k + 1, text: line }];
  });
  const first = kept[0]?.text ?? "";
  const mark = [",", ";", "\t"].find((candidate) => first.includes(candidate));
  // TVB's own files end lines with blanks and align columns with several of them.
  const split = (row: string): string[] =>
    mark === undefined || (mark === "\t" && /^\s*\S+( +\S+)+\s*$/.test(row) && !row.trim().includes("\t"))
      ? row.trim().split(/\s+/)
      : row
          .replace(/\r$/, "")
          .split(mark)
          .map((field) => field.trim().replace(/^"(.*)"$/, "$1"));
  return kept.map(({ line, text: row }) => {
    const fields = split(row);
    // A separator at the end of a line is no field.
    if (mark !== undefined && fields.length > 1 && fields.at(-1) === "") fields.pop();
    return { line, fields };
  });
}

/**
 * Reads a matrix: a first row of names and a first column of names are recognised.
 * @throws Fault DATA naming line and column
 */
export function readTable(text: string, where = "table"): Table {
  const bad = (what: string, line?: number, column?: number, why?: string) =>
    fault("DATA", what, {
      where: [where, line && `line ${line}`, column && `column ${column}`].filter(Boolean).join(", "),
      why,
    });
  let rows = splitRows(text);
  if (rows.length === 0) throw bad("the file holds no numbers", undefined, undefined, "it is empty");
  const isNumber = (field: string | undefined) => field !== undefined && parseNumber(field) !== undefined;
  let columnNames: string[] | undefined;
  const [header, second] = rows;
  if (header && second && header.fields.every((field) => !isNumber(field))) {
    columnNames = header.fields;
    rows = rows.slice(1);
  }
  const named = rows.every(({ fields }) => fields.length > 1 && !isNumber(fields[0]));
  const rowNames = named ? rows.map(({ fields }) => fields[0] ?? "") : undefined;
  if (named) rows = rows.map(({ line, fields }) => ({ line, fields: fields.slice(1) }));
  const columns = rows[0]?.fields.length ?? 0;
  if (columnNames && named && columnNames.length === columns + 1) columnNames = columnNames.slice(1);
  if (columnNames && columnNames.length !== columns)
    throw bad("rows differ in length", 1, undefined, `${columnNames.length} names over ${columns} columns`);
  const values = new Float64Array(rows.length * columns);
  rows.forEach(({ line, fields }, row) => {
    if (fields.length !== columns)
      throw bad("rows differ in length", line, undefined, `${fields.length} fields, the first row has ${columns}`);
    fields.forEach((field, column) => {
      const value = parseNumber(field);
      if (value === undefined)
        throw bad(
          "a number was expected",
          line,
          column + 1 + (named ? 1 : 0),
          field === "" ? "the field is empty" : `"${field.slice(0, 40)}"`,
        );
      values[row * columns + column] = value;
    });
  });
  return { rows: rows.length, columns, values, columnNames, rowNames };
}

/** Decodes text strictly. @throws Fault DATA when the bytes are not UTF-8 or hold NUL */
export function decodeText(bytes: Uint8Array, where: string): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // told below
  }
  throw fault("DATA", "the file is not text", { where, why: "its bytes are not UTF-8" });
}

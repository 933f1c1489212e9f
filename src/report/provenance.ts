/** Rows of one table; a report stays readable however much a record holds. */
const mostRows = 200;
const longestText = 400;

/** Keys under which a run lists where it departed from what was asked, or copies another program. */
const remarkable = /^(deviations?|compat(ibility)?|quirks?|warnings?|notes?)$/i;

/** A record of any shape as dotted keys and short texts, in its own order. */
export function provenanceRows(record: Readonly<Record<string, unknown>>): (readonly [string, string])[] {
  const rows: (readonly [string, string])[] = [];
  const visit = (key: string, value: unknown, depth: number): void => {
    if (rows.length >= mostRows || value === undefined) return;
    if (isRecord(value) && depth < 4 && Object.keys(value).length > 0)
      for (const [name, child] of Object.entries(value)) visit(key === "" ? name : `${key}.${name}`, child, depth + 1);
    else rows.push([key, shorten(asText(value))]);
  };
  visit("", record, 0);
  return rows.length < mostRows ? rows : [...rows, ["…", "more in run.json"]];
}

/** Everything that a reader must be told first: deviations, quirks copied, warnings. */
export function remarks(record: Readonly<Record<string, unknown>>): string[] {
  const found: string[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (!isRecord(value) || depth > 3) return;
    for (const [key, child] of Object.entries(value)) {
      if (!remarkable.test(key)) visit(child, depth + 1);
      else if (Array.isArray(child)) found.push(...child.map((item) => shorten(asText(item))));
      else if (isRecord(child))
        found.push(...Object.entries(child).map(([name, item]) => shorten(`${name}: ${asText(item)}`)));
      else if (typeof child === "string" && !["", "none"].includes(child)) found.push(shorten(`${key}: ${child}`));
    }
  };
  visit(record, 0);
  return [...new Set(found)];
}

function asText(value: unknown): string {
  if (value === null) return "none";
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(asText).join(", ");
  if (isRecord(value))
    return (
      Object.entries(value)
        .map(([key, child]) => `${key}: ${asText(child)}`)
        .join("; ") || "none"
    );
  return String(value);
}

const shorten = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText)}…` : text);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

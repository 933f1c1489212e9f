/** Text that is HTML already. Only `html` and `raw` make it, so whatever else enters a page has been escaped. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | undefined | false | readonly Part[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Safe inside elements and inside quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => entities[c] ?? c);

/** Markup of ours, or markup made by ours: never of a user's text. */
export const raw = (markup: string): Html => ({ html: markup });

/** A template whose values are escaped, but for `Html`; lists are joined, `undefined` and `false` are nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return raw(strings.map((text, k) => text + (k < parts.length ? flatten(parts[k]) : "")).join(""));
}

function flatten(part: Part): string {
  if (part === undefined || part === false) return "";
  if (typeof part === "string" || typeof part === "number") return escapeHtml(String(part));
  return isList(part) ? part.map(flatten).join("") : part.html;
}

const isList = (part: Html | readonly Part[]): part is readonly Part[] => Array.isArray(part);

/** JSON for a data block: no `</script>`, no `<!--`, and no line ends that old parsers trip over. */
export const escapeJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");

/**
 * A label as Plotly shall show it. It reads labels as a small HTML of its own, so the characters of markup go in as
 * entities; and it keeps categories as keys of an object, where `__proto__` or `constructor` would be lost, so such a
 * name is told apart by a mark that is not seen.
 */
export const plotText = (text: string): string =>
  (text in Object.prototype ? "\u200b" : "") + text.replace(/[&<>]/g, (c) => entities[c] ?? c);

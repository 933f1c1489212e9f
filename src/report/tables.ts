import type { Regional } from "../engine/setup.js";
import type { ParameterDeclaration } from "../ir/declare.js";
import { summarise } from "../analysis/summary.js";
import { html, type Html } from "./html.js";
import { show, showUnit } from "./numbers.js";
import type { Plates } from "./page.js";

export interface Column {
  readonly title: string;
  readonly numeric?: boolean;
}

/** A numbered table; the first cell of each row is its heading. */
export function table(
  plates: Plates,
  caption: Html,
  columns: readonly Column[],
  rows: readonly (readonly (Html | string | number)[])[],
): Html {
  const head = columns.map(
    ({ title, numeric }) => html`<th scope="col" ${numeric ? html` class="num"` : ""}>${title}</th>`,
  );
  const body = rows.map(
    (row) =>
      html`<tr>
        ${row.map((cell, k) => (k === 0 ? html`<th scope="row">${cell}</th>` : columns[k]?.numeric ? html`<td class="num">${cell}</td>` : html`<td>${cell}</td>`))}
      </tr>`,
  );
  return html`<div class="scroll">
    <table>
      <caption>
        <b>Table ${plates.tableNumber()}.</b>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}

/** Names and values, without heads: provenance, connectome numbers. */
export function keyTable(plates: Plates, caption: Html, rows: readonly (readonly [string, Html | string])[]): Html {
  const body = rows.map(
    ([key, value]) =>
      html`<tr>
        <th scope="row">${key}</th>
        <td>${value}</td>
      </tr>`,
  );
  return html`<div class="scroll">
    <table class="keys">
      <caption>
        <b>Table ${plates.tableNumber()}.</b>
        ${caption}
      </caption>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}

export function parameterTable(
  plates: Plates,
  caption: Html,
  declared: Readonly<Record<string, ParameterDeclaration>>,
  used: Readonly<Record<string, Regional>> | undefined,
): Html {
  const rows = Object.entries(declared).map(([name, { unit, default: usual, range, about }]) => {
    const value = used?.[name];
    const changed =
      value !== undefined && !(typeof value === "number" ? value === usual : value.every((v) => v === usual));
    const shown = value === undefined ? "–" : regional(value);
    return [
      html`<span class="code">${name}</span>`,
      changed ? html`<b>${shown}</b>` : shown,
      unit === "1" ? "" : showUnit(unit),
      show(usual),
      showRange(range),
      about,
    ];
  });
  return table(
    plates,
    html`${caption} Values in bold differ from the default.`,
    [
      { title: "parameter" },
      { title: "value", numeric: true },
      { title: "unit" },
      { title: "default", numeric: true },
      { title: "range", numeric: true },
      { title: "meaning" },
    ],
    rows,
  );
}

/** A parameter that declares no range has the largest numbers there are as bounds. */
export function showRange([low, high]: readonly [number, number]): string {
  const from = low > -Number.MAX_VALUE ? show(low) : undefined;
  const to = high < Number.MAX_VALUE ? show(high) : undefined;
  if (from === undefined) return to === undefined ? "any" : `up to ${to}`;
  return to === undefined ? `from ${from}` : `${from} to ${to}`;
}

/** A value for all regions, or the span of values that differ by region. */
export function regional(value: Regional): string {
  if (typeof value === "number") return show(value);
  if (value.length === 0) return "–";
  const { min, max } = summarise(value);
  return min === max ? show(min) : `${show(min)} to ${show(max)}, by region`;
}

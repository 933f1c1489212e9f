import { createHash } from "node:crypto";
import { fault } from "../core/fault.js";
import { packageText } from "../storage/package-file.js";
import { client } from "./client.js";
import type { Figure } from "./figure.js";
import { escapeHtml, escapeJson, html, raw, type Html } from "./html.js";
import { style } from "./style.js";

/** Gives figures and tables their numbers, and keeps their data until the page is closed. */
export interface Plates {
  figure(figure: Figure): Html;
  /** "Table 3." */
  tableNumber(): number;
  readonly blocks: readonly string[];
}

export function plates(): Plates {
  const blocks: string[] = [];
  let tables = 0;
  return {
    blocks,
    tableNumber: () => ++tables,
    figure({ kind, alt, caption, data, layout, height, screenOnly }) {
      const id = `figure-${blocks.length + 1}`;
      // Plotly needs the height in its layout; the page needs it before Plotly has run, or text would jump.
      const block = escapeJson({ data, layout: { ...layout, height } });
      blocks.push(`<script type="application/json" id="${id}">${block}</script>`);
      return html`<figure class="plate${screenOnly ? " screen-only" : ""}">
        <div
          class="plot"
          data-figure="${id}"
          data-kind="${kind}"
          role="img"
          aria-label="${alt}"
          style="height:${height}px"
        ></div>
        <figcaption><b>Figure ${blocks.length}.</b> ${caption}</figcaption>
      </figure>`;
    },
  };
}

/**
 * A whole page in one file: no network, no other files. Its policy lets only our two scripts run, by their hashes, so
 * a script that came in with somebody's data would stay text even if escaping had failed.
 */
export async function page(title: string, body: Html, blocks: readonly string[]): Promise<string> {
  const scripts = [await plotlySource(), client].map(checkScript);
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map((code) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`).join(" ")}`,
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
${body.html}
<noscript><p class="note warn">Figures are drawn by a script inside this file; scripts are switched off here.</p></noscript>
${blocks.join("\n")}
<script>${scripts[0]}</script>
<script>${scripts[1]}</script>
</body>
</html>
`;
}

export const footer: Html = raw(
  `<footer><div><b>Research software, not a medical device.</b> Not for diagnosis or for decisions on treatment. ` +
    `Everything on this page lies in this one file; nothing was sent anywhere. Made by laennec; figures are drawn by Plotly.js (MIT).</div></footer>`,
);

async function plotlySource(): Promise<string> {
  try {
    return await packageText("plotly.js-dist-min");
  } catch (cause) {
    throw fault("FILE", "the plotting script plotly.js-dist-min is not installed", {
      why: "a report holds a copy of it",
      next: "npm install plotly.js-dist-min",
      cause,
    });
  }
}

/** An HTML parser ends a script at the first closing tag, wherever it stands, and turns CR LF into LF before hashing. */
function checkScript(code: string): string {
  if (/<\/?script/i.test(code)) throw fault("BUG", "a script of the report holds a script tag");
  return code.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
}

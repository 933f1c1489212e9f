/**
 * Takes the pictures of the README from a report, with Debian's Chromium (or the one that LAENNEC_CHROMIUM names).
 *
 * usage: npx tsx scripts/pictures.ts REPORT.html [FOLDER]     (FOLDER: docs/pictures)
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, open } from "../test/report/browser.js";

/** Bytes; a README should load on a train. */
const largest = 150_000;

/** What is pictured: the box around these figures, the first of each kind. */
const pictures: Readonly<Record<string, readonly string[]>> = {
  network: ["graph"],
  activity: ["detail"],
  connectivity: ["correlation", "correlation-structure"],
};

const [report, folder = join(dirname(dirname(fileURLToPath(import.meta.url))), "docs", "pictures")] =
  process.argv.slice(2);
if (report === undefined) {
  console.error("usage: npx tsx scripts/pictures.ts REPORT.html [FOLDER]");
  process.exit(2);
}

mkdirSync(folder, { recursive: true });
const browser = await launch();
try {
  const { page, ask, errors } = await open(browser, resolve(report), { width: 1000, height: 900 });
  await ask(
    "document.head.append(Object.assign(document.createElement('style'), { textContent: '.modebar { display: none }' }))",
  );
  for (const [name, kinds] of Object.entries(pictures)) {
    const box = await ask<{ x: number; y: number; width: number; height: number } | undefined>(`(() => {
      const boxes = ${JSON.stringify(kinds)}.map((kind) => document.querySelector('[data-kind="' + kind + '"]')?.getBoundingClientRect());
      if (boxes.includes(undefined)) return undefined;
      const x = Math.min(...boxes.map((b) => b.left)), y = Math.min(...boxes.map((b) => b.top)) + scrollY;
      return { x, y, width: Math.max(...boxes.map((b) => b.right)) - x, height: Math.max(...boxes.map((b) => b.bottom)) + scrollY - y };
    })()`);
    if (box === undefined) {
      console.log(`${name}.png: left out, the report has no such figure`);
      continue;
    }
    const png = await page.screenshot({ clip: box, fullPage: true });
    if (png.length > largest) throw new Error(`${name}.png has ${png.length} bytes, more than ${largest}`);
    writeFileSync(join(folder, `${name}.png`), png);
    console.log(`${name}.png: ${box.width} × ${box.height}, ${png.length} bytes`);
  }
  if (errors.length > 0) throw new Error(errors.join("\n"));
} finally {
  await browser.close();
}

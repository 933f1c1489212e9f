/**
 * Takes the pictures of the README from a report, with Debian's Chromium (or the one that LAENNEC_CHROMIUM names).
 *
 * usage: npx tsx scripts/pictures.ts REPORT.html [FOLDER]     (FOLDER: docs/pictures)
 *        npx tsx scripts/pictures.ts NAME=FILE …               the first traces of a report, or a picture of laennec dynamics
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { launch, open } from "../test/report/browser.js";

/** Bytes; a README should load on a train. */
const largest = 150_000;

/** What is pictured: the box around these figures, the first of each kind. */
const pictures: Readonly<Record<string, readonly string[]>> = {
  network: ["graph"],
  activity: ["detail"],
  connectivity: ["correlation", "correlation-structure"],
};

const usual = join(dirname(dirname(fileURLToPath(import.meta.url))), "docs", "pictures");
const single = process.argv.slice(2).filter((text) => text.includes("="));
const [report, folder = usual] = single.length > 0 ? [single[0]] : process.argv.slice(2);
if (report === undefined) {
  console.error("usage: npx tsx scripts/pictures.ts REPORT.html [FOLDER]");
  process.exit(2);
}

mkdirSync(folder, { recursive: true });
const browser = await launch();
/** A small picture of one figure, as wide as half a page. */
async function takeOne(name: string, file: string): Promise<void> {
  const page = file.endsWith(".svg") ? await browser.newPage({ viewport: { width: 860, height: 560 } }) : undefined;
  await page?.goto(pathToFileURL(resolve(file)).href);
  const opened = page ? undefined : await open(browser, resolve(file), { width: 900, height: 700 });
  await opened?.ask(
    "document.head.append(Object.assign(document.createElement('style'), { textContent: '.modebar { display: none }' }))",
  );
  const png = page ? await page.screenshot() : await opened?.page.locator('[data-kind="traces"]').first().screenshot();
  if (png === undefined || png.length > largest) throw new Error(`${name}.png has ${png?.length ?? 0} bytes`);
  writeFileSync(join(folder, `${name}.png`), png);
  console.log(`${name}.png: ${png.length} bytes`);
}

try {
  for (const one of single) await takeOne(one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1));
  if (single.length > 0) process.exit(0);
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

/**
 * Writes docs/models: a page for every model from its declaration, and pictures from runs of this library.
 *
 * usage: npx tsx scripts/model-pages.ts             pages, and pictures that are missing or of older declarations
 *        npx tsx scripts/model-pages.ts --pictures  pages and all pictures
 *        npx tsx scripts/model-pages.ts ID …        pages, and the pictures of these models
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { models } from "../src/models/index.js";
import { planePicture, timePicture } from "./model-pages/pictures.js";
import { pagesOf, pictureMark, picturesOf } from "./model-pages/text.js";

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), "docs", "models");
mkdirSync(join(folder, "pictures"), { recursive: true });
const asked = process.argv.slice(2);
const all = Object.values(models);

for (const [file, text] of pagesOf(all)) writeFileSync(join(folder, file), text);

for (const model of all) {
  const wanted = asked.includes("--pictures") || asked.includes(model.id);
  for (const name of picturesOf(model)) {
    const path = join(folder, "pictures", name);
    if (!wanted && existsSync(path) && readFileSync(path, "utf8").includes(pictureMark(model))) continue;
    try {
      const picture = name.endsWith("-plane.svg") ? planePicture(model) : await timePicture(model);
      writeFileSync(path, `${picture}${pictureMark(model)}\n`);
      console.log(`${name}: ${picture.length} bytes`);
    } catch (error) {
      process.exitCode = 1;
      console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

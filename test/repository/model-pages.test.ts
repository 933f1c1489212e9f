import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pagesOf, pictureMark, picturesOf } from "../../scripts/model-pages/text.js";
import { models } from "../../src/models/index.js";
import { read, root } from "./sources.js";

/** docs/models is what scripts/model-pages.ts makes of the declarations; pictures are not drawn again here. */

const folder = join(root, "docs", "models");
const all = Object.values(models);
const next = "run: npx tsx scripts/model-pages.ts";

describe("pages of models", () => {
  it.each([...pagesOf(all)])("%s says what the declaration says", (file, text) => {
    expect(existsSync(join(folder, file)), next).toBe(true);
    expect(read(`docs/models/${file}`), next).toBe(text);
  });

  it("are there for registered models only", () => {
    const found = readdirSync(folder).filter((name) => name.endsWith(".md"));
    expect(found.sort(), next).toEqual([...pagesOf(all).keys()].sort());
  });

  it.each(all)("$id says everything: variables, parameters, inputs, papers", (model) => {
    const page = read(`docs/models/${model.id}.md`);
    const names = Object.keys({ ...model.state, ...model.parameters, ...model.inputs, ...model.local });
    for (const name of names) expect(page, name).toContain(`| \`${name}\` |`);
    for (const { doi } of model.papers) expect(page).toContain(`(https://doi.org/${doi})`);
    expect(page.match(/\\frac\{d /g)?.length ?? 0).toBeGreaterThanOrEqual(Object.keys(model.state).length);
  });

  it("have no cell or formula that breaks off", () => {
    for (const [file, text] of pagesOf(all)) {
      for (const line of text.split("\n").filter((l) => l.startsWith("|")))
        expect(line.replaceAll("\\|", "").split("|").length, `${file}: ${line}`).toBeGreaterThan(3);
      expect((text.match(/^```/gm)?.length ?? 0) % 2, file).toBe(0);
      for (const [formula] of text.matchAll(/^```math\n[\s\S]*?\n```$/gm))
        expect(formula.split("{").length, `${file}: ${formula}`).toBe(formula.split("}").length);
      expect(text, file).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it("have their pictures, none empty or heavy, and no picture is left over", () => {
    const wanted = all.flatMap((model) => picturesOf(model).map((name) => ({ name, model })));
    for (const { name, model } of wanted) {
      const path = join(folder, "pictures", name);
      expect(existsSync(path), `${name}; ${next}`).toBe(true);
      expect(statSync(path).size, name).toBeLessThan(25_000);
      const svg = read(`docs/models/pictures/${name}`);
      expect(svg, `${name} is of an older declaration; ${next}`).toContain(pictureMark(model));
      expect(svg, name).not.toMatch(/NaN|Infinity|undefined/);
      expect(svg.match(/<path d="M[\d.]+ [\d.-]+L[\d.-]+ [\d.-]+/g)?.length ?? 0, name).toBeGreaterThan(0);
    }
    expect(readdirSync(join(folder, "pictures")).sort()).toEqual(wanted.map(({ name }) => name).sort());
  });
});

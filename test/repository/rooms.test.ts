import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { doors, mayImport, roomOf, wrongImports } from "./rooms.js";
import { importsOf, parse, read, root, target, typescriptFiles } from "./sources.js";

const files = typescriptFiles("src", "workers");

describe("the house", () => {
  it("has rooms to look at", () => {
    expect(files.length).toBeGreaterThan(10);
  });

  it("is imported only in the direction of its table", () => {
    expect(files.flatMap((file) => wrongImports(file, read(file)))).toEqual([]);
  });

  it("has no two rooms that may import each other, whatever the way round", () => {
    const reach = (room: string, seen = new Set<string>()): Set<string> => {
      for (const next of mayImport[room] ?? []) if (!seen.has(next)) reach(next, seen.add(next));
      return seen;
    };
    expect(Object.keys(mayImport).filter((room) => room !== "cli" && reach(room).has(room))).toEqual([]);
  });

  it("has no cycle of files", () => {
    const graph = new Map(
      files.map((file) => [
        file,
        importsOf(parse(file, read(file)))
          .filter(({ typeOnly }) => !typeOnly)
          .flatMap(({ specifier }) => target(file, specifier)?.replace(/\.js$/, ".ts") ?? []),
      ]),
    );
    expect(cycle(graph)).toBeUndefined();
  });

  it("names only files that exist", () => {
    const missing = files.flatMap((file) =>
      importsOf(parse(file, read(file))).flatMap(({ specifier }) => {
        const to = target(file, specifier);
        if (to === undefined || existsSync(join(root, to.replace(/\.js$/, ".ts"))) || existsSync(join(root, to)))
          return [];
        return [`${file} imports ${to}`];
      }),
    );
    expect(missing).toEqual([]);
  });
});

describe("the test of the house", () => {
  it.each([
    ["src/core/a.ts", `import { b } from "../ir/b.js";`, "core may not import ir"],
    ["src/ir/a.ts", `import type { B } from "../engine/b.js";`, "ir may not import engine"],
    ["src/engine/a.ts", `export { b } from "../models/jansen-rit.js";`, "engine may not import models"],
    ["src/engine/a.ts", `const b = await import("../cli/b.js");`, "engine may not import cli"],
    ["src/kernels/wasm/a.ts", `import "../../engine/b.js";`, "kernels may not import engine"],
    ["src/report/a.ts", `import { simulate } from "../index.js";`, "report may not import index"],
    ["src/core/a.ts", `import { test } from "../../test/a.js";`, "outside of src"],
    ["src/attic/a.ts", ``, `"attic" is no room`],
    ["src/stray.ts", ``, `"stray" is no room`],
    ["src/analysis/a.ts", `import { parse } from "mathjs";`, "mathjs is imported only by src/ir/"],
    ["src/storage/a.ts", `const b = await import(name);`, "computed"],
  ])("finds what is wrong in %s: %s", (file, text, complaint) => {
    expect(wrongImports(file, text).join()).toContain(complaint);
  });

  it.each([
    ["src/ir/a.ts", `import { fault } from "../core/fault.js"; import { create } from "mathjs";`],
    ["src/kernels/wasm/a.ts", `import { b } from "../reference/b.js"; // import "../../engine/b.js"`],
    ["src/index.ts", `export { simulate } from "./experiment/simulate.js";`],
    ["workers/a.ts", `import { b } from "../src/study/b.js";`],
    ["src/connectome/a.ts", `import table from "../../data/a/b.json" with { type: "json" };`],
    ["src/cli/a.ts", `import { join } from "node:path";`],
  ])("is content with %s: %s", (file, text) => {
    expect(wrongImports(file, text)).toEqual([]);
  });

  it("knows rooms by their paths", () => {
    expect(roomOf("src/kernels/wasm/encode.ts")).toBe("kernels");
    expect(roomOf("src/index.js")).toBe("index");
    expect(roomOf("test/a.ts")).toBeUndefined();
  });

  it("finds a cycle", () => {
    const graph = new Map([
      ["a", ["b"]],
      ["b", ["c", "d"]],
      ["c", []],
      ["d", ["b"]],
    ]);
    expect(cycle(graph)).toEqual(["b", "d", "b"]);
    expect(cycle(new Map([["a", ["b"]]]))).toBeUndefined();
  });

  it("gives doors only to packages we depend on", () => {
    const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
    expect(Object.keys(doors).filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
  });
});

/** A path that comes back to where it began, or undefined. */
function cycle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const walk = (node: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const found = walk(next, [...path, node]);
      if (found !== undefined) return found;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const found = walk(node, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

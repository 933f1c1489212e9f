import { describe, expect, it } from "vitest";
import { read, typescriptFiles } from "./sources.js";
import { unsafe } from "./safety.js";

describe("the sources", () => {
  it("make no code of text, reach no network, touch disks in one room, and are pure where they say so", () => {
    const files = typescriptFiles("src", "workers");
    expect(files.length).toBeGreaterThan(10);
    expect(files.flatMap((file) => unsafe(file, read(file)))).toEqual([]);
  });
});

describe("the test of the sources", () => {
  it.each([
    ["src/ir/a.ts", `eval("1")`],
    ["src/ir/a.ts", `const f = new Function("x", "return x");`],
    ["src/ir/a.ts", `const F = Function; F("x");`],
    ["src/ir/a.ts", `globalThis.eval("1");`],
    ["src/ir/a.ts", `(() => 1).constructor("return 1")();`],
    ["src/cli/a.ts", `setTimeout("run()", 10);`],
    ["src/cli/a.ts", `import { runInNewContext } from "node:vm";`],
    ["src/ir/a.ts", `import { evaluate } from "mathjs";`],
    ["src/ir/a.ts", `import { create, all } from "mathjs";`],
    ["src/ir/a.ts", `import { create } from "mathjs"; parse("1").evaluate();`],
    ["src/engine/a.ts", `const x = Math.random();`],
    ["src/models/a.ts", `const t = Date.now();`],
    ["src/core/a.ts", `const t = new Date();`],
    ["src/analysis/a.ts", `const t = performance.now();`],
    ["src/core/a.ts", `if (process.env["A"]) f();`],
    ["src/core/a.ts", `import { join } from "node:path";`],
    ["src/report/a.ts", `import http from "node:http";`],
    ["src/report/a.ts", `await import("https");`],
    ["src/report/a.ts", `const page = await fetch("x");`],
    ["src/report/a.ts", `const page = await globalThis.fetch("x");`],
    ["src/report/a.ts", `import { readFileSync } from "node:fs";`],
    ["src/engine/a.ts", `import { writeFile } from "node:fs/promises";`],
    ["src/engine/a.ts", `import { spawn } from "node:child_process";`],
  ])("finds what is unsafe in %s: %s", (file, text) => {
    expect(unsafe(file, text)).toHaveLength(1);
  });

  it.each([
    ["src/ir/a.ts", `// no eval, no new Function, no Math.random\nconst text = "eval(1)";`],
    ["src/ir/a.ts", `import { create, parseDependencies } from "mathjs";`],
    ["src/ir/a.ts", `type Maker = Function; interface A { eval: number; fetch(): void }`],
    ["src/storage/a.ts", `import { open } from "node:fs/promises";`],
    ["src/cli/a.ts", `import { spawn } from "node:child_process"; const t = performance.now();`],
    ["src/core/a.ts", `const day = new Date(0); const r = Math.round(1);`],
    ["src/kernels/wasm/a.ts", `const module = WebAssembly.compile(bytes);`],
    ["src/core/a.ts", `const y = node.evaluate();`],
  ])("is content with %s: %s", (file, text) => {
    expect(unsafe(file, text)).toEqual([]);
  });
});

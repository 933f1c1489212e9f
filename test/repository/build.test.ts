import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build } from "./built.js";
import { read, root } from "./sources.js";
import { makesCode } from "./safety.js";

const complete = ["src/index.ts", "src/cli/main.ts"].every((file) => existsSync(join(root, file)));
const strict = "--disallow-code-generation-from-strings";
const node = (...args: readonly string[]) => execFileSync(process.execPath, args, { encoding: "utf8", stdio: "pipe" });

describe.skipIf(!complete)("the build", () => {
  const scratch = mkdtempSync(join(tmpdir(), "laennec-build-"));
  let folder = "";
  beforeAll(() => {
    folder = build("build");
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it("loads by import and by require", () => {
    const library = JSON.stringify(join(folder, "index.js"));
    const names = `console.log(Object.keys(library).includes("simulate"))`;
    writeFileSync(join(scratch, "a.cjs"), `const library = require(${library}); ${names}`);
    writeFileSync(join(scratch, "a.mjs"), `import * as library from ${library}; ${names}`);
    expect(node(strict, join(scratch, "a.cjs")).trim()).toBe("true");
    expect(node(strict, join(scratch, "a.mjs")).trim()).toBe("true");
  });

  it("answers --help in less than 300 ms", () => {
    const report = `data:text/javascript,process.on("exit",()=>console.error(JSON.stringify(process.cpuUsage())))`;
    const times = Array.from({ length: 3 }, () => {
      const child = spawnSync(process.execPath, ["--import", report, join(folder, "cli.js"), "--help"], {
        encoding: "utf8",
      });
      expect(child.stdout).toContain("simulate");
      const { user, system } = JSON.parse(child.stderr) as { user: number; system: number };
      return (user + system) / 1000;
    });
    // Time of the processor, the least of three: others use the machine too, and an idle one needs no longer.
    expect(Math.min(...times)).toBeLessThan(300);
  });

  it("holds no code made of text, in what others wrote either", () => {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
    expect(files.length).toBeGreaterThan(2);
    expect(files.flatMap((name) => makesCode(name, readFileSync(join(folder, name), "utf8")))).toEqual([]);
  });

  it("is packed with its data and without tests or benchmarks", () => {
    const [pack] = JSON.parse(
      execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
        cwd: root,
        encoding: "utf8",
        stdio: "pipe",
      }),
    ) as [{ files: { path: string }[]; unpackedSize: number }];
    const paths = pack.files.map(({ path }) => path);
    expect(paths).toContain("LICENSE");
    expect(paths.filter((path) => /^(test|bench|src|\.ci|out)\//.test(path))).toEqual([]);
    expect(pack.unpackedSize).toBeLessThan(20 * 2 ** 20);
  });
});

describe("the manifest", () => {
  it("leads only to files that the build makes or the repository holds", () => {
    const { exports, files } = JSON.parse(read("package.json")) as {
      exports: Readonly<Record<string, unknown>>;
      files: readonly string[];
    };
    const targets = JSON.stringify(Object.values(exports)).match(/\.\/[\w./-]+/g) ?? [];
    const held = targets
      .map((path) => path.slice(2))
      .filter((path) => !path.startsWith("dist/") && /\.\w+$/.test(path));
    expect(held.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(files).toContain("dist");
  });
});

describe("the test of the build", () => {
  it("finds code made of text", () => {
    expect(makesCode("a.js", `const f = new Function("x", "return x"); f(1)`)).toHaveLength(1);
    expect(makesCode("a.js", `const s = "new Function()"; /* eval(1) */ class A { eval() {} }`)).toEqual([]);
  });
});

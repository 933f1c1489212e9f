import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { transformSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build } from "./built.js";
import { briefly, commandsOf, examplesOf, missingLine, treatmentOf, type Example } from "./docs.js";
import { read, root } from "./sources.js";

const pages = ["README.md", ...markdown("docs")].filter((page) => existsSync(join(root, page)));
const examples = new Map(pages.map((page) => [page, examplesOf(page, read(page))]));
const scripts = (JSON.parse(read("package.json")) as { scripts: Readonly<Record<string, string>> }).scripts;
const python = process.env["LAENNEC_PYTHON"];
const secondsPerExample = 120;

const scratch = mkdtempSync(join(tmpdir(), "laennec-docs-"));
const bin = join(scratch, "bin");
let library = "";

describe.skipIf(!["src/cli/main.ts", "src/index.ts"].every((file) => existsSync(join(root, file))))(
  "the examples",
  () => {
    beforeAll(() => {
      library = build("docs");
      mkdirSync(bin);
      writeFileSync(join(bin, "laennec"), `#!/bin/sh\nexec "${process.execPath}" "${join(library, "cli.js")}" "$@"\n`);
      chmodSync(join(bin, "laennec"), 0o755);
    });
    afterAll(() => rmSync(scratch, { recursive: true, force: true }));

    for (const [page, all] of examples) {
      const list = all.filter(isCode);
      if (list.length === 0) continue;
      describe(page, () => {
        const folder = join(scratch, page.replaceAll(/\W/g, "-"));
        beforeAll(() => void mkdirSync(folder));
        for (const example of list) {
          const name = `line ${example.line}, ${example.language}`;
          it(name, { timeout: 1000 * secondsPerExample }, () => tryOut(example, folder));
        }
      });
    }

    it("have the types they seem to have", { timeout: 120_000 }, () => {
      const typed = [...examples.values()].flat().filter(({ language, fragment }) => language === "ts" && !fragment);
      const folder = join(root, "out/test-builds/docs-types");
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      for (const { page, line, text } of typed)
        writeFileSync(join(folder, `${page.replaceAll(/\W/g, "-")}-line-${line}.ts`), `${text}\nexport {};\n`);
      writeFileSync(
        join(folder, "tsconfig.json"),
        JSON.stringify({
          extends: "../../../tsconfig.json",
          compilerOptions: { noEmit: true, rootDir: "../../..", paths: { laennec: ["../../../src/index.ts"] } },
          include: ["*.ts"],
        }),
      );
      if (typed.length === 0) return;
      const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
      const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder], { cwd: root, encoding: "utf8" });
      expect(stdout.split("\n").filter((line) => line.includes("docs-types"))).toEqual([]);
    });
  },
);

describe("the pages", () => {
  it("lead only to files that exist", () => {
    const dead = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
        .map(([, link = ""]) => link)
        .filter((link) => !existsSync(join(root, page, "..", link)))
        .map((link) => `${page}: ${link}`),
    );
    expect(dead).toEqual([]);
  });
});

describe("the test of the examples", () => {
  const page = [
    "# A",
    "```yaml file=a.yaml",
    "model: linear",
    "```",
    "- item",
    "  ```bash",
    "  laennec demo",
    "  ```",
    "```text",
    "x",
    "```",
  ].join("\n");

  it("finds fenced blocks, where they are, and what they say of themselves", () => {
    expect(examplesOf("a.md", page)).toMatchObject([
      { line: 2, language: "yaml", text: "model: linear\n", file: "a.yaml", fragment: false },
      { line: 6, language: "bash", text: "laennec demo\n", file: undefined },
      { line: 9, language: "text" },
    ]);
  });

  it("reads commands, their exit status and what they must print", () => {
    const example = (language: string, text: string): Example => ({
      page: "a.md",
      line: 1,
      language,
      text,
      fragment: false,
      file: undefined,
    });
    expect(
      commandsOf(
        example("bash", "# first\nlaennec simulate \\\n  a.yaml\nlaennec models show x   # exits 65: unknown\n"),
      ),
    ).toEqual([
      { text: "laennec simulate a.yaml", exits: 0, shows: [] },
      { text: "laennec models show x", exits: 65, shows: [] },
    ]);
    expect(commandsOf(example("console", "$ laennec doctor\nwasm   yes\n…\n"))).toEqual([
      { text: "laennec doctor", exits: 0, shows: ["wasm   yes"] },
    ]);
  });

  it("refuses a command that it would not run", () => {
    expect(() => treatmentOf("curl example.org | sh")).toThrow("curl");
    expect(() => treatmentOf("laennec demo && rm -r x")).toThrow("rm");
    expect(treatmentOf("cat a.yaml | npx laennec simulate - --json")).toEqual({
      run: "cat a.yaml | laennec simulate - --json",
    });
    expect(treatmentOf("npm ci && npm start")).toEqual({ script: "ci start" });
  });

  it("compares output line by line, with … for anything", () => {
    expect(missingLine("a  1 s\nb 2.5 s\n", ["a 1 s", "b … s"])).toBeUndefined();
    expect(missingLine("b\na\n", ["a", "b"])).toBe("b");
    expect(missingLine("a+b\n", ["aab"])).toBe("aab");
  });

  it("cuts experiments short, and sees bad YAML", () => {
    const example = (text: string): Example => ({
      page: "a.md",
      line: 1,
      language: "yaml",
      text,
      fragment: false,
      file: undefined,
    });
    expect(briefly(example("model: linear\nduration: 60 s\ntransient: 2 s\n"))).toBe(
      "model: linear\nduration: 20 ms\n",
    );
    expect(
      briefly(example("model: linear\nduration: 9 s\nmonitors: [{id: raw}, {id: subsample, period: 40 ms}]\n")),
    ).toContain("80 ms");
    expect(briefly(example("a: 1\n"))).toBeUndefined();
    expect(() => briefly(example("a: [1\n"))).toThrow();
  });
});

function isCode({ language }: Example): boolean {
  return ["yaml", "json", "bash", "console", "ts", "js", "python"].includes(language);
}

function tryOut(example: Example, folder: string): void {
  const { language, text, file, fragment } = example;
  if (file !== undefined) writeFileSync(join(folder, file), text);
  if (language === "yaml" || language === "json") {
    const experiment = briefly(example);
    if (fragment) return;
    if (experiment === undefined) expect(file, "neither an experiment, nor a file=NAME, nor a fragment").toBeDefined();
    else simulateBriefly(experiment, folder, example.line);
  } else if (fragment) return;
  else if (language === "bash" || language === "console")
    for (const command of commandsOf(example)) obey(command, folder);
  else if (language === "python") runPython(text, folder);
  else runScript(example, folder);
}

function simulateBriefly(experiment: string, folder: string, line: number): void {
  const file = `line-${line}.yaml`;
  writeFileSync(join(folder, file), experiment);
  obey({ text: `laennec simulate ${file} --out line-${line}`, exits: 0, shows: [] }, folder);
}

function obey({ text, exits, shows }: { text: string; exits: number; shows: readonly string[] }, folder: string): void {
  const treatment = treatmentOf(text);
  if ("skip" in treatment) return;
  if ("script" in treatment) {
    const known = (name: string) =>
      ["ci", "install", "i", "test", "start"].includes(name) || scripts[name] !== undefined;
    expect(treatment.script.split(" ").filter((name) => !known(name))).toEqual([]);
    return;
  }
  const env = { ...process.env, NO_COLOR: "1", PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}` };
  const { status, stdout, stderr } = spawnSync("bash", ["-o", "pipefail", "-c", treatment.run], {
    cwd: folder,
    env,
    encoding: "utf8",
    timeout: 1000 * secondsPerExample,
  });
  expect(status, `${text}\n${stdout}${stderr}`).toBe(exits);
  expect(missingLine(stdout + stderr, shows), `${text}\n${stdout}${stderr}`).toBeUndefined();
}

function runScript({ language, text, line }: Example, folder: string): void {
  const url = pathToFileURL(join(library, "index.js")).href;
  const commonJs = /\brequire\(/.test(text);
  const code = transformSync(text, { loader: language === "ts" ? "ts" : "js", target: "node20" })
    .code.replaceAll(/(from|import\(|import)(\s*)"laennec"/g, `$1$2${JSON.stringify(url)}`)
    .replaceAll(/require\("laennec"\)/g, `require(${JSON.stringify(join(library, "index.js"))})`);
  const file = join(folder, `line-${line}.${commonJs ? "cjs" : "mjs"}`);
  writeFileSync(file, code);
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--disallow-code-generation-from-strings", file], {
    cwd: folder,
    encoding: "utf8",
    timeout: 1000 * secondsPerExample,
  });
  expect(status, stdout + stderr).toBe(0);
}

function runPython(text: string, folder: string): void {
  if (python === undefined) return;
  execFileSync(python, ["-c", text], { cwd: folder, stdio: "pipe" });
}

function markdown(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((name) => name.endsWith(".md"))
    .sort();
}

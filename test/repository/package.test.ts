import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importsOf, parse, read, root, typescriptFiles } from "./sources.js";
import { packageName } from "./rooms.js";

interface Manifest {
  readonly license?: string;
  readonly engines?: { readonly node?: string };
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
interface Locked {
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly resolved?: string;
  readonly link?: boolean;
}

const manifest = JSON.parse(read("package.json")) as Manifest;
const { packages } = JSON.parse(read("package-lock.json")) as { packages: Readonly<Record<string, Locked>> };
const locked = Object.entries(packages).filter(([path]) => path !== "");
const shipped = locked.filter(([, { dev }]) => dev !== true);
const installed = (path: string) => JSON.parse(readFileSync(join(root, path, "package.json"), "utf8")) as Manifest;

/** Licences that let anyone use, change and pass on, also in a closed hospital system. */
const free = new Set([
  "MIT",
  "MIT-0",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "Unlicense",
]);
/** Package → words of a licence file that was read by a person. */
const readByHand: Readonly<Record<string, { readonly file: string; readonly says: RegExp }>> = {
  // NIST lets anyone use, change and pass on its code when the notice stays; HDF5 inside is under a licence like BSD-3-Clause.
  h5wasm: { file: "LICENSE.txt", says: /You may use,\s+copy, and distribute copies/ },
};

describe("the package", () => {
  it("depends on few packages", () => {
    expect(Object.keys(manifest.dependencies ?? {}).length).toBeLessThanOrEqual(12);
    expect(shipped.length).toBeLessThanOrEqual(60);
  });

  it("ships only packages under free licences", () => {
    expect(shipped.length).toBeGreaterThan(5);
    const doubtful = shipped.filter(([path, { optional }]) => {
      if (optional === true) return false;
      const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
      const exception = readByHand[name];
      if (exception !== undefined) return !exception.says.test(readFileSync(join(root, path, exception.file), "utf8"));
      return !free.has(installed(path).license ?? "none");
    });
    expect(doubtful.map(([path]) => path)).toEqual([]);
  });

  it("runs no one's install script, except that of the bundler, which we need only to build", () => {
    const scripts = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    const harmless = (path: string) => /^node_modules\/(.*\/)?(esbuild|fsevents)$/.test(path);
    expect(scripts.filter(([path, { dev }]) => !harmless(path) || dev !== true).map(([path]) => path)).toEqual([]);
  });

  it("takes packages from a registry by name only: no addresses, folders or links", () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
    expect(Object.entries(all).filter(([, range]) => !/^[~^]?\d+(\.\d+){0,2}$/.test(range))).toEqual([]);
    expect(locked.filter(([, { resolved, link }]) => link === true || /^(git|file|ssh)/.test(resolved ?? ""))).toEqual(
      [],
    );
  });

  it("depends on packages that run on the oldest Node it promises", () => {
    expect(manifest.engines?.node).toBe(">=20.19");
    const later = shipped.filter(
      ([path, { optional }]) => optional !== true && !runsOn20(installed(path).engines?.node ?? "*"),
    );
    expect(later.map(([path]) => `${path} ${installed(path).engines?.node}`)).toEqual([]);
  });

  it("has all scripts that the instructions name", () => {
    const wanted = ["prepare", "build", "start", "test", "lint", "types", "bench", "format"];
    expect(wanted.filter((name) => manifest.scripts?.[name] === undefined)).toEqual([]);
  });

  it("imports only what it declares: run-time dependencies in src, those and development ones elsewhere", () => {
    const run = new Set(Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }));
    const development = new Set([...run, ...Object.keys(manifest.devDependencies ?? {})]);
    const undeclared = (folders: readonly string[], declared: ReadonlySet<string>) =>
      typescriptFiles(...folders).flatMap((file) =>
        importsOf(parse(file, read(file)))
          .map(({ specifier }) => specifier)
          .filter((specifier) => /^[@a-z]/.test(specifier) && !specifier.startsWith("node:"))
          .map(packageName)
          .filter((name) => !declared.has(name) && name !== "laennec")
          .map((name) => `${file}: ${name}`),
      );
    expect(undeclared(["src", "workers"], run)).toEqual([]);
    expect(undeclared(["bench", "test"], development)).toEqual([]);
  });
});

describe("the test of engines", () => {
  it.each([
    "*",
    ">=12",
    ">= 18",
    ">=20.19.0",
    "^20.19.0 || ^22.12.0 || >=23",
    ">=8.0.0",
    "20 || >=22",
    "6.* || >= 10.*",
  ])("20.19 satisfies %s", (range) => {
    expect(runsOn20(range)).toBe(true);
  });
  it.each([">=22", ">=20.20", "^18", "^22.0.0 || >=24", "18 || >=21"])("20.19 does not satisfy %s", (range) => {
    expect(runsOn20(range)).toBe(false);
  });
});

/** Whether 20.19.0 lies in a range of the forms that `engines` fields use. */
function runsOn20(range: string): boolean {
  return range.split("||").some((part) => {
    const text = part.trim();
    if (text === "*" || text === "") return true;
    const match = /^(>=|\^|~)?\s*v?(\d+)(?:\.(\d+|\*|x))?(?:\.(?:\d+|x))?(?:\s+<\s*\d+.*)?$/.exec(text);
    if (match === null) return false;
    const [, sign, major, minor] = match;
    const known = Number(major) * 1000 + (Number(minor ?? 0) || 0);
    return sign === ">=" ? known <= 20_019 : Number(major) === 20 && known <= 20_019;
  });
}

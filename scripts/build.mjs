/**
 * Builds dist/: one ES-module bundle per entry (shared code in dist/chunks), then the type declarations.
 *
 * Bundling is for start-up time: a tree-shaken mathjs parser loads in a tenth of the time of the whole package.
 * Entries that are not written yet are skipped, so that `npm ci` works at any commit.
 *
 * usage: node scripts/build.mjs [--no-types] [--analyze] [--outdir=dist]
 */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { analyzeMetafile, build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values: options } = parseArgs({
  options: {
    "no-types": { type: "boolean", default: false },
    analyze: { type: "boolean", default: false },
    outdir: { type: "string", default: "dist" },
  },
});
const dist = resolve(root, options.outdir);

/** dist name → source file. */
const entries = {
  index: "src/index.ts",
  cli: "src/cli/main.ts",
  bench: "bench/main.ts",
  ...Object.fromEntries(
    (existsSync(join(root, "workers")) ? readdirSync(join(root, "workers")) : [])
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
      .map((name) => [`workers/${name.slice(0, -3)}`, `workers/${name}`]),
  ),
};

// The bench imports the library.
const needs = (source) => (source.startsWith("bench/") ? [source, "src/index.ts"] : [source]);
const isThere = (source) => needs(source).every((file) => existsSync(join(root, file)));
const present = Object.entries(entries).filter(([, source]) => isThere(source));
for (const [name, source] of Object.entries(entries))
  if (!isThere(source)) console.log(`build: ${source} is not there yet, dist/${name}.js is skipped`);

if (present.length > 0) {
  await bundle();
  if (existsSync(join(root, "src/index.ts")) && !options["no-types"]) declarations();
}

async function bundle() {
  const result = await build({
    absWorkingDir: root,
    entryPoints: present.map(([out, source]) => ({ out, in: source })),
    outdir: dist,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    chunkNames: "chunks/[name]-[hash]",
    // Found at run time in node_modules, and only by the few commands that need them: a 5 MB script that is read as
    // text for a report, and a 3 MB HDF5 library.
    external: ["plotly.js-dist-min", "h5wasm"],
    // Identifiers stay: a stack trace in a bug report needs them.
    minifySyntax: true,
    // CommonJS packages in the bundle reach Node's own modules by `require`.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
    legalComments: "none",
    metafile: true,
    write: false,
    logLevel: "warning",
  });

  const written = new Set();
  for (const { path, contents } of result.outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    const isCli = relative(dist, path) === "cli.js";
    writeFileSync(
      path,
      isCli ? Buffer.concat([Buffer.from("#!/usr/bin/env node\n"), stripShebang(contents)]) : contents,
    );
    if (isCli) chmodSync(path, 0o755);
    written.add(path);
  }
  // Written before the old ones go, so that a program that runs meanwhile loses nothing it has not loaded.
  for (const folder of [dist, join(dist, "chunks"), join(dist, "workers")])
    for (const name of existsSync(folder) ? readdirSync(folder) : [])
      if (name.endsWith(".js") && !written.has(join(folder, name))) rmSync(join(folder, name));

  const kilobytes = Math.round(result.outputFiles.reduce((sum, file) => sum + file.contents.length, 0) / 1024);
  console.log(`build: ${present.map(([name]) => `dist/${name}.js`).join(", ")} (${kilobytes} KB in all)`);
  if (options.analyze) console.log(await analyzeMetafile(result.metafile));
}

function stripShebang(contents) {
  return contents[0] === 0x23 && contents[1] === 0x21 ? contents.subarray(contents.indexOf(0x0a) + 1) : contents;
}

/** Errors of type are a matter for `npm run types`; here they are told and the bundle stays usable. */
function declarations() {
  rmSync(join(dist, "types"), { recursive: true, force: true });
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const { status } = spawnSync(process.execPath, [tsc, "-p", join(root, "scripts/tsconfig.types.json")], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  console.log(status === 0 ? "build: dist/types" : "build: dist/types, with type errors (see `npm run types`)");
}

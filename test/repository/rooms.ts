import { importsOf, parse, target } from "./sources.js";

const declarations = ["models", "couplings", "noises", "stimuli", "integrators", "monitors"] as const;

/** Everything that a run needs, but no study of many runs. */
const uptoExperiment = [
  "core",
  "ir",
  "storage",
  ...declarations,
  "kernels",
  "engine",
  "dynamics",
  "connectome",
  "surface",
  "forward",
  "analysis",
];

const uptoSimulate = [...uptoExperiment, "experiment", "simulate"];

/** Room → rooms it may import. A room's own files are always allowed. The table of the architecture, plus `experiment`. */
const direct: Readonly<Record<string, readonly string[]>> = {
  core: [],
  ir: ["core"],
  storage: ["core"],
  ...Object.fromEntries(declarations.map((room) => [room, ["core", "ir"]])),
  kernels: ["core", "ir"],
  // No concrete model, coupling, scheme or monitor: the engine takes them as values.
  engine: ["core", "ir", "storage", "kernels"],
  // One mass, or one network, looked at as a dynamical system; brings a scheme of its own choice.
  dynamics: ["core", "ir", "kernels", "engine", "integrators"],
  connectome: ["core", "storage"],
  surface: ["core", "storage"],
  forward: ["core", "storage"],
  analysis: ["core"],
  experiment: uptoExperiment,
  // One file: an experiment, run.
  simulate: uptoSimulate.slice(0, -1),
  study: uptoSimulate,
  inference: [...uptoSimulate, "study"],
  compare: [...uptoSimulate, "study", "inference"],
};
const everything = [...Object.keys(direct), "report", "library", "cli"];

export const mayImport: Readonly<Record<string, readonly string[]>> = {
  ...direct,
  report: Object.keys(direct),
  // One file: what the public surface offers beside `simulate`.
  library: [...Object.keys(direct), "report"],
  cli: everything,
  index: everything,
  workers: Object.keys(direct),
};

/** "src/ir/parse.ts" → "ir"; "src/index.ts" → "index"; "workers/pool.ts" → "workers". */
export function roomOf(file: string): string | undefined {
  const [top, second = "", ...rest] = file.split("/");
  if (top === "workers") return "workers";
  if (top !== "src") return undefined;
  return rest.length > 0 ? second : second.replace(/\.[jt]s$/, "");
}

/** Packages, and Node's own modules, that only one part of the house may use: each has one door. */
export const doors: Readonly<Record<string, readonly string[]>> = {
  mathjs: ["src/ir/"],
  zarrita: ["src/storage/"],
  h5wasm: ["src/storage/"],
  fflate: ["src/storage/", "src/connectome/", "src/experiment/"],
  yaml: ["src/experiment/", "src/cli/"],
  yargs: ["src/cli/"],
  "plotly.js-dist-min": ["src/report/"],
};

/** What is wrong with the imports of one file, in words; empty when nothing is. */
export function wrongImports(file: string, text: string): string[] {
  const room = roomOf(file);
  const allowed = room === undefined ? undefined : mayImport[room];
  if (room === undefined || allowed === undefined) return [`${file}: "${room ?? file}" is no room of the house`];
  return importsOf(parse(file, text)).flatMap(({ specifier, line }) => {
    const where = `${file}:${line}`;
    if (specifier === "") return [`${where}: imports something that is computed`];
    const to = target(file, specifier);
    if (to === undefined) {
      const name = specifier.startsWith("node:") ? specifier : packageName(specifier);
      const rooms = doors[name];
      return rooms === undefined || rooms.some((folder) => file.startsWith(folder))
        ? []
        : [`${where}: ${name} is imported only by ${rooms.join(", ")}`];
    }
    // Data that ships with the package, as values.
    if (to === "package.json" || /^data\/.*\.json$/.test(to)) return [];
    const other = roomOf(to);
    if (other === undefined) return [`${where}: imports ${to}, which is outside of src`];
    return other === room || allowed.includes(other) ? [] : [`${where}: ${room} may not import ${other} (${to})`];
  });
}

export const packageName = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

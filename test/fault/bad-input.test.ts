import { describe, expect, it } from "vitest";
import { faultExits, type FaultCode } from "../../src/core/fault.js";
import { ndarray } from "../../src/core/ndarray.js";
import { writeNpy } from "../../src/storage/npy.js";
import { writeZip } from "../../src/storage/npz.js";
import { diskWith, laennec, tree, type Files } from "../cli/fake-io.js";

/**
 * Wrong files and values, as people and attackers give them: each must end in the right fault at the right place, with
 * the exit status of its code, and leave the disk as it was.
 */
interface Row {
  readonly name: string;
  readonly code: FaultCode;
  /** Must occur in the fault's `where`. */
  readonly where: string;
  /** Must occur in what, why or next. */
  readonly says?: string;
  readonly argv?: readonly string[];
  readonly experiment?: string;
  readonly files?: Files;
}

const minimal = "model: montbrio-pazo-roxin\nduration: 100\n";
const experiment = (
  name: string,
  text: string,
  code: FaultCode,
  where: string,
  says?: string,
  files: Files = {},
): Row => ({
  name,
  experiment: text,
  code,
  where,
  files,
  ...(says === undefined ? {} : { says }),
});
/** The smallest good experiment with lines added. */
const added = (name: string, lines: string, code: FaultCode, where: string, says?: string, files: Files = {}): Row =>
  experiment(name, `${minimal}${lines}\n`, code, where, says, files);
const set = (name: string, change: string, code: FaultCode, where: string, says?: string): Row => ({
  name: `--set: ${name}`,
  experiment: minimal,
  argv: ["simulate", "e.yaml", "--set", change],
  code,
  where,
  ...(says === undefined ? {} : { says }),
});

const text = (rows: readonly (readonly number[])[]): string => `${rows.map((row) => row.join(" ")).join("\n")}\n`;
const encode = (value: string): Uint8Array => new TextEncoder().encode(value);
const good2 = {
  weights: text([
    [0, 1],
    [1, 0],
  ]),
  lengths: text([
    [0, 10],
    [10, 0],
  ]),
  centres: "A 0 0 0\nB 1 1 1\n",
};
const zip = (parts: Readonly<Record<string, string>>): Uint8Array =>
  writeZip(new Map(Object.entries(parts).map(([name, value]) => [name, encode(value)])));
const connectome = (
  name: string,
  parts: Partial<Record<"weights" | "tract_lengths" | "centres", string>>,
  code: FaultCode,
  where: string,
  says?: string,
): Row => {
  const all = { weights: good2.weights, tract_lengths: good2.lengths, centres: good2.centres, ...parts };
  const files = Object.fromEntries(
    Object.entries(all)
      .filter(([, value]) => value !== "")
      .map(([part, value]) => [`${part}.txt`, value]),
  );
  return added(`connectome: ${name}`, "connectome: c.zip", code, where, says, { "c.zip": zip(files) });
};
/** A zip with one entry of any name: our own writer refuses hostile ones, so a good name of the same length is patched. */
function hostileZip(name: string): Uint8Array {
  const stand = "x".repeat(name.length);
  const bytes = zip({ [stand]: good2.weights });
  const patched = Buffer.from(bytes).toString("latin1").replaceAll(stand, name);
  return Uint8Array.from(Buffer.from(patched, "latin1"));
}

const npy = (shape: number[], fill = 0): Uint8Array =>
  writeNpy(ndarray(new Float64Array(shape.reduce((a, b) => a * b, 1)).fill(fill), shape));
const withHistory = (name: string, bytes: Uint8Array, code: FaultCode, says: string): Row =>
  added(`history: ${name}`, "connectome: c.zip\ninitial: {history: h.npy}", code, "h", says, {
    "c.zip": zip({ "weights.txt": good2.weights, "tract_lengths.txt": good2.lengths, "centres.txt": good2.centres }),
    "h.npy": bytes,
  });

const goodModel = {
  id: "id: one",
  state: "state: {x: {start: [0, 1]}}",
  parameters: "parameters: {k: {default: 1, unit: 1/ms}}",
  equations: "equations: {x: -k * x}",
};
const model = (
  name: string,
  parts: Partial<Record<keyof typeof goodModel | "more", string>>,
  code: FaultCode,
  where: string,
  says?: string,
): Row =>
  experiment(`model file: ${name}`, "model: m.yaml\nduration: 100\n", code, where, says, {
    "m.yaml": `${Object.values({ ...goodModel, ...parts }).join("\n")}\n`,
  });
const usage = (name: string, argv: readonly string[], says: string, where = "laennec"): Row => ({
  name: `usage: ${name}`,
  argv,
  code: "USAGE",
  where,
  says,
  experiment: minimal,
});

const inspect = (name: string, options: readonly string[], says: string): Row =>
  usage(`inspect: ${name}`, ["connectome", "inspect", ...options], says, "laennec connectome inspect");

const rows: readonly Row[] = [
  inspect("a word as speed", ["--speed", "abc", "--dt", "1"], "--speed must be a number"),
  inspect("a speed of zero", ["--speed", "0", "--dt", "1"], "--speed must be a number above 0"),
  inspect("a negative step", ["--speed", "3", "--dt", "-1"], "--dt must be a number above 0"),
  inspect("a speed alone", ["--speed", "3"], "--dt (ms) together"),
  inspect("a step alone", ["--dt", "3"], "--speed (mm/ms)"),
  // The file itself
  { name: "no such file", argv: ["simulate", "nowhere.yaml"], code: "FILE", where: "nowhere.yaml" },
  { name: "a folder as file", argv: ["simulate", "folder"], files: { "folder/x": "" }, code: "FILE", where: "folder" },
  experiment("an empty file", "", "DATA", "e.yaml", "empty"),
  experiment("no text", "\u0000\u0001", "DATA", "e.yaml", "not text"),
  experiment("a list", "- 1\n- 2\n", "EXPERIMENT", "e.yaml:1:1", "map"),
  experiment("plain text", "jansen-rit\n", "EXPERIMENT", "e.yaml:1:1", "map"),
  experiment("a bracket left open", "model: {id: linear\nduration: 1\n", "DATA", "e.yaml:"),
  experiment("a duplicate key", `${minimal}seed: 1\nseed: 2\n`, "DATA", "e.yaml:4:1", "twice"),
  experiment("__proto__", `${minimal}__proto__: {a: 1}\n`, "DATA", "e.yaml:3:1", "__proto__"),
  experiment("an alias", `${minimal}normalise: &n none\ncompat: *n\n`, "DATA", "e.yaml:3:", "anchor"),
  experiment("deep nesting", `${minimal}monitors: ${"[".repeat(80)}${"]".repeat(80)}\n`, "DATA", "e.yaml:3:", "levels"),
  // Keys and kinds
  added("an unknown key", "durration: 5", "EXPERIMENT", "e.yaml:3:1", '"duration"'),
  added("an unknown inner key", "integrator: {Dt: 0.1}", "EXPERIMENT", "e.yaml:3:14, integrator.Dt", '"dt"'),
  experiment("no model", "duration: 1\n", "EXPERIMENT", "e.yaml:1:1", "model"),
  experiment("no duration", "model: linear\n", "EXPERIMENT", "e.yaml:1:1", "duration"),
  experiment("a list as model", "model: [linear]\nduration: 1\n", "EXPERIMENT", "e.yaml:1:1, model", "not a list"),
  experiment("a number as model", "model: 3\nduration: 1\n", "EXPERIMENT", "model", "not a number"),
  added("an unknown value", "compat: tvbb", "EXPERIMENT", "e.yaml:3:1, compat", '"tvb"'),
  added("an unknown precision", "precision: f16", "EXPERIMENT", "precision", "f32, f64"),
  added("an unknown back end", "backend: cuda", "EXPERIMENT", "backend", "wasm"),
  added("a broken seed", "seed: 1.5", "EXPERIMENT", "e.yaml:3:1, seed", "whole number"),
  added("a negative seed", "seed: -1", "EXPERIMENT", "seed", "at least 0"),
  added("nothing as value", "transient:", "EXPERIMENT", "e.yaml:3:1, transient", "nothing"),
  added("no monitors", "monitors: []", "EXPERIMENT", "monitors", "empty"),
  // Names
  experiment(
    "an unknown model",
    "model: jansen-ritt\nduration: 1\n",
    "EXPERIMENT",
    "e.yaml:1:1, model",
    '"jansen-rit"',
  ),
  experiment("a name from Object", "model: toString\nduration: 1\n", "EXPERIMENT", "e.yaml:1:1, model", "valid"),
  added("an unknown coupling", "coupling: lineer", "EXPERIMENT", "e.yaml:3:1, coupling", '"linear"'),
  added("an unknown scheme", "integrator: {scheme: huen}", "EXPERIMENT", "integrator.scheme", '"heun"'),
  added(
    "an unknown monitor",
    "monitors: [{id: temporal-avrage}]",
    "EXPERIMENT",
    "monitors[0].id",
    '"temporal-average"',
  ),
  added(
    "an unknown noise",
    "integrator: {noise: {id: adative, D: 1}}",
    "EXPERIMENT",
    "integrator.noise.id",
    '"additive"',
  ),
  experiment(
    "an unknown parameter",
    "model: {id: linear, parameters: {gama: -1}}\nduration: 1\n",
    "EXPERIMENT",
    "model.parameters.gama",
    '"gamma"',
  ),
  added(
    "an unknown coupling parameter",
    "coupling: {id: linear, parameters: {aa: 1}}",
    "EXPERIMENT",
    "coupling.parameters.aa",
    '"a"',
  ),
  // Numbers and units
  experiment("a duration in mV", "model: linear\nduration: 5 mV\n", "UNIT", "e.yaml:2:1, duration", "ms"),
  experiment(
    "a duration in an unknown unit",
    "model: linear\nduration: 5 parsec\n",
    "UNIT",
    "e.yaml:2:1, duration",
    '"parsec" is unknown',
  ),
  set("a step in an unknown unit", "integrator.dt=1 tick", "UNIT", "--set integrator.dt=1 tick", "tick"),
  added("a speed in an unknown unit", "conduction_speed: 3 mph", "UNIT", "e.yaml:3:1, conduction_speed", "mph"),
  added("a speed in a broken unit", "conduction_speed: 3 mm/(ms", "UNIT", "e.yaml:3:1, conduction_speed", "not closed"),
  added(
    "a period in an unknown unit",
    "monitors: [{id: subsample, period: 2 TR}]",
    "UNIT",
    "e.yaml:3:28, monitors[0].period",
    "TR",
  ),
  added("noise in an unknown unit", "integrator: {noise: {id: additive, D: 1 q}}", "UNIT", "integrator.noise.D", '"q"'),
  added("a start in an unknown unit", "initial: {state: {r: 1 q, V: 0}}", "UNIT", "initial.state.r", '"q"'),
  experiment(
    "a parameter of one region in an unknown unit",
    'model: {id: linear, parameters: {gamma: {region: {"*": -1 q}}}}\nduration: 1\n',
    "UNIT",
    "e.yaml:1:",
    '"q"',
  ),
  experiment("a duration that is no quantity", "model: linear\nduration: long\n", "UNIT", "duration", "not a quantity"),
  experiment("a negative duration", "model: linear\nduration: -5\n", "EXPERIMENT", "duration", "above 0"),
  experiment("a negative duration with unit", "model: linear\nduration: -5 s\n", "RANGE", "duration", "above 0"),
  experiment("an endless duration", "model: linear\nduration: .inf\n", "RANGE", "duration", "finite"),
  experiment(
    "a duration between steps",
    "model: linear\nduration: 100.05\n",
    "MISMATCH",
    "duration",
    "100 ms or 100.1 ms",
  ),
  experiment("more steps than are counted", "model: linear\nduration: 1e9 s\n", "LIMIT", "duration", "steps"),
  added("a step of zero", "integrator: {dt: 0}", "EXPERIMENT", "integrator.dt", "above 0"),
  added("a step in mm", "integrator: {dt: 1 mm}", "UNIT", "integrator.dt", "ms"),
  added("a speed of zero", "conduction_speed: 0", "EXPERIMENT", "conduction_speed", "above 0"),
  added("a speed in ms", "conduction_speed: 3 ms", "UNIT", "conduction_speed", "mm/ms"),
  experiment(
    "a parameter outside its range",
    "model: {id: montbrio-pazo-roxin, parameters: {tau: -1}}\nduration: 1\n",
    "RANGE",
    "model.parameters.tau",
    "--force",
  ),
  experiment(
    "a parameter in another unit",
    "model: {id: montbrio-pazo-roxin, parameters: {tau: 1 mV}}\nduration: 1\n",
    "UNIT",
    "model.parameters.tau",
  ),
  experiment(
    "an endless parameter",
    "model: {id: montbrio-pazo-roxin, parameters: {tau: .inf}}\nduration: 1\n",
    "RANGE",
    "model.parameters.tau",
    "finite",
  ),
  experiment(
    "NaN",
    "model: {id: montbrio-pazo-roxin, parameters: {tau: .nan}}\nduration: 1\n",
    "DATA",
    "e.yaml:1:",
    "NaN",
  ),
  // Regions
  experiment(
    "75 values for 94 regions",
    `model: {id: linear, parameters: {gamma: [${"-1, ".repeat(74)}-1]}}\nduration: 1\n`,
    "DATA",
    "model.parameters.gamma",
    "75 values for 94 regions",
  ),
  experiment(
    "an unknown region",
    'model: {id: linear, parameters: {gamma: {region: {Precentral_X: -1, "*": -2}}}}\nduration: 1\n',
    "EXPERIMENT",
    "model.parameters.gamma.region.Precentral_X",
    "Precentral_",
  ),
  experiment(
    "a region outside the range",
    'model: {id: montbrio-pazo-roxin, parameters: {tau: {region: {"*": -3}}}}\nduration: 1\n',
    "RANGE",
    "model.parameters.tau",
    "in region",
  ),
  experiment(
    "an unquoted star",
    "model: {id: linear, parameters: {gamma: {region: {*: -1}}}}\nduration: 1\n",
    "DATA",
    "e.yaml:1:",
    "only in quotes",
  ),
  // Noise, schemes, monitors
  added(
    "noise for a scheme without",
    "integrator: {scheme: heun, noise: {id: additive, D: 1e-3}}",
    "MISMATCH",
    "integrator.noise",
    "heun-stochastic",
  ),
  added(
    "a stochastic scheme without noise",
    "integrator: {scheme: euler-maruyama}",
    "MISMATCH",
    "integrator.scheme",
    "noise",
  ),
  added(
    "noise on an unknown variable",
    "integrator: {noise: {id: additive, D: {v: 1e-3}}}",
    "EXPERIMENT",
    "integrator.noise.D.v",
    "V",
  ),
  added(
    "negative noise",
    "integrator: {noise: {id: additive, D: {V: -1}}}",
    "RANGE",
    "integrator.noise.D.V",
    "negative",
  ),
  added("noise without D", "integrator: {noise: {id: additive}}", "EXPERIMENT", "integrator.noise", "no D"),
  added(
    "a period between steps",
    "monitors: [{id: subsample, period: 0.25}]",
    "MISMATCH",
    "monitors[0].period",
    "0.2 ms or 0.3 ms",
  ),
  added(
    "a period longer than the run",
    "monitors: [{id: subsample, period: 1 s}]",
    "RANGE",
    "monitors[0].period",
    "record nothing",
  ),
  added("a period for raw", "monitors: [{id: raw, period: 1}]", "MISMATCH", "monitors[0].period", "every step"),
  added(
    "an unknown variable",
    "monitors: [{id: raw, variables: [W]}]",
    "EQUATION",
    "monitors[0].variables[0]",
    "not known",
  ),
  added(
    "code as variable",
    'monitors: [{id: raw, variables: ["constructor.constructor(1)"]}]',
    "EQUATION",
    "monitors[0].variables[0]",
  ),
  added(
    "a condition as variable",
    'monitors: [{id: raw, variables: ["V > 1"]}]',
    "EQUATION",
    "monitors[0].variables[0]",
    "condition",
  ),
  added(
    "two monitors of one name",
    "monitors: [{id: raw, name: a}, {id: subsample, name: a}]",
    "EXPERIMENT",
    "monitors[1].name",
    "two monitors",
  ),
  added(
    "monitors whose names differ in case",
    "monitors: [{id: raw, name: Rest}, {id: subsample, name: rest}]",
    "EXPERIMENT",
    "e.yaml:3:51, monitors[1].name",
    "capital letters",
  ),
  added(
    "a name that differs from an id in case",
    "monitors: [raw, {id: subsample, name: RAW}]",
    "EXPERIMENT",
    "monitors[1].name",
    "capital",
  ),
  added(
    "a monitor named connectome",
    "monitors: [{id: raw, name: connectome}]",
    "EXPERIMENT",
    "e.yaml:3:22, monitors[0].name",
    "connectome.zarr",
  ),
  added(
    "a monitor named Connectome",
    "monitors: [{id: raw, name: Connectome}]",
    "EXPERIMENT",
    "monitors[0].name",
    "connectome.zarr",
  ),
  set("an entry of no list", "monitors[0].period=2", "EXPERIMENT", "--set monitors[0].period=2", "no list of monitors"),
  added(
    "a monitor named like a path",
    "monitors: [{id: raw, name: ../x}]",
    "EXPERIMENT",
    "monitors[0].name",
    "letters",
  ),
  added("no groups", "monitors: [spatial-average]", "EXPERIMENT", "monitors[0]", "groups"),
  added("groups for raw", "monitors: [{id: raw, groups: cortical}]", "MISMATCH", "monitors[0].groups", "no groups"),
  added(
    "an unknown region in a group",
    "monitors: [{id: spatial-average, groups: {a: [nowhere]}}]",
    "EXPERIMENT",
    "monitors[0].groups.a[0]",
    "nowhere",
  ),
  added(
    "a region without a group",
    "monitors: [{id: spatial-average, groups: {a: [Precentral_L]}}]",
    "EXPERIMENT",
    "monitors[0].groups",
    "in no group",
  ),
  // Starts
  added("a state without a variable", "initial: {state: {r: 0.1}}", "EXPERIMENT", "initial.state", "no V"),
  added("a state of an unknown variable", "initial: {state: {r: 0.1, V: 0, w: 1}}", "EXPERIMENT", "initial.state.w"),
  added("a state outside its bounds", "initial: {state: {r: -0.1, V: 0}}", "RANGE", "initial.state.r", "bounds"),
  added("no such history", "initial: {history: h.npy}", "FILE", "h.npy"),
  withHistory("not npy", encode("hello, this is text"), "DATA", "npy"),
  withHistory("two axes", npy([2, 2]), "DATA", "[2, 2]"),
  withHistory("wrong regions", npy([5, 2, 3]), "DATA", "wanted [steps, 2, 2]"),
  withHistory("NaN", npy([2, 2, 2], NaN), "DATA", "NaN at [0, 0, 0]"),
  withHistory("cut off", npy([5, 2, 2]).subarray(0, 150), "DATA", "bytes"),
  // Connectomes
  added("no such connectome", "connectome: nowhere.zip", "FILE", "nowhere.zip"),
  added("a connectome that is no zip", "connectome: c.zip", "DATA", "c.zip", "zip", { "c.zip": "hello" }),
  added("an empty folder", "connectome: folder", "DATA", "folder", "weights", { "folder/readme.md": "" }),
  connectome("no lengths", { tract_lengths: "" }, "DATA", "c.zip", "tract lengths"),
  connectome(
    "not square",
    {
      weights: text([
        [0, 1],
        [1, 0],
        [1, 1],
      ]),
    },
    "DATA",
    "weights",
    "square",
  ),
  connectome(
    "sizes that differ",
    {
      tract_lengths: text([
        [0, 1, 1],
        [1, 0, 1],
        [1, 1, 0],
      ]),
    },
    "DATA",
    "tract lengths",
    "9 values",
  ),
  connectome("NaN", { weights: "0 nan\n1 0\n" }, "DATA", "weights", "NaN"),
  connectome(
    "a negative length",
    {
      tract_lengths: text([
        [0, -1],
        [1, 0],
      ]),
    },
    "DATA",
    "tract lengths",
    "negative",
  ),
  connectome("a word among numbers", { weights: "0 one\n1 0\n" }, "DATA", "line 1", "one"),
  connectome("two regions of one name", { centres: "A 0 0 0\nA 1 1 1\n" }, "DATA", "labels", "two regions"),
  added("a zip that climbs out", "connectome: c.zip", "DATA", "c.zip", "", {
    "c.zip": hostileZip("../../weights.txt"),
  }),
  added("a zip with an absolute name", "connectome: c.zip", "DATA", "c.zip", "", {
    "c.zip": hostileZip("/tmp/weights.txt"),
  }),
  added(
    "a synthetic brain of no regions",
    "connectome: {synthetic: {regions: 0}}",
    "EXPERIMENT",
    "connectome.synthetic.regions",
    "at least 1",
  ),
  added("an unknown normalisation", "normalise: max", "EXPERIMENT", "normalise", "tract"),
  added(
    "two normalisations",
    "normalise: tract\nconnectome: {path: default, normalise: region}",
    "EXPERIMENT",
    "normalise",
    "twice",
  ),
  // Model files
  experiment("no such model file", "model: m.yaml\nduration: 1\n", "FILE", "m.yaml"),
  model("an unknown key", { more: "papperz: []" }, "EXPERIMENT", "m.yaml:5:1", '"papers"'),
  model("no equations", { equations: "" }, "EXPERIMENT", "m.yaml:1:1", "equations"),
  model("an id with blanks", { id: "id: My Model" }, "EXPERIMENT", "m.yaml", "kebab-case"),
  model(
    "a variable without equation",
    { state: "state: {x: {start: [0, 1]}, y: {start: [0, 1]}}" },
    "EXPERIMENT",
    "m.yaml",
    "y has no equation",
  ),
  model("an unknown name", { equations: "equations: {x: -q * x}" }, "EQUATION", "m.yaml:4:", "q is not known"),
  model(
    "hostile text",
    { equations: 'equations: {x: "x.constructor.constructor(1)()"}' },
    "EQUATION",
    "m.yaml:4:",
    "may not stand",
  ),
  model("an assignment", { equations: 'equations: {x: "x = 3"}' }, "EQUATION", "column 3", "may not stand"),
  model("a string", { equations: "equations: {x: \"'a'\"}" }, "EQUATION", "column 1", "may not stand"),
  model(
    "10,000 parentheses",
    { equations: `equations: {x: "${"(".repeat(1900)}x${")".repeat(1900)}"}` },
    "EQUATION",
    "m.yaml:4:",
    "deep",
  ),
  model("a wrong dimension", { parameters: "parameters: {k: {default: 1, unit: mV}}" }, "UNIT", "m.yaml:4:"),
  model("an unknown unit", { state: "state: {x: {start: [0, 1], unit: parsec}}" }, "UNIT", "state.x", "parsec"),
  model("a start that is no range", { state: "state: {x: {start: [1, 0]}}" }, "EXPERIMENT", "m.yaml", "start of x"),
  model(
    "a reserved name",
    { state: "state: {pi: {start: [0, 1]}}", equations: "equations: {pi: -k * pi}" },
    "EXPERIMENT",
    "m.yaml",
    "pi",
  ),
  model("a send without input", { more: "sends: [x]" }, "EXPERIMENT", "m.yaml", "inputs"),
  model("a duplicate key", { more: "id: two" }, "DATA", "m.yaml:5:1", "twice"),
  // --set
  set("no value", "seed", "USAGE", "--set seed", "path=value"),
  set("no path", "=3", "USAGE", "--set", "path=value"),
  set("an unknown path", "integrater.dt=0.1", "EXPERIMENT", "--set integrater.dt=0.1", '"integrator"'),
  set("an unknown parameter", "model.taw=1", "EXPERIMENT", "--set model.taw=1", '"tau"'),
  set("below a number", "duration.x=1", "EXPERIMENT", "--set duration.x=1", "no key"),
  set("an entry that is not there", "monitors.3.period=1", "EXPERIMENT", "--set monitors.3.period=1"),
  set("a hostile key", "__proto__.x=1", "USAGE", "--set __proto__.x=1"),
  set("a wrong unit", "duration=3 mV", "UNIT", "--set duration=3 mV", "ms"),
  set("broken YAML", "monitors=[", "DATA", "--set monitors"),
  // The command line
  usage("no command", [], "name a command"),
  usage("an unknown command", ["simulat", "e.yaml"], '"simulate"'),
  usage("an unknown option", ["simulate", "e.yaml", "--speed", "3"], "speed"),
  usage("no experiment", ["simulate"], "got 0"),
  usage("an unknown back end", ["simulate", "e.yaml", "--backend", "cuda"], "cuda"),
  usage("an unknown format", ["export", "out", "--format", "mat"], "mat"),
  usage("an option twice", ["simulate", "e.yaml", "--out", "a", "--out", "b"], "--out is given more than once"),
  usage("no verb", ["models"], "list the models"),
  {
    name: "an unknown model to show",
    argv: ["models", "show", "jansenrit"],
    code: "EXPERIMENT",
    where: "models show",
    says: "jansen-rit",
  },
  {
    name: "an unknown model by option",
    argv: ["simulate", "e.yaml", "--model", "jansen"],
    experiment: minimal,
    code: "EXPERIMENT",
    where: "--set model.id",
  },
  { name: "no result to export", argv: ["export", "nowhere"], code: "FILE", where: "nowhere", says: "run.json" },
  {
    name: "a result that is none",
    argv: ["report", "out"],
    files: { "out/run.json": "{}" },
    code: "DATA",
    where: "run.json",
  },
  {
    name: "a result of a later layout",
    argv: ["report", "out"],
    files: { "out/run.json": '{"format":"laennec-result","format_version":99,"monitors":[]}' },
    code: "DATA",
    where: "out",
    says: "99",
  },
  {
    name: "an output that exists",
    argv: ["connectome", "export", "--out", "c.zip"],
    files: { "c.zip": "mine" },
    code: "OUTPUT",
    where: "c.zip",
  },
  { name: "no connectome to inspect", argv: ["connectome", "inspect", "nowhere"], code: "FILE", where: "nowhere" },
];

describe("bad input", () => {
  it("has at least 60 rows, each with its own name", () => {
    expect(rows.length).toBeGreaterThanOrEqual(60);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  });

  it.each(rows.map((row) => [row.name, row] as const))("%s", async (_, row) => {
    const { code, where, says = "" } = row;
    const files = { ...(row.experiment === undefined ? {} : { "e.yaml": row.experiment }), ...row.files };
    const disk = await diskWith(files);
    const before = await tree(disk);
    const { status, out, err } = await laennec([...(row.argv ?? ["simulate", "e.yaml"]), "--json"], { disk });
    const { fault } = JSON.parse(err) as { fault: Record<string, string> };
    expect({ code: fault["code"], text: `${fault["where"]}` }).toEqual({
      code,
      text: expect.stringContaining(where) as string,
    });
    expect([fault["what"], fault["why"], fault["next"]].join("\n")).toContain(says);
    expect(status).toBe(faultExits[code]);
    expect(out).toBe("");
    expect(await tree(disk)).toEqual(before);
  });
});

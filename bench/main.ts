/**
 * npm run bench -- [w1 w2 w3 w6 models first-step memory guard rww] [--rounds 5] [--scale 1] [--no-peers] [--save]
 *
 * Runs this engine, other simulators and a hand-written limit on the same workloads, in turns, and prints their rates and
 * the ratios promised. Exit status 1 when a floor is missed.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Context } from "./contender.js";
import { load, machine, printMachine } from "./machine.js";
import { probes } from "./probes.js";
import { runProbe } from "./probe.js";
import { runRace } from "./race.js";
import { printProbe, printRace } from "./table.js";
import { models } from "./models.js";
import { w1 } from "./w1.js";
import { w2 } from "./w2.js";
import { w3 } from "./w3.js";
import { w6 } from "./w6.js";

const workloads = [w1, w2, w3, w6, models];
/** The bundle lies in dist/, beside bench/. */
const program = fileURLToPath(import.meta.url);
const sources = join(dirname(dirname(program)), "bench");

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "5" },
    scale: { type: "string", default: "1" },
    "no-peers": { type: "boolean", default: false },
    save: { type: "boolean", default: false },
    probe: { type: "string" },
  },
});

if (options.probe === undefined) void bench();
else void answerProbe(options.probe);

/** The fresh process of a probe. */
async function answerProbe(id: string): Promise<void> {
  const probe = probes.find((candidate) => candidate.id === id);
  if (probe === undefined) throw new Error(`no probe ${id}`);
  console.log(JSON.stringify(await probe.measure()));
}

async function bench(): Promise<void> {
  const known = [...workloads, ...probes].map(({ id }) => id);
  const unknown = positionals.filter((id) => !known.includes(id));
  const rounds = Number(options.rounds);
  const scale = Number(options.scale);
  if (unknown.length > 0 || !(rounds >= 1) || !(scale > 0)) {
    console.error(`usage: npm run bench -- [${known.join(" ")}] [--rounds N] [--scale X] [--no-peers] [--save]`);
    process.exitCode = 2;
    return;
  }
  const asked = (id: string) => positionals.length === 0 || positionals.includes(id);
  const scratch = mkdtempSync(join(tmpdir(), "laennec-bench-"));
  const before = load();
  try {
    const context: Context = { peers: options["no-peers"] ? undefined : peersFolder(), scratch, sources, scale };
    const races = [];
    for (const workload of workloads.filter(({ id }) => asked(id))) {
      const result = await runRace(workload, context, rounds);
      console.log(printRace(result));
      races.push(result);
    }
    const figures = [];
    for (const probe of probes.filter(({ id }) => asked(id))) {
      const result = await runProbe(probe, program, Math.min(rounds, 3));
      console.log(printProbe(result));
      figures.push(result);
    }
    const here = machine(before);
    console.log(printMachine(here));
    if (options.save) save({ machine: here, rounds, scale, races, probes: figures });
    const missed = races.some(({ floors, mean }) => [mean, ...floors].some((floor) => floor?.holds === false));
    if (missed || figures.some(({ holds }) => !holds)) process.exitCode = 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function peersFolder(): string {
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  return process.env["LAENNEC_PEERS"] ?? join(cache, "laennec", "peers");
}

function save(results: unknown): void {
  const folder = join(sources, "results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "latest.json"), `${JSON.stringify(results, undefined, 2)}\n`);
}

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connectome, Experiment } from "../../src/index.js";
import { connectome, Fault, ndarray, simulate } from "../../src/index.js";
import type { MonitorSpec, StimulusSpec } from "../../src/experiment/types.js";
import type { Recording } from "./measure.js";

/** A run as a case states it; vocabulary.json says what the names mean. */
export interface CaseRun {
  readonly network: {
    readonly regions: number;
    readonly weights?: readonly (readonly number[])[];
    readonly lengths?: readonly (readonly number[])[];
    readonly speed?: number;
  };
  readonly model: { readonly id: string; readonly parameters?: Readonly<Record<string, number>> };
  readonly coupling?: { readonly id: string; readonly parameters?: Readonly<Record<string, number>> };
  readonly scheme: "euler" | "heun" | "rk4";
  readonly dt: number;
  readonly duration: number;
  readonly segments?: readonly (number | { readonly abandon_after: number })[];
  readonly conduction_speed?: number;
  readonly seed?: number;
  readonly noise?: {
    readonly kind: "additive" | "multiplicative";
    readonly D: number | Readonly<Record<string, number>> | { readonly regions: readonly number[] };
    readonly correlation_time?: number;
    readonly calculus?: "ito" | "stratonovich";
  };
  readonly initial?:
    | { readonly state: Readonly<Record<string, number | readonly number[]>> }
    | { readonly history: Readonly<Record<string, readonly (readonly number[])[]>> };
  readonly stimulus?: {
    readonly variable: string;
    readonly weights: readonly number[];
    readonly time:
      | { readonly shape: "constant"; readonly height: number }
      | { readonly shape: "cosine"; readonly height: number; readonly frequency_per_ms: number }
      | { readonly shape: "pulse"; readonly onset: number; readonly length: number; readonly height: number };
  };
  readonly monitor: {
    readonly kind: string;
    readonly period?: number;
    readonly gain?: readonly (readonly number[])[];
    readonly mapping?: readonly number[];
    readonly noise?: number;
    readonly groups?: readonly number[];
    readonly kernel?: string;
    readonly preset?: string;
    readonly of?: "stock";
  };
}

export interface Way {
  readonly compat?: "tvb";
  readonly backend?: "wasm" | "reference";
}

const zeros = (n: number): number[] => Array.from({ length: n * n }, () => 0);

function network({ regions, weights, lengths }: CaseRun["network"]): Connectome {
  return connectome.of({
    labels: Array.from({ length: regions }, (_, k) => `R${k}`),
    weights: weights?.flat() ?? zeros(regions),
    tractLengths: lengths?.flat() ?? zeros(regions),
    source: "conformance",
  });
}

/** The scheme that means what the case asks for; under compat: tvb the one of TVB's. */
function schemeOf({ scheme, noise }: CaseRun, compat: boolean): string {
  if (!noise) return scheme;
  if (scheme === "euler") return "euler-maruyama";
  return noise.calculus === "stratonovich" && !compat ? "heun-stratonovich" : "heun-stochastic";
}

function stimulusOf({ variable, weights, time }: NonNullable<CaseRun["stimulus"]>): StimulusSpec {
  const shape =
    time.shape === "pulse"
      ? { id: "pulse-train", parameters: { onset: time.onset, tau: time.length, T: 1e6, amp: time.height } }
      : time.shape === "cosine"
        ? { id: "cosine", parameters: { amp: time.height, frequency: time.frequency_per_ms } }
        : { id: "constant", parameters: { amp: time.height } };
  return { variable, weights, time: shape };
}

/** Region mappings are files. */
function mappingFile(mapping: readonly number[]): string {
  const path = join(mkdtempSync(join(tmpdir(), "laennec-")), "mapping.txt");
  writeFileSync(path, mapping.join("\n"));
  return path;
}

function monitorOf({ monitor, network: { regions } }: CaseRun): MonitorSpec {
  const { kind, period, gain, mapping, noise, groups, kernel, preset } = monitor;
  const labels = Array.from({ length: regions }, (_, k) => `R${k}`);
  return {
    id: kind === "balloon" ? "bold" : kind,
    ...(period === undefined ? {} : { period }),
    ...(kind === "eeg" ? {} : { variables: "all" as const }),
    ...(gain
      ? {
          lead_field: {
            gain: ndarray(Float64Array.from(gain.flat()), [gain.length, gain[0]?.length ?? 0]),
            sensors: gain.map((_, k) => `S${k}`),
            ...(mapping ? { region_mapping: mappingFile(mapping) } : { regions: "in order" as const }),
          },
        }
      : {}),
    ...(noise === undefined ? {} : { noise }),
    ...(kernel === undefined ? {} : { hrf: kernel === "volterra" ? "first-order-volterra" : kernel }),
    ...(preset === undefined ? {} : { hrf: { id: "balloon-windkessel", preset } }),
    ...(groups
      ? {
          groups: Object.fromEntries(
            [...new Set(groups)].map((g) => [`G${g}`, labels.filter((_, k) => groups[k] === g)]),
          ),
        }
      : {}),
  };
}

function experimentOf(run: CaseRun, { compat, backend }: Way): Experiment {
  const { initial, noise } = run;
  const variables = initial && "history" in initial ? Object.values(initial.history) : [];
  const rows = variables[0]?.length ?? 0;
  const history = Float64Array.from({ length: rows * variables.length * run.network.regions }, (_, at) => {
    const region = at % run.network.regions;
    const [row, v] = [
      Math.floor(at / run.network.regions / variables.length),
      Math.floor(at / run.network.regions) % variables.length,
    ];
    return variables[v]?.[row]?.[region] ?? NaN;
  });
  const D =
    noise && typeof noise.D === "object" && "regions" in noise.D
      ? { region: Object.fromEntries((noise.D as { regions: readonly number[] }).regions.map((d, k) => [`R${k}`, d])) }
      : noise?.D;
  return {
    connectome: network(run.network),
    model: { ...run.model },
    coupling: run.coupling ?? { id: "linear", parameters: { a: 1 } },
    integrator: {
      scheme: schemeOf(run, compat === "tvb"),
      dt: run.dt,
      ...(noise && D !== undefined
        ? {
            noise: {
              id: noise.kind,
              D: D as number | Record<string, number>,
              ...(noise.correlation_time === undefined ? {} : { correlation_time: noise.correlation_time }),
            },
          }
        : {}),
    },
    conduction_speed: run.conduction_speed ?? run.network.speed ?? 3,
    duration: run.duration,
    seed: run.seed ?? 0,
    ...(initial
      ? {
          initial:
            "state" in initial
              ? { state: initial.state }
              : { history: ndarray(history, [rows, variables.length, run.network.regions]) },
        }
      : {}),
    ...(run.stimulus ? { stimuli: [stimulusOf(run.stimulus)] } : {}),
    monitors: [{ ...monitorOf(run), name: "it" }],
    ...(compat ? { compat } : {}),
    ...(backend ? { backend } : {}),
  };
}

/** Runs one run of a case through the public library. A fault of what was asked is a refusal. */
export async function record(run: CaseRun, way: Way): Promise<Recording> {
  const time: number[] = [];
  const data: number[][][] = [];
  let variables: readonly string[] = [];
  let experiment = experimentOf(run, way);
  try {
    for (const segment of run.segments ?? [run.duration]) {
      if (typeof segment === "object") {
        // Abandoned: the first block is taken and the simulation left where it stands.
        for await (const block of simulate(
          { ...experiment, duration: segment.abandon_after * run.dt },
          { force: true },
        ))
          if (block.time.length > 0) break;
        continue;
      }
      const result = await simulate({ ...experiment, duration: segment }, { force: true });
      const it = result.recordings["it"];
      if (!it) throw new Error("nothing was recorded");
      variables = run.monitor.kind === "eeg" ? ["signal"] : it.variables;
      const [rows = 0, columns = 0, regions = 0] = it.data.shape;
      for (let row = 0; row < rows; row++) {
        time.push(it.time[row] ?? NaN);
        data.push(
          Array.from({ length: columns }, (_, v) =>
            Array.from({ length: regions }, (__, i) => it.data.data[(row * columns + v) * regions + i] ?? NaN),
          ),
        );
      }
      experiment = { ...experiment, initial: { checkpoint: result.checkpoint } };
    }
  } catch (error) {
    if (error instanceof Fault) return { refused: `${error.code}: ${error.message}` };
    throw error;
  }
  return { time, variables, data };
}

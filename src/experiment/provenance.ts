import { version } from "../core/version.js";
import { sha256, sha256OfArray } from "../storage/checksum.js";
import { ndarray } from "../core/ndarray.js";
import { integrationRecord, type IntegrationRecord } from "./integration-record.js";
import { monitorDetail, type MonitorDetail } from "./monitor-record.js";
import { baseName } from "../storage/disk.js";
import type { Regional, Setup, Signal } from "../engine/setup.js";
import type { Connectome } from "../core/connectome.js";
import { isConnectome, isModel, withoutArrays } from "./check.js";
import type { Deviation, InputFile } from "./context.js";
import type { Resolved } from "./resolve.js";
import type { Experiment } from "./types.js";

/** Number of the layout of result folders; grows when a reader of older ones would fail. */
export const resultFormat = 1;

export type RunStatus = "running" | "complete" | "interrupted";

/** What run.json holds. No dates, no names of people or machines, no folders. */
export interface RunRecord {
  readonly format: "laennec-result";
  readonly format_version: number;
  readonly laennec: string;
  readonly status: RunStatus;
  readonly program_hash: string | undefined;
  readonly backend: { readonly asked: string; readonly ran: string | undefined };
  readonly precision: string;
  readonly seed: number;
  readonly run: number;
  readonly inputs: readonly InputFile[];
  readonly deviations: readonly Deviation[];
  readonly experiment: unknown;
  readonly setup: SetupRecord;
  readonly connectome: ConnectomeRecord;
  readonly monitors: readonly MonitorRecord[];
  readonly steps_done: number | undefined;
  readonly statistics: unknown;
}

interface SetupRecord {
  readonly model: unknown;
  readonly parameters: Readonly<Record<string, number | readonly number[]>>;
  readonly coupling: string;
  readonly coupling_parameters: Readonly<Record<string, number | readonly number[]>>;
  readonly scheme: string;
  readonly dt_ms: number;
  readonly noise: Readonly<Record<string, number | readonly number[]>> | undefined;
  readonly integration: IntegrationRecord;
  readonly conduction_speed_mm_per_ms: number | "inf";
  readonly steps: number;
  readonly transient_steps: number;
  readonly initial: string;
  readonly stimuli: readonly StimulusRecord[];
  readonly compat: "tvb" | "none";
}

/** What acted, by a variable's or a parameter's name; of a recorded signal the checksum of its values. */
export interface StimulusRecord {
  readonly variable?: string;
  readonly parameter?: string;
  readonly weights: number | readonly number[];
  readonly signal:
    | Extract<Signal, { kind: "expression" }>
    | (Omit<Extract<Signal, { kind: "recorded" }>, "values"> & { readonly values: string });
}

interface ConnectomeRecord {
  readonly source: string;
  readonly regions: number;
  readonly sha256: { readonly weights: string; readonly tract_lengths: string };
}

export interface MonitorRecord extends MonitorDetail {
  readonly name: string;
  readonly monitor: string;
  readonly period_ms: number;
  readonly variables: readonly string[];
  readonly units: readonly string[];
  /** Folder of the Zarr group in the result. */
  readonly path: string;
}

export const monitorFolder = (name: string): string => `${name}.zarr`;

const regionalRecord = (values: Readonly<Record<string, Regional>>): Record<string, number | readonly number[]> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "number" ? value : [...value]]),
  );

/** What is known of a run before it starts. */
export function startRecord(resolved: Resolved, units: (variable: string) => string): RunRecord {
  const { setup, backend, inputs, deviations, experiment } = resolved;
  return {
    format: "laennec-result",
    format_version: resultFormat,
    laennec: version,
    status: "running",
    program_hash: undefined,
    backend: { asked: backend, ran: undefined },
    precision: setup.precision,
    seed: setup.seed,
    run: setup.run,
    inputs,
    deviations,
    experiment: withoutFolders(experiment),
    setup: setupRecord(setup),
    connectome: connectomeRecord(setup.connectome),
    monitors: setup.monitors.map((one, k) => ({
      name: one.name,
      monitor: one.monitor.id,
      period_ms: one.periodMs,
      variables: one.variables,
      units: one.variables.map((text) => (one.bold ? "1" : units(text))),
      path: monitorFolder(one.name),
      ...monitorDetail(one, experiment.monitors?.[k]),
    })),
    steps_done: undefined,
    statistics: undefined,
  };
}

function setupRecord(setup: Setup): SetupRecord {
  const { model, initial } = setup;
  return {
    model,
    parameters: regionalRecord(setup.parameters),
    coupling: setup.coupling.id,
    coupling_parameters: regionalRecord(setup.couplingParameters),
    scheme: setup.scheme.id,
    dt_ms: setup.dtMs,
    noise: setup.noise && regionalRecord(setup.noise),
    integration: integrationRecord(setup),
    // JSON has no infinity.
    conduction_speed_mm_per_ms: Number.isFinite(setup.conductionSpeed) ? setup.conductionSpeed : "inf",
    steps: setup.steps,
    transient_steps: setup.transientSteps,
    initial: initialRecord(initial),
    stimuli: (setup.stimuli ?? []).map(({ target, weights, signal }) => ({
      [target.kind]: target.name,
      weights: typeof weights === "number" ? weights : [...weights],
      signal: signal.kind === "recorded" ? { ...signal, values: hashOf(signal.values) } : signal,
    })),
    compat: setup.compatTvb ? "tvb" : "none",
  };
}

const hashOf = (values: Float64Array): string =>
  `sha256 ${sha256(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))}`;

function initialRecord(initial: Setup["initial"]): string {
  if (initial.kind === "seeded") return "seeded";
  if (initial.kind === "checkpoint")
    return `checkpoint after step ${initial.checkpoint.step}, state ${hashOf(initial.checkpoint.state)}`;
  return `${initial.kind}, ${hashOf(initial.values)}`;
}

function connectomeRecord({ source, labels, weights, tractLengths }: Connectome): ConnectomeRecord {
  const hash = (values: Float64Array) => sha256OfArray(ndarray(values, [labels.length, labels.length]));
  return {
    source: baseName(source),
    regions: labels.length,
    sha256: { weights: hash(weights), tract_lengths: hash(tractLengths) },
  };
}

/**
 * The experiment as asked, with files by their base names. A model that came as an object is kept whole, so that it runs
 * again; a connectome or history that did is named as given, which no experiment may ask for: running the record again is
 * then refused instead of running something else.
 */
function withoutFolders(experiment: Experiment): unknown {
  const { connectome, model, initial, stimuli, monitors } = experiment;
  const modelId = (id: unknown) => (isModel(id) ? id : typeof id === "string" ? baseName(id) : id);
  return {
    ...experiment,
    // JSON has no infinity.
    ...(experiment.conduction_speed === Infinity ? { conduction_speed: "inf" } : {}),
    ...(connectome === undefined ? {} : { connectome: shownConnectome(connectome) }),
    model:
      typeof model === "object" && "by_region" in model
        ? { ...model, by_region: model.by_region.map((entry) => ({ ...entry, id: modelId(entry.id) })) }
        : typeof model === "object" && "id" in model && !isModel(model)
          ? { ...model, id: modelId(model.id) }
          : modelId(model),
    ...Object.fromEntries(
      Object.entries({ initial, stimuli, monitors })
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => [key, shownFiles(withoutArrays(value))]),
    ),
  };
}

/** Keys whose text is a path. */
const fileKeys = new Set(["history", "checkpoint", "values", "lead_field", "gain", "region_mapping", "hrf"]);

function shownFiles(value: unknown, key = ""): unknown {
  if (typeof value === "string") return fileKeys.has(key) ? baseName(value) : value;
  if (Array.isArray(value)) return value.map((item) => shownFiles(item, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, item]) => [k, shownFiles(item, k)]));
}

function shownConnectome(connectome: NonNullable<Experiment["connectome"]>): unknown {
  if (isConnectome(connectome)) return { given: baseName((connectome as Connectome).source) };
  if (typeof connectome === "string") return baseName(connectome);
  return "path" in connectome ? { ...connectome, path: baseName(connectome.path) } : connectome;
}

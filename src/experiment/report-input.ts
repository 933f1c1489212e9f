import type { Connectome } from "../core/connectome.js";
import { couplings } from "../couplings/index.js";
import type { Recording, Regional, Signal, StimulusSetup } from "../engine/setup.js";
import { schemes } from "../integrators/index.js";
import { parameterPlaces, statePlaces } from "../ir/compose/parts.js";
import type { Coupling, Model, Scheme } from "../ir/declare.js";
import type { IntegrationRecord } from "./integration-record.js";
import type { MonitorDetail } from "./monitor-record.js";
import type { RunRecord, StimulusRecord } from "./provenance.js";
import type { StoredResult } from "./read-result.js";
import { courseInWords } from "./stimulus-words.js";
import type { Experiment, StimulusSpec } from "./types.js";

/** One thing that acted from outside; of a recorded signal the values may not be at hand, only their checksum. */
export interface StimulusView {
  readonly target: StimulusSetup["target"];
  /** Unit of the course's amplitude. */
  readonly unit?: string | undefined;
  readonly weights: Regional;
  readonly signal: Signal | (Omit<Extract<Signal, { kind: "recorded" }>, "values"> & { readonly values: string });
  /** The course as it was asked for, in words. */
  readonly course?: string | undefined;
}

/** Where a run began. */
export type StartView =
  | { readonly kind: "seeded" }
  | { readonly kind: "state" | "history"; readonly what: string }
  | { readonly kind: "checkpoint"; readonly step: number; readonly what: string; readonly file?: string | undefined };

/** What `renderReport` shows of a stored result. */
export interface ResultView {
  readonly title: string;
  readonly recordings: readonly Recording[];
  readonly connectome: Connectome;
  readonly provenance: Readonly<Record<string, unknown>>;
  readonly model: Model;
  readonly parameters: Readonly<Record<string, Regional>>;
  readonly coupling: Coupling | undefined;
  readonly couplingParameters: Readonly<Record<string, Regional>>;
  readonly scheme: Scheme | undefined;
  readonly dtMs: number;
  readonly noise: Readonly<Record<string, Regional>> | undefined;
  readonly conductionSpeed: number;
  readonly steps: number;
  readonly transientSteps: number;
  readonly seed: number;
  readonly integration: IntegrationRecord;
  readonly stimuli: readonly StimulusView[];
  readonly start: StartView;
  readonly monitorDetails: Readonly<Record<string, MonitorDetail>>;
}

type Stored = Readonly<Record<string, number | readonly number[]>>;

const regional = (values: Stored): Record<string, Regional> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "number" ? value : Float64Array.from(value)]),
  );

const known = <T>(items: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(items, id) ? items[id] : undefined;

export function reportInput({ record, connectome, recordings }: StoredResult): ResultView {
  const { setup, deviations, experiment, ...rest } = record;
  const model = setup.model as Model;
  return {
    title: `${model.id} on ${connectome.source}`,
    recordings,
    connectome,
    // The page shows the setup in its own section, and each deviation as a sentence.
    provenance: { ...rest, deviations: deviations.map(({ about }) => about) },
    model,
    parameters: regional(setup.parameters),
    coupling: known(couplings, setup.coupling),
    couplingParameters: regional(setup.coupling_parameters),
    scheme: known(schemes, setup.scheme),
    dtMs: setup.dt_ms,
    noise: setup.noise && regional(setup.noise),
    conductionSpeed: setup.conduction_speed_mm_per_ms === "inf" ? Infinity : setup.conduction_speed_mm_per_ms,
    steps: setup.steps,
    transientSteps: setup.transient_steps,
    seed: record.seed,
    // Results of earlier versions do not have it.
    integration: setup.integration ?? {},
    stimuli: stimuliOf(setup.stimuli ?? [], (experiment as Experiment | undefined)?.stimuli ?? [], model),
    start: startOf(record),
    monitorDetails: Object.fromEntries(
      record.monitors.map(({ name, sensors, bold }) => [
        name,
        { ...(sensors ? { sensors } : {}), ...(bold ? { bold } : {}) },
      ]),
    ),
  };
}

/** One view per stimulus that was asked for: where models differ by region, one for all models that have its target. */
function stimuliOf(stored: readonly StimulusRecord[], asked: readonly StimulusSpec[], model: Model): StimulusView[] {
  const groups = asked.map((spec) => ({ spec, places: placesOf(spec, model) }));
  // A record that somebody changed by hand is shown as it stands.
  if (groups.reduce((sum, { places }) => sum + places.length, 0) !== stored.length)
    return stored.map((one) => ({
      target: targetOf(one),
      weights: regional({ one: one.weights })["one"] ?? 1,
      signal: one.signal,
      unit: undefined,
      course: undefined,
    }));
  let next = 0;
  return groups.flatMap(({ spec, places }): StimulusView[] => {
    const mine = stored.slice(next, (next += places.length));
    const first = mine[0];
    if (!first) return [];
    const kind = spec.variable === undefined ? "parameter" : "variable";
    return [
      {
        target: { kind, name: spec.variable ?? spec.parameter ?? "" },
        unit: places[0],
        weights: summed(mine.map(({ weights }) => weights)),
        signal: first.signal,
        course: courseInWords(spec.time),
      },
    ];
  });
}

/** Units of the targets that a stimulus has, one per model. */
function placesOf({ variable, parameter }: StimulusSpec, model: Model): readonly string[] {
  const known = variable === undefined ? parameterPlaces(model) : statePlaces(model);
  const places = known.get((variable ?? parameter ?? "").replace(/\s*:\s*/, ": ")) ?? [];
  return places.map(({ declaration: { unit } }) =>
    variable === undefined || model.time !== "ms"
      ? unit
      : unit === "1"
        ? "1/ms"
        : unit.endsWith("/ms")
          ? `${unit}^2`
          : `${unit}/ms`,
  );
}

const targetOf = ({ variable, parameter }: StimulusRecord): StimulusView["target"] =>
  variable === undefined ? { kind: "parameter", name: parameter ?? "" } : { kind: "variable", name: variable };

/** Models have no region in common. */
function summed(all: readonly (number | readonly number[])[]): Regional {
  const [first = 1] = all;
  if (typeof first === "number") return first;
  return Float64Array.from(first, (_, k) =>
    all.reduce<number>((sum, w) => sum + (typeof w === "number" ? w : (w[k] ?? 0)), 0),
  );
}

function startOf({ setup, experiment }: RunRecord): StartView {
  const [, kind, step, what = ""] =
    /^(state|history|checkpoint)(?: after step (\d+))?, (?:state )?(.*)$/s.exec(setup.initial) ?? [];
  if (kind === "checkpoint") {
    const initial = (experiment as Experiment | undefined)?.initial;
    const file = typeof initial === "object" && "checkpoint" in initial ? initial.checkpoint : undefined;
    return { kind, step: Number(step ?? 0), what, file: typeof file === "string" ? file : undefined };
  }
  return kind === "state" || kind === "history" ? { kind, what } : { kind: "seeded" };
}

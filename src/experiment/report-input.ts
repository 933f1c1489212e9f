import type { Connectome } from "../core/connectome.js";
import { couplings } from "../couplings/index.js";
import type { Recording, Regional } from "../engine/setup.js";
import { schemes } from "../integrators/index.js";
import type { Coupling, Model, Scheme } from "../ir/declare.js";
import type { StoredResult } from "./read-result.js";

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
  void experiment;
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
  };
}

import type { Setup } from "../engine/setup.js";
import { couplings } from "../couplings/index.js";
import type { Disk } from "../storage/disk.js";
import { nodeDisk } from "../storage/disk.js";
import { checkExperiment, type CheckedExperiment } from "./check.js";
import { resolveConnectome } from "./connectome.js";
import { faultAt, findItem, type Deviation, type InputFile, type Resolving } from "./context.js";
import { resolveInitial, type ReadInput } from "./initial.js";
import { notingDisk } from "./inputs.js";
import { resolveModel } from "./model.js";
import { resolveMonitors } from "./monitors.js";
import { resolveIntegration } from "./integration.js";
import { resolveParameters } from "./parameters.js";
import { coarseVariables } from "./resolution.js";
import { resolveStimuli } from "./stimuli.js";
import { milliseconds, wholeSteps } from "./time.js";
import type { Experiment } from "./types.js";
import { parseQuantity } from "../core/units.js";

export interface ResolveOptions {
  /** Reads the files that the experiment names. Default: the machine's disk. */
  readonly disk?: Disk;
  /** Where relative paths start. Default: ".". */
  readonly folder?: string;
  /** Use values outside their declared ranges; each is listed as a deviation. */
  readonly force?: boolean;
  /** A model file to use in place of the experiment's model; relative to the disk's own folder. */
  readonly modelFile?: string;
  /** The text of the experiment's file, for its checksum in the provenance. */
  readonly experiment?: { readonly name: string; readonly text: string };
}

/** An experiment with every name, unit and count checked. */
export interface Resolved {
  readonly setup: Setup;
  readonly experiment: Experiment;
  readonly backend: "auto" | "wasm" | "reference";
  readonly inputs: readonly InputFile[];
  readonly deviations: readonly Deviation[];
}

/** Values when an experiment gives none. */
export const defaults = {
  dt: "0.1 ms",
  conduction_speed: "3 mm/ms",
  transient: 0,
  seed: 0,
  precision: "f64",
  coupling: "linear",
} as const;

/**
 * Turns an experiment into what the engine takes. Nothing is computed or written.
 * @throws Fault EXPERIMENT, DATA, FILE, UNIT, RANGE, EQUATION, MISMATCH, LIMIT
 */
export async function resolveExperiment(
  given: Experiment | CheckedExperiment,
  options: ResolveOptions = {},
): Promise<Resolved> {
  const { experiment, locate } = isChecked(given) ? given : checkExperiment(given);
  const { disk = nodeDisk(), folder = ".", force = false } = options;
  const files = notingDisk(disk, folder);
  if (options.experiment)
    files.note("experiment", options.experiment.name, new TextEncoder().encode(options.experiment.text));
  const connectome = await resolveConnectome(experiment, files, locate);
  const deviations: Deviation[] = [];
  const resolving: Resolving = { locate, force, labels: connectome.labels, deviations };
  const { model, parameters } = await resolveModel(
    experiment.model,
    { ...resolving, connectome, files },
    options.modelFile,
  );
  const coupling = experiment.coupling ?? defaults.coupling;
  const { id: couplingId, parameters: couplingGiven = {} } = typeof coupling === "string" ? { id: coupling } : coupling;
  const couplingFound = findItem(
    "coupling",
    couplings,
    couplingId,
    locate,
    typeof coupling === "string" ? ["coupling"] : ["coupling", "id"],
  );
  if (couplingFound.combines > model.sends.length && model.sends.length > 0)
    faultAt(
      locate,
      ["coupling"],
      "MISMATCH",
      `the coupling ${couplingId} combines ${couplingFound.combines} variables, ${model.id} sends ${model.sends.length}`,
      {
        next: "choose a coupling of one variable, such as linear",
      },
    );

  const { integrator } = experiment;
  const dtMs = milliseconds(integrator?.dt ?? defaults.dt, ["integrator", "dt"], locate, true);
  const durationMs = milliseconds(experiment.duration, ["duration"], locate, true);
  const transientMs = milliseconds(experiment.transient ?? defaults.transient, ["transient"], locate, false);
  const speed = parseQuantity(
    experiment.conduction_speed ?? defaults.conduction_speed,
    "mm/ms",
    locate(["conduction_speed"]),
  );
  if (!(speed > 0))
    faultAt(
      locate,
      ["conduction_speed"],
      "RANGE",
      `conduction_speed must be above 0, not ${experiment.conduction_speed}`,
      { next: "inf means no delays" },
    );
  const compatTvb = experiment.compat === "tvb";
  if (compatTvb) deviations.push(...tvbQuirks(couplingFound.compat?.about));

  const readInput: ReadInput = async (path, role) => {
    const bytes = await files.disk(role).read(files.place(path));
    return { bytes, name: files.inputs.at(-1)?.name ?? role };
  };
  const setup: Setup = {
    connectome,
    model,
    parameters,
    coupling: couplingFound,
    couplingParameters: resolveParameters(
      `the coupling ${couplingId}`,
      couplingFound.parameters,
      couplingGiven,
      ["coupling", "parameters"],
      resolving,
    ),
    dtMs,
    ...resolveIntegration(integrator, {
      ...resolving,
      model,
      parameters,
      compatTvb,
      precision: experiment.precision ?? defaults.precision,
    }),
    conductionSpeed: speed,
    steps: wholeSteps(durationMs, dtMs, ["duration"], locate),
    transientSteps: wholeSteps(transientMs, dtMs, ["transient"], locate),
    seed: experiment.seed ?? defaults.seed,
    run: 0,
    stimuli: await resolveStimuli(experiment.stimuli, {
      ...resolving,
      connectome,
      model,
      parameters,
      dtMs,
      compatTvb,
      readInput,
    }),
    initial: await resolveInitial(experiment.initial, { ...resolving, model, parameters }, readInput),
    monitors: await resolveMonitors(experiment.monitors, {
      ...resolving,
      connectome,
      model,
      dtMs,
      durationMs,
      transientMs,
      compatTvb,
      readInput,
    }),
    compatTvb,
    precision: experiment.precision ?? defaults.precision,
  };
  deviations.push(...coarseVariables(setup));
  return { setup, experiment, backend: experiment.backend ?? "auto", inputs: files.inputs, deviations };
}

const isChecked = (given: Experiment | CheckedExperiment): given is CheckedExperiment =>
  "experiment" in given && "locate" in given && typeof given.locate === "function";

const tvbQuirks = (couplingQuirk: string | undefined): Deviation[] =>
  [
    "the network input is read once per step and held over its stages, as TVB does",
    ...(couplingQuirk === undefined ? [] : [couplingQuirk]),
  ].map((about) => ({
    kind: "compat",
    where: "compat",
    about,
  }));

import type { Coupling } from "../../ir/declare.js";
import type { Start } from "../../ir/program.js";
import { chooseBackend } from "../../kernels/index.js";
import type { Kernel } from "../../kernels/kernel.js";
import { assemble } from "../assemble.js";
import type { Regional, Setup } from "../setup.js";
import { startOf } from "../start.js";
import type { BoldSetup } from "./setup.js";

export type HaemodynamicModel = Extract<BoldSetup, { kind: "model" }>;

/** Between voxels nothing is sent. */
const none: Coupling = {
  id: "none",
  about: "",
  papers: [],
  parameters: {},
  combines: 1,
  sends: ["x"],
  receives: "S",
};

/** A kernel of haemodynamics, one voxel per region and observable: its drives are the activity, its one observable the signal. */
export interface Haemodynamics {
  readonly kernel: Kernel;
  readonly drives: number;
  /** The same, where another stood. */
  readonly from: (step: number, state: Float64Array) => Promise<Kernel>;
}

/**
 * Compiles the haemodynamics of `copies` observables of a network. In double precision whatever the network's: per step the
 * states change by less than single precision tells apart.
 */
export async function compileHaemodynamics(
  setup: Setup,
  bold: HaemodynamicModel,
  copies: number,
  backend: string,
): Promise<Haemodynamics> {
  const own = haemodynamicSetup(setup, bold, copies);
  const { program, drives } = assemble(own);
  const start = startOf(own, program);
  const compile = (from: Start) => chooseBackend(backend, program).compile(program, from, { slots: 0 });
  return {
    kernel: await compile(start),
    drives: drives.length,
    from: (step, state) => compile({ ...start, step, state }),
  };
}

function haemodynamicSetup({ connectome }: Setup, bold: HaemodynamicModel, copies: number): Setup {
  const { model, scheme, scale, baseline, drives } = bold;
  const regions = connectome.labels.length;
  const voxels = regions * copies;
  const each = (value: Regional): Regional =>
    typeof value === "number" ? value : Float64Array.from({ length: voxels }, (_, k) => value[k % regions] ?? NaN);
  const at = (value: Regional, i: number) => (typeof value === "number" ? value : (value[i] ?? NaN));
  const offset =
    baseline === 0
      ? 0
      : Float64Array.from({ length: voxels }, (_, k) => -at(scale, k % regions) * at(baseline, k % regions));
  return {
    connectome: {
      labels: Array.from({ length: voxels }, (_, k) => `${k}`),
      weights: new Float64Array(voxels * voxels),
      tractLengths: new Float64Array(voxels * voxels),
      centres: undefined,
      orientations: undefined,
      areas: undefined,
      hemispheres: undefined,
      cortical: undefined,
      source: "haemodynamics",
    },
    model,
    parameters: {
      ...Object.fromEntries(Object.entries(bold.parameters).map(([name, value]) => [name, each(value)])),
      [drives]: offset,
    },
    coupling: none,
    couplingParameters: {},
    scheme,
    dtMs: bold.stepMs,
    noise: undefined,
    // The values are written by the monitor, one per voxel and step.
    stimuli: [
      {
        target: { kind: "parameter", name: drives },
        weights: each(scale),
        signal: {
          kind: "recorded",
          startMs: 0,
          stepMs: bold.stepMs,
          rows: 1,
          columns: voxels,
          values: new Float64Array(voxels),
          between: "hold",
          outside: "hold",
        },
      },
    ],
    conductionSpeed: Infinity,
    steps: 0,
    transientSteps: 0,
    seed: 0,
    run: 0,
    initial: {
      kind: "state",
      values: Float64Array.from(
        Object.keys(model.state).flatMap((name) => Array<number>(voxels).fill(bold.rest[name] ?? 0)),
      ),
    },
    monitors: [
      {
        name: "signal",
        monitor: { id: "signal", about: "", time: "step", space: "regions" },
        periodMs: bold.stepMs,
        variables: [bold.signal],
      },
    ],
    compatTvb: false,
    precision: "f64",
  };
}

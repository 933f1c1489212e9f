import type { Connectome } from "../core/connectome.js";
import { assemble } from "../engine/assemble.js";
import type { Regional, Setup } from "../engine/setup.js";
import { startOf } from "../engine/start.js";
import { rk4 } from "../integrators/rk4.js";
import type { Coupling, Monitor, Scheme } from "../ir/declare.js";
import { chooseBackend } from "../kernels/index.js";
import type { Kernel, KernelOptions } from "../kernels/kernel.js";
import type { Mass } from "./mass.js";

/** Every step of every region, of whatever is asked for. */
const everyStep: Monitor = { id: "raw", about: "every step", time: "step", space: "regions" };
/** A mass has no inputs, so this is never read. */
const nothing: Coupling = {
  id: "none",
  about: "no coupling",
  papers: [],
  parameters: {},
  combines: 1,
  sends: ["x"],
  receives: "S",
};

export interface MassRun {
  readonly dtMs: number;
  /** Default classical Runge-Kutta. */
  readonly scheme?: Scheme;
  readonly observe: readonly string[];
}

/** Copies of one mass that do not see each other: one region each, with their own values of parameters. */
export function copiesOf(
  mass: Mass,
  values: Readonly<Record<string, Regional>>,
  states: readonly ArrayLike<number>[],
  { dtMs, scheme = rk4, observe }: MassRun,
): Setup {
  const n = states.length;
  const initial = new Float64Array(mass.names.length * n);
  states.forEach((state, i) => mass.names.forEach((_, v) => (initial[v * n + i] = state[v] as number)));
  return {
    connectome: apart(n),
    model: mass.model,
    parameters: { ...mass.values, ...values },
    coupling: nothing,
    couplingParameters: {},
    scheme,
    dtMs,
    noise: undefined,
    conductionSpeed: Infinity,
    steps: 1,
    transientSteps: 0,
    seed: 0,
    run: 0,
    initial: { kind: "state", values: initial },
    monitors: [{ name: "raw", monitor: everyStep, periodMs: dtMs, variables: observe }],
    compatTvb: false,
    precision: "f64",
  };
}

const apart = (n: number): Connectome => ({
  labels: Array.from({ length: n }, (_, k) => String(k)),
  weights: new Float64Array(n * n),
  tractLengths: new Float64Array(n * n),
  centres: undefined,
  orientations: undefined,
  areas: undefined,
  hemispheres: undefined,
  cortical: undefined,
  source: "copies of one mass",
});

/** Compiles a setup without drives for a caller that advances it by itself. */
export async function kernelOf(setup: Setup, options: Pick<KernelOptions, "guard"> = {}): Promise<Kernel> {
  const { program, hiddenStart } = assemble(setup);
  return chooseBackend("auto", program).compile(program, startOf(setup, program, hiddenStart), {
    slots: 0,
    ...options,
  });
}

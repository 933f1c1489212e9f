import { fault } from "../core/fault.js";
import { topological } from "../ir/graph.js";
import type { Program } from "../ir/program.js";
import { defaultVariant } from "../kernels/wasm/variants.js";
import { planMemory } from "../kernels/wasm/layout.js";
import { assemble } from "./assemble.js";
import { rowCount, spaceLabels } from "./observe.js";
import type { Setup } from "./setup.js";

/** What a run will cost, known before it starts. */
export interface Plan {
  readonly regions: number;
  readonly edges: number;
  readonly steps: number;
  readonly maxDelaySteps: number;
  readonly blockSteps: number;
  /** Delay history and everything else the kernel holds. */
  readonly kernelBytes: number;
  readonly historyBytes: number;
  readonly stateBytes: number;
  /** Signals of all monitors. */
  readonly outputBytes: number;
  readonly totalBytes: number;
  /** A forecast from the operations in a step, for one core like those it was fitted on; a dry run measures nothing. */
  readonly estimatedSeconds: number;
  readonly text: () => string;
}

/** Forecasts memory and time. @throws Faults of `assemble` for parts that do not fit together */
export const plan = (setup: Setup): Plan => planProgram(setup, assemble(setup).program);

export function planProgram(setup: Setup, program: Program): Plan {
  const elementBytes = setup.precision === "f32" ? 4 : 8;
  const { layout } = planMemory(program, defaultVariant(program), setup.monitors.length, 0);
  const historyBytes = program.channels * layout.padded * layout.ringRow;
  const outputBytes = setup.monitors.reduce(
    (sum, m) => sum + rowCount(setup, m) * (m.variables.length * spaceLabels(setup, m).length * elementBytes + 8),
    0,
  );
  const steps = setup.steps + setup.transientSteps;
  const numbers = {
    regions: program.regions,
    edges: program.edges.source.length + program.instant.source.length,
    steps,
    maxDelaySteps: program.maxDelay,
    blockSteps: layout.block,
    kernelBytes: layout.bytes,
    historyBytes,
    stateBytes: program.stateNames.length * program.regions * elementBytes,
    outputBytes,
    totalBytes: layout.bytes + outputBytes,
    estimatedSeconds: steps * stepNanoseconds(program) * 1e-9,
  };
  return { ...numbers, text: () => describe(setup, numbers) };
}

/**
 * Nanoseconds of one step of the whole network, fitted to the four workloads of `npm run bench` in both precisions on one core of a
 * shared x86 machine (within a third, recordings of every millisecond aside): a vector operation takes 0.2 ns, an edge 0.35 ns in f32
 * and 0.7 ns in f64, an undelayed edge 1.5 ns per stage.
 */
function stepNanoseconds(program: Program): number {
  const lanes = program.precision === "f32" ? 4 : 2;
  const work = topological(program.phases.flatMap((p) => [...p.next, ...p.send])).filter(
    (n) => n.kind === "call",
  ).length;
  const draws = program.noise.length * 36;
  const far = program.edges.source.length * program.channels * (program.precision === "f32" ? 0.35 : 0.7);
  const instant = program.instant.source.length * program.channels * program.phases.length * 1.5;
  return program.regions * (work / lanes + draws / 4) * 0.2 + far + instant + program.regions * 1.5;
}

const size = (bytes: number): string =>
  bytes < 1e6
    ? `${(bytes / 1e3).toFixed(1)} kB`
    : bytes < 1e9
      ? `${(bytes / 1e6).toFixed(1)} MB`
      : `${(bytes / 1e9).toFixed(2)} GB`;

function describe(setup: Setup, p: Omit<Plan, "text">): string {
  return [
    `${setup.model.id} on ${p.regions} regions, ${p.edges} links, ${setup.scheme.id}, dt ${setup.dtMs} ms, ${setup.precision}`,
    `  steps     ${p.steps} (${(setup.transientSteps * setup.dtMs) / 1000} s transient, then ${(setup.steps * setup.dtMs) / 1000} s recorded)`,
    `  delays    up to ${p.maxDelaySteps} steps; blocks of ${p.blockSteps}`,
    `  memory    ${size(p.kernelBytes)} kernel (${size(p.historyBytes)} delay history), ${size(p.outputBytes)} signals`,
    `  time      about ${p.estimatedSeconds < 1 ? p.estimatedSeconds.toPrecision(1) : p.estimatedSeconds.toFixed(0)} s on one core`,
  ].join("\n");
}

/** @throws Fault LIMIT when the run would not fit into `limitBytes` */
export function checkMemory(plan: Plan, limitBytes: number): void {
  if (plan.totalBytes <= limitBytes) return;
  throw fault("LIMIT", `the run needs ${size(plan.totalBytes)}, it may have ${size(limitBytes)}`, {
    why: `${size(plan.historyBytes)} of delay history, ${size(plan.outputBytes)} of signals`,
    next: "longer monitor periods, fewer variables, precision f32, or a shorter run",
  });
}

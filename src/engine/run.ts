import { fault, type Fault } from "../core/fault.js";
import { memoryLimit } from "../core/limits.js";
import { variablesAt } from "../ir/compose/parts.js";
import type { Program } from "../ir/program.js";
import { chooseBackend } from "../kernels/index.js";
import type { BlowUp, Kernel, KernelOptions } from "../kernels/kernel.js";
import { partStepper, type PartStatistics, type Stepper } from "./adaptive.js";
import { assemble } from "./assemble.js";
import { startFrom, takeCheckpoint, type Checkpoint } from "./checkpoint.js";
import { driveFeed, type DriveFeed } from "./drives.js";
import { programHash, sentHashes } from "./hash.js";
import type { Observer } from "./observe.js";
import { observersOf } from "./observers.js";
import { partOf, slotsOf } from "./parts.js";
import { checkMemory, planProgram } from "./plan.js";
import type { Block, Setup } from "./setup.js";
import { jacobianAt, spectralRadius } from "./stability.js";
import { startOf } from "./start.js";
import { tunedVariant, type Tuning } from "./tune.js";

export interface RunOptions {
  /** "auto", "wasm" or "reference". Default "auto". */
  readonly backend?: string;
  /** Stops the run at the next pause; what was computed is given out, the summary says `interrupted`. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (stepsDone: number, stepsTotal: number) => void;
  /** Default: the memory that this process may use. */
  readonly memoryLimitBytes?: number;
  /** Called between two steps when all blocks so far were taken: every so often, and at the end. */
  readonly onCheckpoint?: (checkpoint: Checkpoint) => void | Promise<void>;
  /** Milliseconds of the clock between two checkpoints. Default: only at the end. */
  readonly checkpointEveryMs?: number;
  /** Remembers which build of a kernel was fastest. */
  readonly tuning?: Tuning;
  /** For benches: `guard: false` skips the check for non-finite values, `variant` fixes the build. */
  readonly kernel?: Pick<KernelOptions, "guard" | "variant">;
}

export interface RunStatistics {
  /** Regions × steps. */
  readonly regionSteps: number;
  /** Expressions, start and plan. */
  readonly setupSeconds: number;
  readonly compileSeconds: number;
  /** Advancing and observing. */
  readonly integrationSeconds: number;
  /** How the kernel was built; has no influence on results. */
  readonly variant: string;
  readonly kernelBytes: number;
  /** Of steps taken in parts to keep the error within tolerance. */
  readonly parts?: PartStatistics;
}

export interface RunSummary {
  readonly stepsDone: number;
  readonly interrupted: boolean;
  readonly backend: string;
  readonly programHash: string;
  /** [state variable][region] after the last step. */
  readonly finalState: Float64Array;
  /** From which another run can go on. */
  readonly checkpoint: Checkpoint;
  readonly statistics: RunStatistics;
}

/** Milliseconds of work between two looks at the signal and the event loop. */
const sliceMs = 25;
/** Values that wait before a block is given out … */
const blockValues = 2 ** 17;
/** … or milliseconds, so that a long run that records little is not lost when it is killed. */
const blockMs = 5000;

/**
 * Integrates a setup and gives its signals out in blocks, each monitor's in order.
 * @throws Fault LIMIT, BACKEND, BLOWUP, and those of `assemble`
 */
export async function* runSimulation(setup: Setup, options: RunOptions = {}): AsyncGenerator<Block, RunSummary> {
  const began = performance.now();
  const { program, observed, drives, hiddenStart } = assemble(setup);
  checkMemory(planProgram(setup, program), options.memoryLimitBytes ?? memoryLimit());
  const channels = sentHashes(program);
  const { initial } = setup;
  const from = initial.kind === "checkpoint" ? initial.checkpoint : undefined;
  const start = from
    ? startFrom(from, program, setup.dtMs, setup.connectome.labels, channels, hiddenStart)
    : startOf(setup, program, hiddenStart);
  // Periods count on where a recording goes on without a transient between.
  const recordedFrom = from && setup.transientSteps === 0 ? from.recordedFrom : start.step + setup.transientSteps;
  const hash = programHash(program, start, drives);
  const backend = chooseBackend(options.backend ?? "auto", program);
  const assembled = performance.now();
  const slots = setup.monitors.length;
  const total = setup.steps + setup.transientSteps;
  const variant =
    options.kernel?.variant ?? (await tunedVariant(backend, program, start, slots, total, options.tuning));
  const kernel = await backend.compile(program, start, { slots, ...options.kernel, ...(variant ? { variant } : {}) });
  const compiled = performance.now();
  const observers = await observersOf(setup, observed, recordedFrom, options.backend ?? "auto");
  for (const o of observers) {
    const kept = from?.monitors.find(({ name, make }) => name === o.name && make === o.make);
    if (kept && from?.recordedFrom === recordedFrom) await o.release(kernel, kept.held);
  }
  const feed = driveFeed(drives, setup.dtMs, program.regions);
  const parts: PartStatistics = { taken: 0, rejected: 0, most: 1 };
  const inParts = program.parts ? partStepper(kernel, program, feed, setup, parts) : undefined;
  const frame = {
    recordedFrom,
    programHash: hash,
    precision: program.precision,
    dtMs: setup.dtMs,
    seed: setup.seed,
    run: setup.run,
    regions: setup.connectome.labels,
    channels,
  };
  const held = () => observers.map((o) => ({ name: o.name, make: o.make, held: o.hold(kernel) }));
  const every = options.onCheckpoint ? (options.checkpointEveryMs ?? Infinity) : Infinity;
  let keptAt = performance.now();
  let done = 0;
  let integrationMs = 0;
  let givenAt = performance.now();
  try {
    while (done < total && !options.signal?.aborted) {
      const sliceBegan = performance.now();
      done = advanceSlice(kernel, inParts ?? feed, setup, program, observers, recordedFrom, done, sliceBegan + sliceMs);
      integrationMs += performance.now() - sliceBegan;
      options.onProgress?.(done, total);
      const pause = done < total && performance.now() - keptAt > every;
      const overdue = pause || performance.now() - givenAt > blockMs;
      if (overdue) givenAt = performance.now();
      for (const o of observers)
        if (overdue || o.waiting() >= blockValues) {
          const block = o.take();
          if (block) yield block;
        }
      // Every block was given out before: what is recorded and where the run stands belong together.
      if (pause) {
        await options.onCheckpoint?.(takeCheckpoint(kernel, program, frame, held()));
        keptAt = performance.now();
      }
      await new Promise<void>((resume) => setImmediate(resume));
    }
    const finalState = kernel.state().subarray(0, Object.keys(setup.model.state).length * program.regions);
    const standing = takeCheckpoint(kernel, program, frame, []);
    if (done === total) lookAhead(kernel, feed, observers, kernel.step() - recordedFrom);
    for (const o of observers) {
      const block = o.take();
      if (block) yield block;
    }
    const checkpoint = { ...standing, monitors: held() };
    await options.onCheckpoint?.(checkpoint);
    return {
      checkpoint,
      stepsDone: done,
      interrupted: done < total,
      backend: kernel.backend,
      programHash: hash,
      finalState,
      statistics: {
        regionSteps: done * program.regions,
        setupSeconds: (assembled - began) / 1e3,
        compileSeconds: (compiled - assembled) / 1e3,
        integrationSeconds: integrationMs / 1e3,
        variant: kernel.variant,
        kernelBytes: kernel.bytes,
        ...(inParts ? { parts } : {}),
      },
    };
  } finally {
    kernel.dispose();
    for (const o of observers) o.dispose?.();
  }
}

/** Takes one step after the last for those observers that need it. */
function lookAhead(kernel: Kernel, feed: DriveFeed, observers: readonly Observer[], steps: number): void {
  const waiting = observers.filter((o) => o.needsNextStep);
  if (waiting.length === 0) return;
  feed.fill(kernel, kernel.step(), 1);
  // Where that step blows up, its start was still sound, and that is what is looked at.
  kernel.advance(1);
  for (const o of waiting) o.look(kernel, steps, 1);
}

/** Advances until the deadline, the end, or until a block is full; returns the steps done in all. */
function advanceSlice(
  kernel: Kernel,
  how: DriveFeed | Stepper,
  setup: Setup,
  program: Program,
  observers: readonly Observer[],
  recordedFrom: number,
  from: number,
  deadline: number,
): number {
  const { transientSteps } = setup;
  const total = setup.steps + transientSteps;
  let done = from;
  while (done < total && performance.now() < deadline && observers.every((o) => o.waiting() < blockValues)) {
    // The recording begins at a call of its own.
    const end = done < transientSteps ? transientSteps : total;
    const count = Math.min(kernel.blockSteps, end - done);
    if (typeof how !== "function") how.fill(kernel, kernel.step(), count);
    const blowUp = typeof how === "function" ? how() : kernel.advance(count);
    if (blowUp) throw blowUpFault(setup, program, blowUp);
    for (const o of observers)
      if (done >= transientSteps || o.settles) o.look(kernel, kernel.step() - count - recordedFrom, count);
    done += count;
  }
  return done;
}

function blowUpFault(setup: Setup, program: Program, { step, region, variable, lastGood }: BlowUp): Fault {
  const label = setup.connectome.labels[region] ?? String(region);
  // A region of a network of several models has its own variables in the state's slots.
  const own = variablesAt(setup.model, partOf(setup)(region)).map(([name]) => name);
  const slots = Object.keys(setup.model.state).length;
  const name = own[variable] ?? program.stateNames[variable] ?? String(variable);
  const good = [...own.entries(), ...[...program.stateNames.entries()].slice(slots)]
    .map(([v, n]) => `${n} = ${(lastGood[v] ?? NaN).toPrecision(4)}`)
    .join(", ");
  const limit = stepLimit(setup, region);
  return fault(
    "BLOWUP",
    `region ${region} (${label}): ${name} is not finite at step ${step} (t = ${Number((step * setup.dtMs).toPrecision(10))} ms)`,
    {
      where: `last good state ${good}; dt = ${setup.dtMs} ms, scheme ${setup.scheme.id}`,
      why:
        limit !== undefined && setup.dtMs > limit
          ? `dt is ${(setup.dtMs / limit).toPrecision(2)} times the stability limit estimated from the Jacobian in the middle of the start ranges (${limit.toPrecision(2)} ms)`
          : "the solution grows without bound: check coupling strength, parameters and initial conditions",
      next:
        limit !== undefined && setup.dtMs > limit
          ? `integrator.dt of ${(limit / 2).toPrecision(1)} ms or less`
          : "a weaker coupling, or a smaller dt",
      data: { step, region, label, variable: name, lastGood, dtMs: setup.dtMs, estimatedLimitMs: limit },
    },
  );
}

/**
 * dt at which the linearised model would grow: 2 / ρ for the second-order schemes, 2.8 / ρ for classical Runge-Kutta.
 * Taken in the middle of the start ranges: the last good state lies far outside all that the model is meant for.
 */
function stepLimit(setup: Setup, region: number): number | undefined {
  const state = slotsOf(setup)(region).map(({ start: [low, high] }) => (low + high) / 2);
  const parameters = Object.fromEntries(
    Object.entries(setup.parameters).map(([name, value]) => [
      name,
      typeof value === "number" ? value : (value[region] ?? NaN),
    ]),
  );
  const radius = spectralRadius(jacobianAt(setup.model, state, parameters));
  return radius > 0 ? (setup.scheme.order >= 4 ? 2.8 : 2) / radius : undefined;
}

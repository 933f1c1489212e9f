import type { Program, Start } from "../ir/program.js";
import type { Backend, Variant } from "../kernels/kernel.js";
import { defaultVariant, variants } from "../kernels/wasm/variants.js";

/** Runs of fewer region-steps are over, after some seconds, before a choice pays. */
const worthwhileRegionSteps = 3e8;
/** Milliseconds that each candidate may run. */
const trialMs = 12;

/** Keeps winners by the shape of the program. Results do not depend on them. */
export interface Tuning {
  readonly recall: (shape: string) => unknown;
  readonly remember: (shape: string, variant: Variant) => void | Promise<void>;
}

const isVariant = (value: unknown): value is Variant =>
  typeof value === "object" &&
  value !== null &&
  ["block", "groups"].every((key) => Number.isInteger((value as Readonly<Record<string, unknown>>)[key]));

/** The fastest build of a program, found by running each candidate for a moment; undefined where there is no choice. */
export async function tunedVariant(
  backend: Backend,
  program: Program,
  start: Start,
  slots: number,
  steps: number,
  tuning: Tuning | undefined,
): Promise<Variant | undefined> {
  if (backend.id !== "wasm") return undefined;
  if (steps * program.regions < worthwhileRegionSteps) return defaultVariant(program);
  const key = shapeOf(program);
  const known = tuning?.recall(key);
  // Whatever a file holds, only a build that fits this program is taken.
  const fitting = variants(program).find(
    (v) => isVariant(known) && v.block === known.block && v.groups === known.groups,
  );
  if (fitting) return fitting;
  let best: { variant: Variant; rate: number } | undefined;
  for (const variant of variants(program)) {
    const kernel = await backend.compile(program, start, { slots, variant });
    // Warm up: the optimising compiler replaces the first code after some calls.
    let rate = run(kernel, trialMs);
    rate = Math.max(run(kernel, trialMs), run(kernel, trialMs));
    kernel.dispose();
    if (!best || rate > best.rate) best = { variant, rate };
  }
  if (best) await tuning?.remember(key, best.variant);
  return best?.variant;
}

function run(kernel: Awaited<ReturnType<Backend["compile"]>>, ms: number): number {
  const began = performance.now();
  let steps = 0;
  while (performance.now() - began < ms) {
    if (kernel.advance(kernel.blockSteps)) return 0;
    steps += kernel.blockSteps;
  }
  return steps / (performance.now() - began);
}

/** Programs of one shape run alike: what matters is their size, not their values. */
const shapeOf = (program: Program): string =>
  [
    program.precision,
    program.regions,
    program.channels,
    program.edges.source.length,
    program.instant.source.length,
    program.maxDelay,
    program.edges.delay.reduce((least, d) => Math.min(least, d), Infinity),
    program.phases.length,
    program.noise.length,
    program.stateNames.join(),
    program.send[0]?.id,
  ].join();

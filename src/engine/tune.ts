import type { Program, Start } from "../ir/program.js";
import type { Backend, Variant } from "../kernels/kernel.js";
import { defaultVariant, variants } from "../kernels/wasm/variants.js";

/** Runs shorter than this many region-steps are over before a choice pays. */
const worthwhileRegionSteps = 2e7;
/** Milliseconds that each candidate may run. */
const trialMs = 12;

/** Winners by what they were chosen for; results do not depend on them, so the process may remember. */
const remembered = new Map<string, Variant>();

/** The fastest build of a program, found by running each candidate for a moment; undefined where there is no choice. */
export async function tunedVariant(
  backend: Backend,
  program: Program,
  start: Start,
  slots: number,
  steps: number,
): Promise<Variant | undefined> {
  if (backend.id !== "wasm") return undefined;
  if (steps * program.regions < worthwhileRegionSteps) return defaultVariant(program);
  const key = shapeOf(program);
  const known = remembered.get(key);
  if (known) return known;
  let best: { variant: Variant; rate: number } | undefined;
  for (const variant of variants(program)) {
    const kernel = await backend.compile(program, start, { slots, variant });
    // Warm up: the optimising compiler replaces the first code after some calls.
    let rate = run(kernel, trialMs);
    rate = Math.max(run(kernel, trialMs), run(kernel, trialMs));
    kernel.dispose();
    if (!best || rate > best.rate) best = { variant, rate };
  }
  if (best) remembered.set(key, best.variant);
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

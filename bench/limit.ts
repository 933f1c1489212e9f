import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Contender, Context, Sample } from "./contender.js";

const run = promisify(execFile);

export interface LimitTask {
  readonly connectome: string;
  readonly dtMs: number;
  readonly speed: number;
  readonly steps: number;
  readonly precision: "f32" | "f64";
  readonly flags: "-march=native" | "-msse4.1";
  /** The program as it was first written: vectors of 64 bytes on every machine, blocks of four. Slow without AVX-512. */
  readonly asFirstWritten?: boolean;
}

/** Accumulators held through an edge loop: which is best depends on the machine's vectors, so all are tried. */
const variants = [2, 4, 8, 16] as const;

/**
 * The C program `bench/limits/mpr.c`, in the variant that runs fastest here.
 * @throws Error when there is no C compiler
 */
export async function limit(context: Context, task: LimitTask): Promise<Contender> {
  const { connectome, steps, dtMs, speed, precision, flags, asFirstWritten = false } = task;
  const compiler = process.env["CC"] ?? "cc";
  const sample = async (binary: string, count: number): Promise<Sample & { block: number }> => {
    const { stdout } = await run(binary, [connectome, String(count), "1", String(dtMs), String(speed)]);
    return JSON.parse(stdout) as Sample & { block: number };
  };
  let best: { binary: string; rate: number; block: number } | undefined;
  for (const registers of asFirstWritten ? [4] : variants) {
    const binary = join(context.scratch, `mpr-${precision}${flags}-${registers}${asFirstWritten ? "-wide" : ""}`);
    const options = ["-O3", flags, "-ffast-math", `-DREAL=${precision === "f32" ? "float" : "double"}`];
    execFileSync(compiler, [
      ...options,
      `-DREGISTERS=${registers}`,
      ...(asFirstWritten ? ["-DBYTES=64"] : []),
      join(context.sources, "limits/mpr.c"),
      "-o",
      binary,
      "-lm",
    ]);
    try {
      const { regionSteps, seconds, block } = await sample(binary, steps / 4);
      const rate = regionSteps / seconds;
      if (best === undefined || rate > best.rate) best = { binary, rate, block };
    } catch {
      // The block of this variant is longer than the shortest delay.
    }
  }
  if (best === undefined) throw new Error("no variant fits the shortest delay");
  const { binary, block } = best;
  return {
    name: limitName(precision, flags, asFirstWritten),
    role: "limit",
    note: `block of ${block} steps`,
    sample: () => sample(binary, steps),
  };
}

export const limitName = (
  precision: LimitTask["precision"],
  flags: LimitTask["flags"],
  asFirstWritten = false,
): string => `C ${precision} ${flags}${asFirstWritten ? ", 64-byte vectors" : ""}`;

import { execFileSync } from "node:child_process";
import { availableParallelism, cpus, loadavg } from "node:os";

/** What a reader needs to place a figure; never the machine's name. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  readonly compiler: string;
  /** Mean number of running programs over the last minute, before and after. */
  readonly load: readonly [before: number, after: number];
}

export function machine(loadBefore: number): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    node: process.version,
    compiler: compilerVersion(),
    load: [loadBefore, load()],
  };
}

export const load = (): number => loadavg()[0] ?? NaN;

export const printMachine = ({ cpu, cores, node, compiler, load: [before, after] }: Machine): string =>
  `${cpu}, ${cores} cores, node ${node}, ${compiler}, load ${before.toFixed(1)} before and ${after.toFixed(1)} after`;

function compilerVersion(): string {
  try {
    const text = execFileSync(process.env["CC"] ?? "cc", ["--version"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return text.split("\n")[0] ?? "";
  } catch {
    return "no C compiler";
  }
}

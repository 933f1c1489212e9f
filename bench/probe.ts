import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { median } from "./race.js";

/** One figure about ourselves alone, measured in a fresh process, smaller is better. */
export interface Probe {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly atMost: number;
  /** Runs in the fresh process. */
  measure(): Promise<{ readonly value: number; readonly detail: string }>;
}

export interface ProbeResult {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly atMost: number;
  /** Median over the processes. */
  readonly value: number;
  readonly detail: string;
  readonly holds: boolean;
  readonly failure?: string;
}

const run = promisify(execFile);

/** Starts this same program once per repeat with `--probe ID` and takes the median. */
export async function runProbe(
  { id, title, unit, atMost }: Probe,
  program: string,
  repeats: number,
): Promise<ProbeResult> {
  const about = { id, title, unit, atMost };
  try {
    const answers: { value: number; detail: string }[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      const { stdout } = await run(process.execPath, [program, "--probe", id]);
      answers.push(JSON.parse(stdout) as { value: number; detail: string });
    }
    const value = median(answers.map((answer) => answer.value));
    return { ...about, value, detail: answers[0]?.detail ?? "", holds: value <= atMost };
  } catch (error) {
    const failure =
      String((error as { stderr?: string }).stderr ?? error)
        .trim()
        .split("\n")[0] ?? "";
    return { ...about, value: NaN, detail: "", holds: false, failure };
  }
}

import { startMs, type ReportInput } from "./input.js";
import { showCount, showTime } from "./numbers.js";

/** How far a run came. Times in ms, without what was left out before. */
export interface Extent {
  readonly plannedMs: number | undefined;
  /** Less than planned, or undefined where nothing tells. */
  readonly doneMs: number | undefined;
  /** What a reader must be told first about a run that did not reach its end; undefined for all others. */
  readonly warning: string | undefined;
}

type Known = Pick<ReportInput, "start" | "dtMs" | "steps" | "transientSteps" | "recordings" | "provenance">;

/** From run.json: a status of "running" in a file that is read was left there by a run that was killed, or goes on. */
export function extentOf({ start, dtMs, steps, transientSteps = 0, recordings, provenance }: Known): Extent {
  const plannedMs = dtMs === undefined || steps === undefined ? undefined : dtMs * steps;
  const { status, steps_done: stepsDone } = provenance;
  if (status !== "interrupted" && status !== "running") return { plannedMs, doneMs: plannedMs, warning: undefined };
  const before = startMs({ start, dtMs }) + (dtMs ?? 0) * transientSteps;
  const ends = recordings.flatMap(({ time }) => time.at(-1) ?? []);
  const doneMs =
    dtMs !== undefined && typeof stepsDone === "number"
      ? dtMs * Math.max(0, stepsDone - transientSteps)
      : Math.max(0, ...ends.map((end) => end - before));
  const part = `${showTime(doneMs)}${plannedMs === undefined ? "" : ` of ${showTime(plannedMs)}`}`;
  if (status === "running")
    return {
      plannedMs,
      doneMs,
      warning: `The run did not finish: its record still says "running", so it was stopped from outside or goes on. What had been written by then is shown: ${part}.`,
    };
  const count =
    typeof stepsDone === "number" && steps !== undefined
      ? ` after ${showCount(stepsDone)} of ${showCount(steps + transientSteps)} steps`
      : "";
  return { plannedMs, doneMs, warning: `The run was interrupted${count}. What was done is shown: ${part}.` };
}

/** "500 ms", or "120 ms of 500 ms" for a part. */
export function showExtent({ plannedMs, doneMs, warning }: Extent): string | undefined {
  if (doneMs === undefined) return undefined;
  return warning === undefined || plannedMs === undefined
    ? showTime(doneMs)
    : `${showTime(doneMs)} of ${showTime(plannedMs)} planned`;
}

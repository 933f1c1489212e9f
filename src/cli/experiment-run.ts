import { fault } from "../core/fault.js";
import { memoryLimit } from "../core/limits.js";
import { checkMemory, plan } from "../engine/plan.js";
import type { RunRecord } from "../experiment/provenance.js";
import { recordRun, resumeRun, type RecordOptions } from "../experiment/record.js";
import type { Resolved } from "../experiment/resolve.js";
import { checkFolder } from "../experiment/result-folder.js";
import { joinPath } from "../storage/disk.js";
import { shownPath } from "../storage/failure.js";
import type { Io } from "./io.js";
import { progressLine } from "./progress.js";
import { writeReport } from "../report/write-report.js";

export interface RunChoices {
  readonly out: string;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly report: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly checkpoints?: Checkpoints;
}

export type Checkpoints = Pick<RecordOptions, "checkpointEveryMs" | "keepCheckpoint">;

/** Plans, runs, records and reports; returns the exit status. */
export async function runAndTell(io: Io, resolved: Resolved, choices: RunChoices): Promise<number> {
  const { out, dryRun, force, json, quiet } = choices;
  if (dryRun) {
    const forecast = plan(resolved.setup);
    const { text, ...numbers } = forecast;
    io.print(json ? JSON.stringify({ plan: numbers, deviations: resolved.deviations }) : text());
    checkMemory(forecast, memoryLimit());
    return 0;
  }
  await checkFolder(io.disk, out, force);
  if (!quiet) for (const { about } of resolved.deviations) io.warn(`note: ${about}\n`);
  return recordAndTell(io, out, choices, (options) =>
    recordRun(io.disk, out, resolved, { ...options, ...choices.checkpoints, force }),
  );
}

/** Finishes the run of a result folder; returns the exit status. */
export const resumeAndTell = (
  io: Io,
  out: string,
  choices: Pick<RunChoices, "report" | "json" | "quiet" | "checkpoints">,
): Promise<number> =>
  recordAndTell(io, out, choices, (options) => resumeRun(io.disk, out, { ...options, ...choices.checkpoints }));

async function recordAndTell(
  io: Io,
  out: string,
  { report, json, quiet }: Pick<RunChoices, "report" | "json" | "quiet">,
  run: (options: RecordOptions) => Promise<RunRecord>,
): Promise<number> {
  const { signal, done } = io.interruption();
  const progress = progressLine(io, quiet);
  let record: RunRecord;
  try {
    const tuning = await io.tuning?.();
    record = await run({ signal, onProgress: progress.show, ...(tuning ? { tuning } : {}) });
  } finally {
    done();
    progress.clear();
  }
  const reportPath = report ? await writeReport(io.disk, out, joinPath(out, "report.html")) : undefined;
  tell(io, record, out, reportPath, json);
  if (record.status !== "interrupted") return 0;
  const bySchedule = signal.reason === "SIGTERM" || signal.reason === "SIGUSR1";
  throw fault(
    "INTERRUPTED",
    `stopped after ${record.steps_done} of ${record.setup.transient_steps + record.setup.steps} steps; what was done is readable`,
    {
      where: shownPath(out),
      next: `laennec resume ${shownPath(out)}`,
      data: bySchedule ? { signal: signal.reason, resumable: true } : undefined,
    },
  );
}

function tell(io: Io, record: RunRecord, out: string, report: string | undefined, json: boolean): void {
  const { status, monitors, setup, connectome, backend, precision } = record;
  if (json) {
    const recordings = monitors.map(({ name, path }) => ({ name, path: joinPath(out, path) }));
    return io.print(
      JSON.stringify({
        status,
        result: out,
        report,
        recordings,
        backend: backend.ran,
        precision,
        program_hash: record.program_hash,
        statistics: record.statistics,
      }),
    );
  }
  const model = (setup.model as { readonly id: string }).id;
  io.print(
    [
      `${model} on ${connectome.regions} regions of ${connectome.source}: ${setup.steps} steps of ${setup.dt_ms} ms (${backend.ran}, ${precision})`,
      ...monitors.map(({ name, path, variables }) => `  ${name}  ${variables.join(", ")}  ->  ${joinPath(out, path)}`),
      `  provenance  ->  ${joinPath(out, "run.json")}`,
      ...(report === undefined ? [] : [`  report  ->  ${report}`]),
    ].join("\n"),
  );
}

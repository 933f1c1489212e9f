import {
  checkConnectome,
  defaultConnectome,
  inspectConnectome,
  normalise,
  readConnectome,
  syntheticConnectome,
} from "./connectome/index.js";
import type { ReadConnectomeOptions } from "./connectome/index.js";
import type { Connectome } from "./core/connectome.js";
import { loadExperiment } from "./experiment/load.js";
import { recordRun, type RecordOptions } from "./experiment/record.js";
import type { RunRecord } from "./experiment/provenance.js";
import { readResult, type StoredResult } from "./experiment/read-result.js";
import { resolveExperiment } from "./experiment/resolve.js";
import type { Experiment } from "./experiment/types.js";
import { joinPath, nodeDisk } from "./storage/disk.js";

/** Connectomes: the embedded one, files, generated ones, and what one does to them. */
export const connectome = {
  /** The embedded group average of 94 regions; data/default-connectome/README.md says what it is and is not. */
  default: defaultConnectome,
  /** Reads a TVB zip, a folder, or a table of weights beside one of lengths. @throws Fault FILE or DATA */
  read: (path: string, options?: ReadConnectomeOptions): Promise<Connectome> =>
    readConnectome(nodeDisk(), path, options),
  /** Two hemispheres of regions linked by distance, from a seed. */
  synthetic: syntheticConnectome,
  /** Makes a checked connectome of raw values. @throws Fault DATA */
  of: checkConnectome,
  /** "tract": divide by the largest weight; "region": by the largest sum of a row, as TVB. */
  normalise,
  /** Counts, ranges and oddities. */
  inspect: inspectConnectome,
};

/**
 * Simulates an experiment (an object, or the path of a file) into a result folder: run.json and one Zarr group per
 * monitor, written while it runs.
 * @throws Faults of `simulate`, and OUTPUT
 */
export async function record(
  experiment: Experiment | string,
  folder: string,
  options: RecordOptions = {},
): Promise<RunRecord> {
  const disk = nodeDisk();
  const resolved =
    typeof experiment === "string" ? await loadExperiment(disk, experiment) : await resolveExperiment(experiment);
  return recordRun(disk, folder, resolved, options);
}

/** Reads a result folder whole. @throws Fault FILE or DATA */
export const open = (folder: string): Promise<StoredResult> => readResult(nodeDisk(), folder);

/** Writes report.html into a result folder and returns its path. @throws Fault FILE, DATA or OUTPUT */
export async function report(folder: string): Promise<string> {
  // Drawing needs large parts that a simulation does not.
  const { writeReport } = await import("./report/write-report.js");
  return writeReport(nodeDisk(), folder, joinPath(folder, "report.html"));
}

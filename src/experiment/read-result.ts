import type { Connectome } from "../core/connectome.js";
import { fault } from "../core/fault.js";
import { toFloat64, type NdArray } from "../core/ndarray.js";
import { checkConnectome } from "../connectome/check.js";
import type { Recording } from "../engine/setup.js";
import { joinPath, type Disk } from "../storage/disk.js";
import { shownPath } from "../storage/failure.js";
import { decodeText } from "../storage/table.js";
import { readZarr, type ZarrContents } from "../storage/zarr-read.js";
import { parseText } from "./parse.js";
import { resultFormat, type MonitorRecord, type RunRecord } from "./provenance.js";

/** A result folder, read whole. */
export interface StoredResult {
  readonly record: RunRecord;
  readonly connectome: Connectome;
  readonly recordings: readonly Recording[];
}

/** @throws Fault FILE when there is no run.json; DATA when it is not one of ours */
export async function readRunRecord(disk: Disk, folder: string): Promise<RunRecord> {
  if ((await disk.kind(joinPath(folder, "run.json"))) !== "file")
    throw fault("FILE", "there is no result", {
      where: shownPath(folder),
      why: "it holds no run.json",
      next: "give the folder that laennec simulate wrote",
    });
  const bytes = await disk.read(joinPath(folder, "run.json"), { maxBytes: 2 ** 28 });
  // A list per region in each parameter may pass the limits of files that people write: JSON.parse has none.
  const record = parseJson(decodeText(bytes, "run.json")) as Partial<RunRecord> | null;
  if (record?.format !== "laennec-result" || !Array.isArray(record.monitors))
    throw fault("DATA", "run.json is not the record of a run", { where: joinPath(shownPath(folder), "run.json") });
  if (record.format_version !== resultFormat)
    throw fault("DATA", `the result has layout ${String(record.format_version)}; this version reads ${resultFormat}`, {
      where: shownPath(folder),
    });
  return record as RunRecord;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // For the line and column.
    return parseText(text.slice(0, 900_000), "run.json").value;
  }
}

/** @throws Fault FILE or DATA */
export async function readResult(disk: Disk, folder: string): Promise<StoredResult> {
  const record = await readRunRecord(disk, folder);
  const recordings: Recording[] = [];
  for (const monitor of record.monitors) {
    if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*\.zarr$/.test(monitor.path))
      throw fault("DATA", "run.json names a folder outside the result", {
        where: joinPath(shownPath(folder), "run.json"),
      });
    recordings.push(recordingOf(monitor, await readZarr(disk, joinPath(folder, monitor.path))));
  }
  return { record, connectome: connectomeOf(await readZarr(disk, joinPath(folder, "connectome.zarr"))), recordings };
}

function recordingOf(
  { name, monitor, period_ms, variables, units, path }: MonitorRecord,
  { arrays, strings }: ZarrContents,
): Recording {
  const need = (array: string): NdArray<Float32Array | Float64Array> => {
    const found = arrays.get(array);
    if (!found) throw fault("DATA", `${path} has no ${array}`, { where: path });
    return found.data;
  };
  const [data, time] = [need("data"), toFloat64(need("time"))];
  const regions = strings.get("region") ?? [];
  if (
    data.shape.length !== 3 ||
    data.shape[0] !== time.length ||
    data.shape[1] !== variables.length ||
    data.shape[2] !== regions.length
  )
    throw fault("DATA", `${path} and run.json disagree about the recording's shape`, {
      where: path,
      why: `data has shape [${data.shape.join(", ")}]`,
    });
  const windows = arrays.has("window_start") && arrays.has("window_end");
  return {
    name,
    monitor,
    periodMs: period_ms,
    variables,
    units,
    regions,
    time,
    window: windows ? { start: toFloat64(need("window_start")), end: toFloat64(need("window_end")) } : undefined,
    data,
  };
}

function connectomeOf({ arrays, strings, attributes }: ZarrContents): Connectome {
  const values = (name: string) => {
    const found = arrays.get(name);
    return found && toFloat64(found.data);
  };
  return checkConnectome({
    labels: strings.get("region"),
    weights: values("weights") ?? [],
    tractLengths: values("tract_lengths") ?? [],
    centres: values("centres"),
    orientations: values("orientations"),
    areas: values("areas"),
    hemispheres: values("hemispheres"),
    cortical: values("cortical"),
    source: String(attributes["source"] ?? "connectome.zarr"),
  });
}

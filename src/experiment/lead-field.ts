import { suggest } from "../core/fault.js";
import { toFloat64 } from "../core/ndarray.js";
import type { SensorSetup } from "../engine/setup.js";
import type { Monitor } from "../ir/declare.js";
import { readNpy } from "../storage/npy.js";
import { decodeText, readTable, splitRows } from "../storage/table.js";
import { faultAt, type Resolving } from "./context.js";
import type { ReadInput } from "./initial.js";
import type { Path } from "./parse.js";
import type { LeadFieldSpec, MonitorSpec } from "./types.js";

export interface LeadFieldContext extends Resolving {
  readonly compatTvb: boolean;
  readonly readInput: ReadInput;
}

/** A gain as read: [sensor][column], with what names its rows and columns. */
interface Gain {
  readonly file: string;
  readonly values: Float64Array;
  readonly columns: number;
  readonly sensors: readonly string[] | undefined;
  readonly regions: readonly string[] | undefined;
}

/**
 * What sensors see of the regions, with the reference taken off. Sensors and regions are matched by name; a file without
 * names is taken only when the experiment gives them.
 * @throws Fault EXPERIMENT, DATA, MISMATCH, FILE
 */
export async function resolveSensors(
  monitor: Monitor,
  { lead_field: given, reference, noise = 0 }: MonitorSpec,
  path: Path,
  context: LeadFieldContext,
): Promise<SensorSetup | undefined> {
  const { locate } = context;
  if (monitor.space !== "sensors") {
    const stray = (["lead_field", "reference", "noise"] as const).find(
      (key, k) => [given, reference, noise || undefined][k] !== undefined,
    );
    if (stray)
      faultAt(locate, [...path, stray], "MISMATCH", `the monitor ${monitor.id} has no sensors`, {
        next: "eeg, meg or seeg",
      });
    return undefined;
  }
  if (given === undefined)
    return faultAt(locate, path, "EXPERIMENT", `${monitor.id} needs a lead field`, {
      next: "lead_field: a CSV file with a row of region labels and a sensor's name before each row",
    });
  const at = [...path, "lead_field"];
  const spec: LeadFieldSpec = typeof given === "string" ? { gain: given } : given;
  const gain = await readGain(spec, at, context);
  const sensors = sensorNames(spec, gain, at, context);
  const byRegion = spec.region_mapping ? await mapped(spec, gain, at, context) : matched(spec, gain, at, context);
  const finite = finiteRows(byRegion, sensors, at, context);
  return {
    names: sensors,
    gain: referenced(finite, sensors, reference, [...path, "reference"], monitor, context),
    noise: sensorNoise(noise, sensors, [...path, "noise"], context),
  };
}

async function readGain(spec: LeadFieldSpec, path: Path, { readInput }: LeadFieldContext): Promise<Gain> {
  if (typeof spec.gain !== "string") {
    const [, columns = 1] = spec.gain.shape;
    return { file: "gain", values: toFloat64(spec.gain), columns, sensors: undefined, regions: undefined };
  }
  const { bytes, name } = await readInput(spec.gain, "lead field");
  if (/\.npy$/i.test(spec.gain)) {
    const array = readNpy(bytes, name);
    return {
      file: name,
      values: toFloat64(array),
      columns: array.shape[1] ?? 1,
      sensors: undefined,
      regions: undefined,
    };
  }
  const table = readTable(decodeText(bytes, name), name);
  return {
    file: name,
    values: table.values,
    columns: table.columns,
    sensors: table.rowNames,
    regions: table.columnNames,
  };
}

function sensorNames(spec: LeadFieldSpec, gain: Gain, path: Path, { locate }: Resolving): readonly string[] {
  const rows = gain.columns === 0 ? 0 : gain.values.length / gain.columns;
  agree(gain.file, "sensors", spec.sensors, gain.sensors, [...path, "sensors"], locate);
  const names = spec.sensors ?? gain.sensors;
  if (!names)
    return faultAt(locate, path, "EXPERIMENT", `${gain.file} does not name its ${rows} sensors`, {
      next: "lead_field: {gain: FILE, sensors: [Fp1, Fp2, …]}, or a CSV file with names",
    });
  if (names.length !== rows) faultAt(locate, path, "DATA", `${gain.file} has ${rows} rows for ${names.length} sensors`);
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice !== undefined) faultAt(locate, path, "DATA", `two sensors are called "${twice}"`);
  return names;
}

/** @throws Fault MISMATCH where the experiment and the file give different names, or one order each */
function agree(
  file: string,
  what: "sensors" | "regions",
  given: readonly string[] | undefined,
  own: readonly string[] | undefined,
  path: Path,
  locate: Resolving["locate"],
): void {
  const k = given && own ? given.findIndex((name, k) => name !== own[k]) : -1;
  if (given && own && given.length === own.length && k >= 0)
    faultAt(locate, path, "MISMATCH", `${file} names its ${what} otherwise: "${own[k]}" where "${given[k]}" is said`, {
      next: `leave ${what} out: the file's own names are used, whatever their order`,
    });
}

/** Columns brought into the connectome's order by their labels. */
function matched(spec: LeadFieldSpec, gain: Gain, path: Path, context: Resolving): Float64Array {
  const { labels, locate, deviations } = context;
  const { columns, values, file } = gain;
  const told = spec.regions === "in order" ? labels : spec.regions;
  agree(file, "regions", told, gain.regions, [...path, "regions"], locate);
  const named = told ?? gain.regions;
  if (!named)
    return faultAt(locate, path, "EXPERIMENT", `${file} does not name the regions of its ${columns} columns`, {
      why: "a wrong order gives signals that look right",
      next: 'give regions: [LABEL, …], or regions: "in order" if the columns are in the connectome\'s order',
    });
  if (named.length !== columns)
    faultAt(locate, path, "DATA", `${file} has ${columns} columns for ${named.length} regions`, {
      next: "one column per region; a gain per vertex needs region_mapping",
      data: { columns, regions: labels.length },
    });
  const place = new Map(named.map((label, k) => [label, k]));
  if (place.size !== named.length) faultAt(locate, path, "DATA", `${file} names a region twice`);
  const order = labels.map((label) => {
    const column = place.get(label);
    return (
      column ??
      faultAt(locate, path, "MISMATCH", `${file} has no column for region ${label}`, { next: suggest(label, named) })
    );
  });
  const strangers = named.filter((label) => !labels.includes(label));
  if (strangers.length > 0)
    deviations.push({
      kind: "lead field",
      where: "lead_field",
      about: `columns of ${file} that are no regions of the connectome are left out: ${strangers.slice(0, 5).join(", ")}${strangers.length > 5 ? ", …" : ""}`,
    });
  const rows = values.length / columns;
  const out = new Float64Array(rows * labels.length);
  for (let s = 0; s < rows; s++)
    order.forEach((column, i) => (out[s * labels.length + i] = values[s * columns + column] ?? NaN));
  return out;
}

/** Gains of vertices brought together by region: their mean, or their sum as in TVB. */
async function mapped(spec: LeadFieldSpec, gain: Gain, path: Path, context: LeadFieldContext): Promise<Float64Array> {
  const { labels, locate, compatTvb, deviations } = context;
  const at = [...path, "region_mapping"];
  const { bytes, name } = await context.readInput(spec.region_mapping ?? "", "lead field");
  const of = /\.npy$/i.test(name)
    ? toFloat64(readNpy(bytes, name))
    : Float64Array.from(
        splitRows(decodeText(bytes, name)).flatMap(({ fields }) => fields),
        Number,
      );
  if (of.length !== gain.columns)
    faultAt(locate, at, "DATA", `${name} maps ${of.length} vertices, ${gain.file} has ${gain.columns} columns`);
  const stray = of.findIndex((region) => !(Number.isInteger(region) && region >= 0 && region < labels.length));
  if (stray >= 0)
    faultAt(
      locate,
      at,
      "DATA",
      `vertex ${stray} of ${name} belongs to region ${of[stray]}; the connectome has ${labels.length}`,
    );
  const how = spec.vertices ?? (compatTvb ? "sum" : "mean");
  const sizes = new Float64Array(labels.length);
  of.forEach((region) => (sizes[region] = (sizes[region] ?? 0) + 1));
  const empty = labels.filter((_, i) => sizes[i] === 0);
  if (empty.length > 0)
    deviations.push({
      kind: "lead field",
      where: "lead_field",
      about: `${empty.length} regions have no vertex and are not seen by the sensors: ${empty.slice(0, 5).join(", ")}${empty.length > 5 ? ", …" : ""}`,
    });
  const rows = gain.values.length / gain.columns;
  const out = new Float64Array(rows * labels.length);
  for (let s = 0; s < rows; s++) {
    of.forEach((region, v) => {
      const k = s * labels.length + region;
      out[k] = (out[k] ?? 0) + (gain.values[s * gain.columns + v] ?? NaN);
    });
    if (how === "mean")
      sizes.forEach((size, i) => size > 0 && (out[s * labels.length + i] = (out[s * labels.length + i] ?? 0) / size));
  }
  return out;
}

function finiteRows(
  gain: Float64Array,
  sensors: readonly string[],
  path: Path,
  { labels, locate, compatTvb }: LeadFieldContext,
): Float64Array {
  // TVB takes a gain that is no number as 0.
  if (compatTvb) return gain.map((x) => (Number.isFinite(x) ? x : 0));
  const bad = gain.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0)
    faultAt(
      locate,
      path,
      "DATA",
      `the gain of sensor ${sensors[Math.floor(bad / labels.length)]} for region ${labels[bad % labels.length]} is ${gain[bad]}`,
      {
        next: "leave the sensor out of the file",
      },
    );
  return gain;
}

function referenced(
  gain: Float64Array,
  sensors: readonly string[],
  reference: string | undefined,
  path: Path,
  monitor: Monitor,
  { labels, locate }: Resolving,
): Float64Array {
  if (reference === undefined || reference === "none") return gain;
  if (monitor.id === "meg") faultAt(locate, path, "MISMATCH", "MEG has no reference electrode");
  const at = sensors.indexOf(reference);
  if (reference !== "average" && at < 0)
    faultAt(locate, path, "EXPERIMENT", `there is no sensor "${reference.slice(0, 60)}" to refer to`, {
      next: suggest(reference, ["average", "none", ...sensors]),
    });
  const n = labels.length;
  const taken = Float64Array.from(labels, (_, i) => {
    if (at >= 0) return gain[at * n + i] ?? 0;
    let sum = 0;
    for (let s = 0; s < sensors.length; s++) sum += gain[s * n + i] ?? 0;
    return sum / sensors.length;
  });
  return gain.map((g, k) => g - (taken[k % n] ?? 0));
}

function sensorNoise(
  given: NonNullable<MonitorSpec["noise"]>,
  sensors: readonly string[],
  path: Path,
  { locate }: Resolving,
): Float64Array {
  const byName = typeof given === "number" ? undefined : given;
  const unknown = Object.keys(byName ?? {}).find((name) => name !== "*" && !sensors.includes(name));
  if (unknown !== undefined)
    faultAt(locate, [...path, unknown], "EXPERIMENT", `there is no sensor "${unknown.slice(0, 60)}"`, {
      next: suggest(unknown, sensors),
    });
  const values = Float64Array.from(sensors, (name) =>
    byName ? ((Object.hasOwn(byName, name) ? byName[name] : byName["*"]) ?? 0) : (given as number),
  );
  if (values.some((d) => !(d >= 0 && Number.isFinite(d))))
    faultAt(locate, path, "RANGE", "a standard deviation is at least 0 and finite");
  return values;
}

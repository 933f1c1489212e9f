import { fault, suggest } from "../core/fault.js";
import type { NdArray, NumericArray } from "../core/ndarray.js";

/** One variable of a recording, simulated or measured: what every analysis takes. */
export interface Signals {
  /** Labels, one per series. */
  readonly regions: readonly string[];
  /** One series per region, all of one length, contiguous and finite. */
  readonly series: readonly Float64Array[];
  /** ms between samples. */
  readonly periodMs: number;
}

/** The part of a recording that an analysis needs; the engine's `Recording` has this shape. */
export interface RecordedVariables {
  readonly variables: readonly string[];
  readonly regions: readonly string[];
  readonly periodMs: number;
  /** [time, variable, region] */
  readonly data: NdArray<NumericArray>;
}

/**
 * Numbers of the regions that have a variable: where models differ by region, those without it are NaN in every row.
 * @throws Fault USAGE when there is no such variable
 */
export function regionsWith({ variables, regions, data }: RecordedVariables, variable: string): number[] {
  const at = variables.indexOf(variable);
  if (at < 0)
    throw fault("USAGE", `the recording has no variable "${variable}"`, { next: suggest(variable, variables) });
  const [strideTime = 0, strideVariable = 0, strideRegion = 0] = data.stride;
  const rows = data.shape[0] ?? 0;
  return [...regions.keys()].filter((region) => {
    const start = data.offset + at * strideVariable + region * strideRegion;
    for (let t = 0; t < rows; t++) if (!Number.isNaN(data.data[start + t * strideTime] ?? NaN)) return true;
    return rows === 0;
  });
}

/**
 * Takes one variable out of a recording, region by region, without regions that never have a value of it.
 *
 * @param rows use only the first so many samples (default: all)
 * @throws Fault USAGE when there is no such variable, DATA when a value is not finite (named by region and row)
 */
export function signalsOf(recording: RecordedVariables, variable: string, rows = Infinity): Signals {
  const at = recording.variables.indexOf(variable);
  const present = regionsWith(recording, variable);
  const { data, stride, offset, shape } = recording.data;
  const [strideTime = 0, strideVariable = 0, strideRegion = 0] = stride;
  const samples = Math.min(rows, shape[0] ?? 0);
  const series = present.map((region) => {
    const start = offset + at * strideVariable + region * strideRegion;
    const values = new Float64Array(samples);
    for (let t = 0; t < samples; t++) values[t] = data[start + t * strideTime] ?? NaN;
    return values;
  });
  const regions = present.map((region) => recording.regions[region] ?? "");
  return checkSignals({ regions, series, periodMs: recording.periodMs });
}

/**
 * Returns the signals unchanged when an analysis may use them.
 * @throws Fault DATA for a missing label, unequal lengths, a bad period, or a value that is not finite
 */
export function checkSignals(signals: Signals): Signals {
  const { regions, series, periodMs } = signals;
  if (regions.length !== series.length) throw fault("DATA", `${regions.length} labels for ${series.length} series`);
  if (!(periodMs > 0 && Number.isFinite(periodMs)))
    throw fault("DATA", `a sampling period of ${periodMs} ms is not possible`);
  const samples = series[0]?.length ?? 0;
  series.forEach((values, region) => {
    const where = `region ${region} (${regions[region]})`;
    if (values.length !== samples)
      throw fault("DATA", `${values.length} samples, where the first region has ${samples}`, { where });
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw fault("DATA", `sample ${bad} is ${values[bad]}`, {
        where,
        why: "an analysis of values that are not finite has no meaning",
        next: "use the part of the recording before it",
        data: { region, sample: bad },
      });
  });
  return signals;
}

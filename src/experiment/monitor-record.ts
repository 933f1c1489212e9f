import type { BoldSetup } from "../engine/bold/setup.js";
import type { MonitorSetup, Regional } from "../engine/setup.js";
import { balloonPresets } from "../monitors/balloon/index.js";
import { hrfs } from "../monitors/hrf/index.js";
import { sha256 } from "../storage/checksum.js";
import type { MonitorSpec } from "./types.js";

type Stored = number | readonly number[];
type StoredValues = Readonly<Record<string, Stored>>;

/** How a haemodynamic signal was made, as run.json holds it. Times of responses are in s, all others in ms. */
export type BoldRecord =
  | {
      readonly kind: "convolution";
      /** Id of a response, or "measured". */
      readonly hrf: string;
      readonly values: StoredValues;
      /** A measured response, where it is short and the same for all regions; else the checksum of its values. */
      readonly measured?: { readonly step_ms: number; readonly rows: readonly number[] | string };
      readonly peak?: Stored;
      readonly gain: Stored;
      readonly shift: number;
      readonly length_ms: number;
      readonly stock_ms: number;
      readonly before: "zero" | "drop";
    }
  | {
      readonly kind: "model";
      readonly hrf: string;
      /** Whose constants; parameters may differ from them. */
      readonly preset: string | undefined;
      readonly values: StoredValues;
      readonly scale: Stored;
      readonly baseline: Stored;
      readonly signal: string;
      readonly step_ms: number;
    };

/** What run.json says of a monitor beyond its name, period and variables. */
export interface MonitorDetail {
  readonly sensors?: {
    /** "average", "none" or a sensor's name. */
    readonly reference: string;
    /** Standard deviation of the sensors' own noise, in the unit of the signal. */
    readonly noise: Stored;
    /** Checksum of the gains, [sensor][region], with the reference taken off. */
    readonly gain: string;
  };
  readonly bold?: BoldRecord;
}

const longestResponse = 2000;

export function monitorDetail(setup: MonitorSetup, spec: MonitorSpec | string | undefined): MonitorDetail {
  const { sensors, bold } = setup;
  const reference = typeof spec === "object" ? spec.reference : undefined;
  return {
    ...(sensors
      ? {
          sensors: {
            reference: reference ?? "none",
            noise: sensors.noise.every((one) => one === sensors.noise[0])
              ? (sensors.noise[0] ?? 0)
              : [...sensors.noise],
            gain: hashOf(sensors.gain),
          },
        }
      : {}),
    ...(bold ? { bold: boldRecord(bold) } : {}),
  };
}

function boldRecord(bold: BoldSetup): BoldRecord {
  if (bold.kind === "model") {
    const { model, parameters, drives, scale, baseline, signal, stepMs } = bold;
    const values = Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== drives));
    return {
      kind: "model",
      hrf: model.id,
      preset: presetOf(model.parameters),
      values: storedValues(values),
      scale: stored(scale),
      baseline: stored(baseline),
      signal,
      step_ms: stepMs,
    };
  }
  const { response, lengthMs, stockMs, gain, shift, zeroBefore } = bold;
  const common = { gain: stored(gain), shift, length_ms: lengthMs, stock_ms: stockMs };
  const before = zeroBefore ? "zero" : "drop";
  if (response.kind === "measured") {
    const short = response.columns === 1 && response.values.length <= longestResponse;
    const rows = short ? [...response.values] : hashOf(response.values);
    return {
      kind: "convolution",
      hrf: "measured",
      values: {},
      measured: { step_ms: response.stepMs, rows },
      ...common,
      before,
    };
  }
  return {
    kind: "convolution",
    hrf: Object.values(hrfs).find(({ equation }) => equation === response.text)?.id ?? response.text,
    values: storedValues(response.values),
    ...(response.peak === undefined ? {} : { peak: stored(response.peak) }),
    ...common,
    before,
  };
}

/** The preset whose values are the model's defaults. */
const presetOf = (declared: Readonly<Record<string, { readonly default: number }>>): string | undefined =>
  Object.values(balloonPresets).find(({ values }) =>
    Object.entries(values).every(([name, value]) => declared[name]?.default === value),
  )?.id;

const stored = (value: Regional): Stored => (typeof value === "number" ? value : [...value]);

const storedValues = (values: Readonly<Record<string, Regional>>): StoredValues =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, stored(value)]));

const hashOf = (values: Float64Array): string =>
  `sha256 ${sha256(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))}`;

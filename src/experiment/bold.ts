import { toFloat64 } from "../core/ndarray.js";
import type { BoldSetup, Response } from "../engine/bold/setup.js";
import { sampler } from "../engine/stimulus.js";
import type { Regional } from "../engine/setup.js";
import { schemes } from "../integrators/index.js";
import type { Model, Monitor, ParameterDeclaration } from "../ir/declare.js";
import { balloonWindkessel } from "../models/balloon-windkessel.js";
import { balloonPresets } from "../monitors/balloon/index.js";
import type { BalloonValues } from "../monitors/balloon/declare.js";
import { gammaFunction } from "../monitors/hrf/gamma-function.js";
import { hrfs } from "../monitors/hrf/index.js";
import type { Hrf } from "../monitors/hrf/declare.js";
import { readNpy } from "../storage/npy.js";
import { faultAt, findItem, type Resolving } from "./context.js";
import type { ReadInput } from "./initial.js";
import { regionalValue, resolveParameters } from "./parameters.js";
import type { Path } from "./parse.js";
import { milliseconds, tidy, wholeSteps } from "./time.js";
import type { HrfSpec, MonitorSpec } from "./types.js";

interface BoldContext extends Resolving {
  readonly dtMs: number;
  readonly durationMs: number;
  readonly transientMs: number;
  readonly compatTvb: boolean;
  readonly readInput: ReadInput;
}

type Options = Exclude<HrfSpec, string>;

/** Lengths over which activity is averaged where nothing is said, in ms: of a convolution, and of the balloon model's steps. */
const stockMs = 4;
const haemodynamicMs = 4;

const quirks = {
  shape:
    "BOLD: the response is sampled every 4 ms whatever the windows of activity, its sum has no time between samples, and each window " +
    "comes one late, the newest with the response's end; before the start there was no activity",
  balloon: "BOLD: the first mean of activity drives nothing",
} as const;

/** How a monitor gives BOLD; undefined for other monitors. @throws Fault EXPERIMENT, DATA, RANGE, MISMATCH, UNIT, FILE */
export async function resolveBold(
  monitor: Monitor,
  { hrf: given }: MonitorSpec,
  periodMs: number,
  path: Path,
  context: BoldContext,
): Promise<BoldSetup | undefined> {
  const at = [...path, "hrf"];
  if (monitor.id !== "bold") {
    if (given !== undefined)
      faultAt(context.locate, at, "MISMATCH", `the monitor ${monitor.id} has no haemodynamic response`, {
        next: "bold",
      });
    return undefined;
  }
  const options: Options =
    given === undefined || typeof given === "string" ? { id: given ?? "first-order-volterra" } : given;
  if ((options.id === undefined) === (options.values === undefined))
    faultAt(context.locate, at, "EXPERIMENT", "a response is one of ours (id), or a measured one (values)", {
      next: "hrf: {id: gamma}, or hrf: {values: FILE.npy, step: 1 s}",
    });
  const kind = options.values !== undefined ? "measured" : options.id === balloonWindkessel.id ? "balloon" : "shape";
  const known: Record<typeof kind, readonly (keyof Options)[]> = {
    measured: ["values", "step", "stock", "before"],
    shape: ["id", "parameters", "length", "stock", "before"],
    balloon: ["id", "parameters", "preset", "step", "scale", "baseline"],
  };
  const stray = (Object.keys(options) as (keyof Options)[]).find((key) => !known[kind].includes(key));
  if (stray !== undefined)
    faultAt(
      context.locate,
      [...at, stray],
      "MISMATCH",
      `${stray} is no option of ${kind === "measured" ? "a measured response" : options.id}`,
      {
        next: known[kind].slice(1).join(", "),
      },
    );
  if (context.compatTvb && kind !== "measured")
    context.deviations.push({ kind: "compat", where: path.join("."), about: quirks[kind] });
  if (kind === "balloon") return resolveBalloon(options, periodMs, at, context);
  return kind === "measured"
    ? resolveMeasured(options, periodMs, at, context)
    : resolveShape(options, periodMs, at, context);
}

/** What shapes and measured responses share. */
function convolution(
  response: Response,
  lengthMs: number,
  { stock, before }: Options,
  periodMs: number,
  path: Path,
  context: BoldContext,
): Extract<BoldSetup, { kind: "convolution" }> {
  const { compatTvb, dtMs, durationMs, transientMs, locate } = context;
  const zeroBefore = before === undefined ? compatTvb : before === "zero";
  if (!zeroBefore && (durationMs + transientMs) * (1 + 1e-9) < lengthMs)
    faultAt(
      locate,
      path,
      "RANGE",
      `bold would record nothing: the response lasts ${tidy(lengthMs)} ms, the run with its transient ${tidy(durationMs + transientMs)} ms`,
      { next: `a transient of ${tidy(lengthMs)} ms, or before: zero` },
    );
  return {
    kind: "convolution",
    response,
    lengthMs,
    stockMs:
      compatTvb && stock === undefined
        ? Math.max(1, Math.round(stockMs / dtMs)) * dtMs
        : dividing(stock, stockMs, periodMs, [...path, "stock"], context),
    gain: 1,
    shift: 0,
    zeroBefore,
  };
}

function resolveShape(options: Options, periodMs: number, path: Path, context: BoldContext): BoldSetup {
  const { id = "", parameters = {}, length } = options;
  const shape = findItem(
    "haemodynamic response",
    { ...hrfs, [balloonWindkessel.id]: undefined },
    id,
    context.locate,
    path,
  ) as Hrf;
  const own = resolveParameters(`the response ${id}`, shape.parameters, parameters, [...path, "parameters"], context);
  const gammas = Object.entries(shape.gamma ?? {}).map(([name, of]): [string, Regional] => [
    name,
    each(own[of] ?? NaN, gammaFunction),
  ]);
  const peak = shape.peak === undefined ? undefined : own[shape.peak];
  const lengthMs = length === undefined ? 20_000 : milliseconds(length, [...path, "length"], context.locate, true);
  return {
    ...convolution(
      {
        kind: "expression",
        text: shape.equation,
        values: { ...own, ...Object.fromEntries(gammas) },
        ...(peak === undefined ? {} : { peak }),
      },
      lengthMs,
      options,
      periodMs,
      path,
      context,
    ),
    gain: shape.gain === undefined ? 1 : evaluated(shape.gain, own, context.labels.length),
    shift: shape.shift ?? 0,
  };
}

const each = (value: Regional, of: (x: number) => number): Regional =>
  typeof value === "number" ? of(value) : value.map(of);

/** An expression of parameters, by region where one of them is. */
function evaluated(text: string, values: Readonly<Record<string, Regional>>, regions: number): Regional {
  const at = (region: number): number => {
    const one = new Float64Array(1);
    const own = Object.entries(values).map(([name, v]) => [name, typeof v === "number" ? v : (v[region] ?? NaN)]);
    sampler({ kind: "expression", text, values: Object.fromEntries(own) as Record<string, number> })(0, one);
    return one[0] ?? NaN;
  };
  return Object.values(values).every((v) => typeof v === "number")
    ? at(0)
    : Float64Array.from({ length: regions }, (_, i) => at(i));
}

async function resolveMeasured(
  options: Options,
  periodMs: number,
  path: Path,
  context: BoldContext,
): Promise<BoldSetup> {
  const { locate, labels } = context;
  if (options.step === undefined)
    faultAt(locate, path, "EXPERIMENT", "a measured response needs the time between its rows", { next: "step: 1 s" });
  const stepMs = milliseconds(options.step ?? 0, [...path, "step"], locate, true);
  const { name, array } =
    typeof options.values === "string"
      ? await context
          .readInput(options.values, "hrf")
          .then((file) => ({ name: file.name, array: readNpy(file.bytes, file.name) }))
      : { name: "values", array: options.values };
  const at = [...path, "values"];
  const [rows = 0, columns = 1] = array?.shape ?? [];
  if (!array || array.shape.length > 2 || rows < 2 || (columns !== 1 && columns !== labels.length))
    return faultAt(
      locate,
      at,
      "DATA",
      `${name} has shape [${array?.shape.join(", ") ?? ""}], wanted [times] or [times, ${labels.length}], of 2 times at least`,
    );
  const values = toFloat64(array);
  const bad = values.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) faultAt(locate, at, "DATA", `${name} holds ${values[bad]} at row ${Math.floor(bad / columns)}`);
  return convolution(
    { kind: "measured", stepMs, columns, values },
    (rows - 1) * stepMs,
    options,
    periodMs,
    path,
    context,
  );
}

/** Ranges beyond the model's own: what the literature has, with room. */
const balloonParameters = (values: BalloonValues): Record<string, ParameterDeclaration> => ({
  ...balloonWindkessel.parameters,
  ...Object.fromEntries(
    Object.entries({
      epsilon: ["1/s^2", 0, 1000, "efficacy of activity"],
      kappa: ["1/s", 0.05, 10, "decay rate of the vasodilatory signal"],
      gamma: ["1/s^2", 0.05, 10, "rate of the feedback of inflow"],
      tau: ["s", 0.05, 10, "mean transit time of blood"],
      alpha: ["1", 0.05, 1, "stiffness of the veins"],
      rho: ["1", 0.05, 0.95, "oxygen extraction at rest"],
      V0: ["1", 0, 100, "blood volume at rest, as a share or in percent"],
      k1: ["1", 0, 100, "coefficient of deoxyhaemoglobin"],
      k2: ["1", 0, 100, "coefficient of its concentration"],
      k3: ["1", 0, 100, "coefficient of volume"],
    } as const).map(([name, [unit, low, high, about]]) => [
      name,
      { unit, default: values[name as keyof BalloonValues], range: [low, high], about },
    ]),
  ),
});

/** The balloon model of the library, driven by z alone, with its coefficients as parameters. */
const haemodynamics = (values: BalloonValues): Model => ({
  ...balloonWindkessel,
  parameters: { ...balloonParameters(values), c_z: { unit: "1", default: 0, range: [-1, 1], about: "no network" } },
  inputs: {},
  sends: [],
});

function resolveBalloon(options: Options, periodMs: number, path: Path, context: BoldContext): BoldSetup {
  const { locate, compatTvb } = context;
  const preset = options.preset ?? (compatTvb ? "tvb" : "friston-2003");
  const { values } = findItem("haemodynamic preset", balloonPresets, preset, locate, [...path, "preset"]);
  const model = haemodynamics(values);
  const { z, c_z, rate, ...settable } = model.parameters;
  const scheme = schemes["heun"];
  if (!z || !c_z || !rate || !scheme) throw new Error("the balloon model lacks a parameter");
  const own = resolveParameters(model.id, settable, options.parameters ?? {}, [...path, "parameters"], context);
  return {
    kind: "model",
    model,
    scheme,
    parameters: { ...own, z: 0, c_z: 0, rate: rate.default },
    rest: { s: 0, f: 1, v: 1, q: 1 },
    drives: "z",
    scale: regionalValue(options.scale ?? 1, "1", undefined, [...path, "scale"], context),
    baseline: regionalValue(options.baseline ?? 0, "1", undefined, [...path, "baseline"], context),
    signal: "V0 * (k1 * (1 - q) + k2 * (1 - q / v) + k3 * (1 - v))",
    stepMs: dividing(options.step, haemodynamicMs, periodMs, [...path, "step"], context),
    losesFirst: compatTvb,
  };
}

/**
 * A time that is a whole number of steps and divides the period; where none is given, the nearest to the usual one.
 * @throws Fault MISMATCH, naming the nearest
 */
function dividing(
  given: HrfTime,
  usualMs: number,
  periodMs: number,
  path: Path,
  { dtMs, locate }: BoldContext,
): number {
  const period = Math.round(periodMs / dtMs);
  const wanted = given === undefined ? usualMs : milliseconds(given, path, locate, true);
  const steps = given === undefined ? 0 : wholeSteps(wanted, dtMs, path, locate);
  if (steps > 0 && period % steps === 0) return steps * dtMs;
  const nearest = nearestDivisor(period, wanted / dtMs);
  if (given === undefined) return nearest * dtMs;
  return faultAt(
    locate,
    path,
    "MISMATCH",
    `${path.at(-1)} = ${tidy(wanted)} ms does not divide the period of ${tidy(periodMs)} ms into whole parts`,
    { next: `nearest: ${tidy(nearest * dtMs)} ms` },
  );
}

type HrfTime = Options["stock"];

function nearestDivisor(of: number, to: number): number {
  let best = 1;
  for (let d = 1; d * d <= of; d++)
    if (of % d === 0) for (const one of [d, of / d]) if (Math.abs(one - to) < Math.abs(best - to)) best = one;
  return best;
}

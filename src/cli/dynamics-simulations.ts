import { fault } from "../core/fault.js";
import { paceOf, ratesOf } from "../dynamics/attractors.js";
import type { FixedPointSearch } from "../dynamics/fixed-points.js";
import { lyapunovSpectrum } from "../dynamics/lyapunov.js";
import { checkParameter, startsOf, type Mass } from "../dynamics/mass.js";
import { largestLyapunovExponent } from "../dynamics/network-lyapunov.js";
import { copiesOf } from "../dynamics/runs.js";
import { scanUpAndDown, type Scan } from "../dynamics/scan.js";
import type { Setup } from "../engine/setup.js";
import { loadExperiment } from "../experiment/load.js";
import { variableUnit } from "../experiment/units.js";
import { labelOf } from "../report/phase-plane-picture.js";
import { drawScan } from "../report/scan-picture.js";
import { endsOf, type DynamicsChoices, type Findings } from "./dynamics-choices.js";
import type { Subject } from "./dynamics-model.js";
import { columns, digits } from "./dynamics-tables.js";
import type { Io } from "./io.js";
import { progressLine } from "./progress.js";

/** Step and durations: the asked ones, or from the eigenvalues. @throws Fault MISMATCH, USAGE */
function pace(mass: Mass, { dtMs, timeMs }: DynamicsChoices, search: () => FixedPointSearch) {
  for (const [name, value] of [
    ["dt", dtMs],
    ["time", timeMs],
  ] as const)
    if (value !== undefined && !(value > 0 && Number.isFinite(value)))
      throw fault("USAGE", `--${name} must be a number of ms above 0`, { where: "laennec dynamics" });
  if (dtMs !== undefined && timeMs !== undefined) return { dtMs, transientMs: timeMs / 2, recordMs: timeMs };
  const found = paceOf(mass, ratesOf(search().points));
  const recordMs = timeMs ?? found.recordMs;
  return { dtMs: dtMs ?? found.dtMs, transientMs: timeMs === undefined ? found.transientMs : timeMs / 2, recordMs };
}

/** --lyapunov: the spectrum of a mass, or the largest exponent of an experiment's network. */
export async function exponents(
  io: Io,
  { mass: alone, experiment }: Subject,
  choices: DynamicsChoices,
  search: () => FixedPointSearch,
  { lines, json }: Findings,
): Promise<void> {
  if (experiment) {
    const progress = progressLine(io, choices.quiet);
    const found = await largestLyapunovExponent(experiment.setup, progress.show).finally(progress.clear);
    json["lyapunov"] = found;
    lines.push(
      "",
      `largest Lyapunov exponent of the network: ${digits(found.largest)} ± ${digits(found.error)} per ms (${digits(1000 * found.largest)} per s)`,
      `  from ${found.timeMs} ms in ${found.pieces} pieces; both trajectories have the same noise`,
    );
    return;
  }
  const mass = alone();
  const { dtMs, transientMs, recordMs } = pace(mass, choices, search);
  const timeMs = choices.timeMs ?? 5 * recordMs;
  const found = lyapunovSpectrum(mass, { dtMs, transientMs, timeMs });
  json["lyapunov"] = found;
  lines.push(
    "",
    `Lyapunov exponents, ${mass.model.time === "ms" ? "per ms" : "per unit of time"}, from ${digits(timeMs)} in steps of ${digits(dtMs)}`,
    ...columns(found.exponents.map((value, k) => [digits(value), "±", digits(found.errors[k] ?? NaN)])),
    `  Kaplan-Yorke dimension ${digits(found.dimension)}`,
  );
}

/** --scan: a parameter of a mass, or any number of an experiment, up and down. */
export async function scan(
  io: Io,
  { mass, model, experiment }: Subject,
  choices: DynamicsChoices,
  name: string,
  search: () => FixedPointSearch,
  { files, lines, json }: Findings,
): Promise<void> {
  const ends = endsOf("scan", choices);
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  const count = choices.steps ?? 41;
  const values = Array.from({ length: count }, (_, k) => from + ((to - from) * k) / (count - 1));
  const observe = choices.observe ?? model.observe[0] ?? Object.keys(model.state)[0] ?? "";
  const progress = progressLine(io, choices.quiet);
  const setupAt = experiment
    ? ofExperiment(io, experiment.file, choices, name)
    : ofMass(mass(), choices, name, observe, search);
  const found = await scanUpAndDown({ values, observe, setupAt, onProgress: progress.show }).finally(progress.clear);
  const file = `scan-${name.replaceAll(/[^\w.-]+/g, "-")}`;
  const unit = variableUnit(observe, model);
  const parameterUnit = experiment ? undefined : { ...model.parameters, ...model.inputs }[name]?.unit;
  files.set(
    `${file}.svg`,
    drawScan(found, {
      title: `${model.id}: ${observe} while ${name} rises and falls`,
      parameter: labelOf(name, parameterUnit),
      observed: labelOf(observe, unit),
    }),
  );
  files.set(`${file}.csv`, scanCsv(name, found));
  lines.push(
    "",
    `${model.id}: ${observe} while ${name} goes from ${digits(from)} to ${digits(to)} and back, ${count} values each way`,
    found.hysteresis === undefined
      ? "  no hysteresis: both ways agree within a twentieth of the range"
      : `  hysteresis from ${digits(found.hysteresis[0])} to ${digits(found.hysteresis[1])}`,
  );
  json["scan"] = { parameter: name, observe, ...found };
}

function ofMass(
  mass: Mass,
  choices: DynamicsChoices,
  name: string,
  observe: string,
  search: () => FixedPointSearch,
): (value: number) => Setup {
  checkParameter(mass, name, "--scan");
  const { dtMs, transientMs, recordMs } = pace(mass, choices, search);
  const middle = startsOf(mass).map(([low, high]) => (low + high) / 2);
  const start = search().points.find(({ stable }) => stable)?.state ?? middle;
  const steps = (ms: number) => Math.max(1, Math.round(ms / dtMs));
  return (value) => ({
    ...copiesOf(mass, { [name]: value }, [start], { dtMs, observe: [observe] }),
    transientSteps: steps(transientMs),
    steps: steps(recordMs),
  });
}

function ofExperiment(
  io: Io,
  file: string,
  { sets, force }: DynamicsChoices,
  path: string,
): (value: number) => Promise<Setup> {
  return async (value) => {
    const { setup } = await loadExperiment(io.disk, file, { sets: [...sets, `${path}=${value}`], force });
    return setup;
  };
}

function scanCsv(name: string, { up, down }: Scan): string {
  const rows = [...up.map((p) => ["up", p] as const), ...down.map((p) => ["down", p] as const)];
  return `${["way", name, "mean", "least", "most"].join(",")}\n${rows
    .map(([way, { value, mean, least, most }]) => [way, value, mean, least, most].join(","))
    .join("\n")}\n`;
}

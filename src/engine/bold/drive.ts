import { fault, type Fault } from "../../core/fault.js";
import type { BlowUp } from "../../kernels/kernel.js";
import { mixing } from "../mixing.js";
import { periodSteps, spaceLabels, type Observer } from "../observe.js";
import { isObservedAt } from "../parts.js";
import type { MonitorSetup, Setup } from "../setup.js";
import { compileHaemodynamics, type HaemodynamicModel } from "./haemodynamics.js";
import { rowsOf, waitingRows } from "../rows.js";
import { windows } from "./windows.js";

/**
 * BOLD as the signal of haemodynamics that activity drives, in a kernel of its own that runs behind the network's in blocks of
 * steps.
 * @param observed names of the program's observables, in order
 * @param slot accumulator of the monitor
 * @param recordedFrom absolute step at which the recording begins
 * @throws Fault BACKEND; later BLOWUP
 */
export async function driver(
  setup: Setup,
  spec: MonitorSetup,
  bold: HaemodynamicModel,
  observed: readonly string[],
  slot: number,
  recordedFrom: number,
  backend: string,
): Promise<Observer> {
  const regions = setup.connectome.labels.length;
  const picks = spec.variables.map((text) => observed.indexOf(text));
  const labels = spaceLabels(setup, spec).length;
  const has = spec.variables.map((text) => isObservedAt(setup, text));
  const mixes = has.map((at) => mixing(spec, regions, labels, at));
  const period = periodSteps(setup, spec);
  const size = Math.round(bold.stepMs / setup.dtMs);
  const rows = waitingRows(picks.length * labels, setup.precision === "f32");
  const haemodynamics = await compileHaemodynamics(setup, bold, picks.length, backend);
  let { kernel } = haemodynamics;
  /** Regions without what is recorded rest, and give NaN. */
  const lacking = has.map((at) => Array.from({ length: regions }, (_, i) => i).filter((i) => !at(i)));
  /** The signal after the last step taken; 0 at rest. */
  const signal = new Float64Array(picks.length * regions);
  /** Steps whose activity is written and that were not yet taken. */
  let pending = 0;
  let losesNext = bold.losesFirst;

  const advance = () => {
    if (pending === 0) return;
    const blowUp = kernel.advance(pending);
    if (blowUp) throw blowUpFault(setup, spec, bold, blowUp);
    const { data, offset, stride } = kernel.observed(0);
    const last = offset + (pending - 1) * stride;
    signal.set(data.subarray(last, last + signal.length));
    pending = 0;
  };
  const write = (means: readonly (Float32Array | Float64Array)[]) => {
    for (let j = 0; j < haemodynamics.drives; j++) {
      const { data, offset, stride } = kernel.drive(j);
      picks.forEach((pick, k) => {
        const values = means[pick];
        const place = offset + pending * stride + k * regions;
        if (values) data.set(values.subarray(0, regions), place);
        for (const i of lacking[k] ?? []) data[place + i] = 0;
      });
    }
    pending++;
  };
  const steps = windows({
    slot,
    size,
    period,
    // TVB's windows count from the start of the simulation.
    origin: setup.compatTvb ? -recordedFrom : 0,
    picks,
    observables: observed.length,
    regions,
    onMean: (means) => {
      if (!losesNext) write(means);
      losesNext = false;
      if (pending === kernel.blockSteps) advance();
    },
    // No row waits for pending steps: between rows a checkpoint gives none out.
    onRow: (end) => {
      advance();
      lacking.forEach((lacks, k) => {
        for (const i of lacks) signal[k * regions + i] = NaN;
      });
      rows.add(end, (into, at) => mixes.forEach((mix, k) => mix(signal, k * regions, into, at + k * labels)));
    },
  });
  return {
    ...rowsOf(spec.name, rows, [picks.length, labels], (ends) => ({
      time: Float64Array.from(ends, (end) => (recordedFrom + end) * setup.dtMs),
    })),
    make: ["haemodynamics", bold.model.id, period, size, ...spec.variables].join("\n"),
    needsNextStep: false,
    settles: true,
    look: steps.look,
    hold: (neural) => {
      advance();
      return {
        ...steps.hold(neural),
        losesNext: Float64Array.of(losesNext ? 1 : 0),
        step: Float64Array.of(kernel.step()),
        state: kernel.state(),
      };
    },
    release: async (neural, held) => {
      steps.release(neural, held);
      losesNext = held["losesNext"]?.[0] === 1;
      if (!held["state"]) return;
      kernel.dispose();
      kernel = await haemodynamics.from(held["step"]?.[0] ?? 0, held["state"]);
    },
    dispose: () => kernel.dispose(),
  };
}

function blowUpFault(
  { connectome: { labels } }: Setup,
  spec: MonitorSetup,
  bold: HaemodynamicModel,
  { region, lastGood }: BlowUp,
): Fault {
  const state = Object.keys(bold.model.state).map((name, v) => `${name} = ${(lastGood[v] ?? NaN).toPrecision(4)}`);
  return fault("BLOWUP", `haemodynamics of region ${labels[region % labels.length] ?? region} are not finite`, {
    where: `${spec.name}, last good state ${state.join(", ")}`,
    why: "activity drives the flow of blood too far from its rest",
    next: "a smaller hrf.scale, or a hrf.baseline near the activity's mean",
  });
}

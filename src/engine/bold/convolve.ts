import { mixing } from "../mixing.js";
import { periodSteps, spaceLabels, type Observer } from "../observe.js";
import { isObservedAt } from "../parts.js";
import type { MonitorSetup, Setup } from "../setup.js";
import { rowsOf, waitingRows } from "../rows.js";
import type { BoldSetup } from "./setup.js";
import { convolutionWeights, tvbWeights } from "./weights.js";
import { windows } from "./windows.js";

/**
 * BOLD as the convolution of activity with a response. Holds the activity's means over as many windows as the response
 * is long, however long the run is.
 * @param observed names of the program's observables, in order
 * @param slot accumulator of the monitor
 * @param recordedFrom absolute step at which the recording begins
 */
export function convolver(
  setup: Setup,
  spec: MonitorSetup,
  bold: Extract<BoldSetup, { kind: "convolution" }>,
  observed: readonly string[],
  slot: number,
  recordedFrom: number,
): Observer {
  const regions = setup.connectome.labels.length;
  const picks = spec.variables.map((text) => observed.indexOf(text));
  const labels = spaceLabels(setup, spec).length;
  const mixes = spec.variables.map((text) => mixing(spec, regions, labels, isObservedAt(setup, text)));
  const weights = setup.compatTvb ? tvbWeights(bold, regions) : convolutionWeights(bold, regions, setup.dtMs);
  const period = periodSteps(setup, spec);
  const size = Math.round(bold.stockMs / setup.dtMs);
  const width = picks.length * regions;
  const rows = waitingRows(picks.length * labels, setup.precision === "f32");
  /** Means of the last windows, a ring: [window][pick][region]. */
  const ring = new Float64Array(weights.windows * width);
  /** Windows so far, and the place of the newest. */
  let seen = 0;
  let newest = 0;
  const signal = new Float64Array(width);

  const convolve = () => {
    signal.fill(0);
    const { values, columns } = weights;
    for (let age = 0; age < weights.windows; age++) {
      const row = ((newest - age + weights.windows) % weights.windows) * width;
      for (let k = 0; k < picks.length; k++)
        for (let i = 0; i < regions; i++) {
          const weight = values[columns === 1 ? age : age * columns + i] as number;
          signal[k * regions + i] =
            (signal[k * regions + i] as number) + weight * (ring[row + k * regions + i] as number);
        }
    }
    for (let j = 0; j < width; j++) {
      const gain = typeof bold.gain === "number" ? bold.gain : (bold.gain[j % regions] as number);
      signal[j] = ((signal[j] as number) + bold.shift) * gain;
    }
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
      newest = (newest + 1) % weights.windows;
      seen++;
      picks.forEach((pick, k) => {
        const values = means[pick];
        if (values) ring.set(values.subarray(0, regions), newest * width + k * regions);
      });
    },
    onRow: (end) => {
      if (!bold.zeroBefore && seen < weights.windows) return;
      convolve();
      rows.add(end, (data, offset) => mixes.forEach((mix, k) => mix(signal, k * regions, data, offset + k * labels)));
    },
  });
  return {
    ...rowsOf(spec.name, rows, [picks.length, labels], (ends) => ({
      time: Float64Array.from(ends, (end) => (recordedFrom + end) * setup.dtMs),
    })),
    make: ["bold", period, size, weights.windows, setup.precision, ...spec.variables].join("\n"),
    needsNextStep: false,
    settles: true,
    look: steps.look,
    hold: (kernel) => ({
      ...steps.hold(kernel),
      seen: Float64Array.of(seen),
      // The oldest first.
      means: Float64Array.from({ length: ring.length }, (_, j) => ring[(j + (newest + 1) * width) % ring.length] ?? 0),
    }),
    release: (kernel, held) => {
      steps.release(kernel, held);
      seen = held["seen"]?.[0] ?? 0;
      newest = weights.windows - 1;
      if (held["means"]) ring.set(held["means"]);
    },
  };
}

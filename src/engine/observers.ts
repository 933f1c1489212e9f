import { convolver } from "./bold/convolve.js";
import { driver } from "./bold/drive.js";
import { observer, type Observer } from "./observe.js";
import type { Setup } from "./setup.js";

/**
 * One observer for each monitor of a setup.
 * @param observed names of the program's observables, in order
 * @param recordedFrom absolute step at which the recording begins
 * @param backend what computes haemodynamics: "auto" or an id
 * @throws Fault RANGE, BACKEND
 */
export const observersOf = (
  setup: Setup,
  observed: readonly string[],
  recordedFrom: number,
  backend: string,
): Promise<readonly Observer[]> =>
  Promise.all(
    setup.monitors.map((spec, slot) => {
      const { bold } = spec;
      if (bold?.kind === "model") return driver(setup, spec, bold, observed, slot, recordedFrom, backend);
      if (bold) return convolver(setup, spec, bold, observed, slot, recordedFrom);
      return observer(setup, spec, observed, slot, recordedFrom);
    }),
  );

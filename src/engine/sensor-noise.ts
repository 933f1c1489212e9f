import { gaussian, streams } from "../ir/random/streams.js";
import type { MonitorSetup, Setup } from "./setup.js";

/** Most observables of one monitor whose noise is told apart. */
const mostObservables = 2 ** 16;

/**
 * Adds the sensors' own noise to a row: white, one draw per sensor, observable and row, from a stream of its own, so that it
 * does not depend on how the run is cut. Undefined when there is none.
 * @param slot number of the monitor
 */
export function sensorNoise(
  { seed, run }: Setup,
  { sensors }: MonitorSetup,
  slot: number,
): ((rows: Float32Array | Float64Array, offset: number, observable: number, step: number) => void) | undefined {
  const deviations = sensors?.noise;
  if (!deviations?.some((d) => d > 0)) return undefined;
  return (rows, offset, observable, step) =>
    deviations.forEach((deviation, sensor) => {
      const draw = gaussian(seed, streams.observation, run, sensor, slot * mostObservables + observable, step);
      rows[offset + sensor] = (rows[offset + sensor] ?? 0) + deviation * draw;
    });
}

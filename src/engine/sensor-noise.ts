import { gaussian, streams } from "../ir/random/streams.js";
import type { MonitorSetup, Setup } from "./setup.js";

/** A number for a monitor that depends on its name alone (FNV-1a): other monitors beside it do not change its noise. */
const numberOf = (name: string): number =>
  [...new TextEncoder().encode(name)].reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5);

/**
 * Adds the sensors' own noise to a row: white, one draw per sensor, observable and row, from a stream of its own, so that it
 * does not depend on how the run is cut. Undefined when there is none.
 */
export function sensorNoise(
  { seed, run }: Setup,
  { name, sensors }: MonitorSetup,
): ((rows: Float32Array | Float64Array, offset: number, observable: number, step: number) => void) | undefined {
  const deviations = sensors?.noise;
  if (!deviations?.some((d) => d > 0)) return undefined;
  const monitor = numberOf(name);
  return (rows, offset, observable, step) =>
    deviations.forEach((deviation, sensor) => {
      const draw = gaussian(seed, streams.observation, run, sensor, (monitor + observable) >>> 0, step);
      rows[offset + sensor] = (rows[offset + sensor] ?? 0) + deviation * draw;
    });
}

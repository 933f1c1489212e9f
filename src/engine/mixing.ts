import type { MonitorSetup } from "./setup.js";

/** Writes regions' values to a row: as they are, averaged over groups, or as sensors see them. */
export type Mix = (
  values: Float32Array | Float64Array,
  from: number,
  row: Float32Array | Float64Array,
  offset: number,
) => void;

/** @param has whether a region has what is recorded: means and sensors take only those that do */
export function mixing(
  { monitor, groups, sensors }: MonitorSetup,
  regions: number,
  width: number,
  has: (region: number) => boolean,
): Mix {
  if (monitor.space === "regions")
    return (values, from, row, offset) => row.set(values.subarray(from, from + regions), offset);
  const members = Array.from({ length: regions }, (_, i) => i).filter(has);
  if (monitor.space === "sensors") return seenBySensors(sensors?.gain ?? new Float64Array(0), regions, members, width);
  const groupOf = monitor.space === "groups" && groups ? groups.of : new Uint32Array(regions);
  const sizes = new Float64Array(width);
  for (const i of members) sizes[groupOf[i] ?? 0] = (sizes[groupOf[i] ?? 0] ?? 0) + 1;
  const none = sizes.map((size) => (size > 0 ? 0 : NaN));
  const means = new Float64Array(width);
  return (values, from, row, offset) => {
    means.set(none);
    for (const i of members) {
      const g = groupOf[i] ?? 0;
      if (g < width) means[g] = (means[g] ?? 0) + (values[from + i] as number) / (sizes[g] ?? 1);
    }
    row.set(means, offset);
  };
}

/** @param gain [sensor][region] */
function seenBySensors(gain: Float64Array, regions: number, members: readonly number[], width: number): Mix {
  const seen = new Float64Array(width);
  return (values, from, row, offset) => {
    for (let s = 0; s < width; s++) {
      let sum = 0;
      for (const i of members) sum += (gain[s * regions + i] as number) * (values[from + i] as number);
      seen[s] = sum;
    }
    row.set(seen, offset);
  };
}

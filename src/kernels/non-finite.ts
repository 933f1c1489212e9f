import type { BlowUp } from "./kernel.js";

/** The first non-finite value in region order, then variable order; arrays are [variable][region]. */
export function firstNonFinite(
  state: Float64Array,
  before: Float64Array,
  regions: number,
  step: number,
): BlowUp | undefined {
  const variables = state.length / regions;
  for (let region = 0; region < regions; region++)
    for (let variable = 0; variable < variables; variable++)
      if (!Number.isFinite(state[variable * regions + region]))
        return {
          step,
          region,
          variable,
          lastGood: Array.from({ length: variables }, (_, v) => before[v * regions + region] ?? NaN),
        };
  return undefined;
}

import { simulate } from "../src/index.js";
import type { Experiment } from "../src/experiment/types.js";
import type { Contender } from "./contender.js";

/** This engine as a contender. Timed is the integration with its monitors and guards; compiling is a workload of its own. */
export function ours(name: string, experiment: Experiment, note?: string): Contender {
  return {
    name,
    role: "ours",
    ...(note === undefined ? {} : { note }),
    sample: async () => {
      const { statistics } = await simulate(experiment);
      return { regionSteps: statistics.regionSteps, seconds: statistics.integrationSeconds };
    },
  };
}

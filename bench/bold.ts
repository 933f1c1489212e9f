import { simulate } from "../src/index.js";
import { dense } from "./connectomes.js";
import type { Probe } from "./probe.js";
import { coreSeconds, rwwExperiment, wholeRun } from "./rww.js";

/** Haemodynamics of every region in steps of 4 ms, a sample every repetition time. */
const balloon = [{ id: "bold", period: 720, variables: ["S_e"], hrf: "balloon-windkessel" }] as const;

/** The whole fit-to-fMRI run with its BOLD, in core-seconds. */
export const boldRun: Probe = {
  id: "bold-run",
  title: "15 minutes of reduced Wong-Wang E-I with balloon-windkessel BOLD, 100 regions all linked, dt 0.1 ms, f32",
  unit: "core-seconds",
  atMost: wholeRun.coreSeconds,
  async measure() {
    const part = 0.1;
    const durationMs = wholeRun.minutes * 60_000 * part;
    return coreSeconds(rwwExperiment(dense(wholeRun.regions, 100), durationMs, balloon), part);
  },
};

/** What BOLD costs beside the network. */
export const boldCost: Probe = {
  id: "bold-cost",
  title: "cost of balloon-windkessel BOLD, reduced Wong-Wang E-I, 100 regions all linked, dt 0.1 ms, f32",
  unit: "%",
  atMost: 25,
  async measure() {
    const connectome = dense(wholeRun.regions, 100);
    const seconds = async (monitors: Parameters<typeof rwwExperiment>[2]) =>
      (await simulate(rwwExperiment(connectome, 7200, monitors))).statistics.integrationSeconds;
    const plain = [{ id: "temporal-average", period: 720, variables: ["S_e"] }];
    await seconds(plain);
    await seconds(balloon);
    // The least of several runs: what else the machine does only ever adds.
    let [without, withBold] = [Infinity, Infinity];
    for (let round = 0; round < 7; round++) {
      without = Math.min(without, await seconds(plain));
      withBold = Math.min(withBold, await seconds(balloon));
    }
    return {
      value: 100 * (withBold / without - 1),
      detail: `least of 7 runs of 7.2 s: ${(1000 * withBold).toFixed(0)} ms with, ${(1000 * without).toFixed(0)} ms without`,
    };
  },
};

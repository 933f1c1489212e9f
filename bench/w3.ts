import { synthetic, tvb76 } from "./connectomes.js";
import type { Workload } from "./contender.js";
import { ours } from "./ours.js";
import { peer } from "./peer.js";
import { experiment, gather, milliseconds, peerTask, share, type Definition } from "./workload.js";

/** TVB's tutorial network, at a step fine enough for its fast oscillations. */
export const definition: Definition = {
  model: { id: "generic-2d-oscillator", tvb: "Generic2dOscillator", parameters: {} },
  coupling: { id: "linear", tvb: "Linear", parameters: { a: 0.0154 } },
  dtMs: 1 / 16,
  noise: { V: 0.001, W: 0.001 },
};

export const w3: Workload = {
  id: "w3",
  title: "Generic2dOscillator, 76 regions of tvb-data, delays, stochastic Heun, dt 1/16 ms, mean of each 1 ms",
  floors: [{ ours: "laennec f32", over: "TVB", atLeast: 60 }],
  async race(context) {
    const connectome = tvb76(context.peers) ?? synthetic(76, 750, 76);
    const file = share(connectome, context);
    const run = experiment(definition, connectome, milliseconds(10_000, context));
    return gather([
      ["laennec f32", async () => ours("laennec f32", { ...run, precision: "f32" }, connectome.source)],
      ["TVB", () => peer(context, "tvb", "TVB", peerTask(definition, file, milliseconds(800, context)))],
      ["laennec f64", async () => ours("laennec f64", { ...run, precision: "f64" })],
    ]);
  },
};

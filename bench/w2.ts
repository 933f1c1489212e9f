import { synthetic, tvb76 } from "./connectomes.js";
import type { Workload } from "./contender.js";
import { ours } from "./ours.js";
import { peer } from "./peer.js";
import { experiment, gather, milliseconds, peerTask, share, type Definition } from "./workload.js";

const definition: Definition = {
  model: { id: "jansen-rit", tvb: "JansenRit", parameters: { mu: 0.22 } },
  coupling: { id: "sigmoidal-jansen-rit", tvb: "SigmoidalJansenRit", parameters: { a: 10 } },
  dtMs: 0.5,
  noise: { y0: 0, y1: 0, y2: 0, y3: 1e-6, y4: 0, y5: 0 },
};

export const w2: Workload = {
  id: "w2",
  title: "Jansen-Rit, 76 regions of tvb-data, delays, stochastic Heun, dt 0.5 ms, mean of each 1 ms",
  floors: [{ ours: "laennec f32", over: "TVB", atLeast: 80 }],
  async race(context) {
    const connectome = tvb76(context.peers) ?? synthetic(76, 750, 76);
    const file = share(connectome, context);
    const run = experiment(definition, connectome, milliseconds(300_000, context));
    return gather([
      ["laennec f32", async () => ours("laennec f32", { ...run, precision: "f32" }, connectome.source)],
      ["TVB", () => peer(context, "tvb", "TVB", peerTask(definition, file, milliseconds(3000, context)))],
      ["laennec f64", async () => ours("laennec f64", { ...run, precision: "f64" })],
    ]);
  },
};

import { synthetic } from "./connectomes.js";
import type { Workload } from "./contender.js";
import { limit, limitName } from "./limit.js";
import { ours } from "./ours.js";
import { peer } from "./peer.js";
import { experiment, gather, milliseconds, peerTask, share, speed, type Definition } from "./workload.js";
import { definition as fine } from "./w3.js";

const definition: Definition = {
  ...fine,
  coupling: { id: "linear", tvb: "Linear", parameters: { a: 0.0042 } },
  dtMs: 0.1,
};

/** 3.6 % of the pairs of 998 regions: the size and density of Hagmann's connectome. */
const large = () => synthetic(998, 17_865, 998);

export const w6: Workload = {
  id: "w6",
  title: "Generic2dOscillator, 998 regions (synthetic), delays, stochastic Heun, dt 0.1 ms, mean of each 1 ms",
  floors: [{ ours: "laennec f32", over: "TVB", atLeast: 20 }],
  async race(context) {
    const connectome = large();
    const file = share(connectome, context);
    const run = experiment(definition, connectome, milliseconds(1000, context));
    const { dtMs } = definition;
    const steps = milliseconds(1000, context) / dtMs;
    return gather([
      ["laennec f32", async () => ours("laennec f32", { ...run, precision: "f32" }, connectome.source)],
      ["TVB", () => peer(context, "tvb", "TVB", peerTask(definition, file, milliseconds(60, context)))],
      ["laennec f64", async () => ours("laennec f64", { ...run, precision: "f64" })],
      [
        limitName("f32", "-march=native"),
        async () => ({
          ...(await limit(context, { connectome: file, dtMs, speed, steps, precision: "f32", flags: "-march=native" })),
          note: "Montbrió-Pazó-Roxin on the same network",
        }),
      ],
    ]);
  },
};

import { synthetic, tvb76 } from "./connectomes.js";
import type { Workload } from "./contender.js";
import { limit, limitName } from "./limit.js";
import { ours } from "./ours.js";
import { peer } from "./peer.js";
import { experiment, gather, milliseconds, peerTask, share, speed, type Definition } from "./workload.js";

export const definition: Definition = {
  model: {
    id: "montbrio-pazo-roxin",
    tvb: "MontbrioPazoRoxin",
    parameters: { tau: 1, Delta: 0.7, J: 14.5, eta: -4.6 },
  },
  coupling: { id: "linear", tvb: "Linear", parameters: { a: 0.2 } },
  dtMs: 0.01,
  noise: { r: 0.01, V: 0.02 },
};

export const w1: Workload = {
  id: "w1",
  title: "Montbrió-Pazó-Roxin, 76 regions of tvb-data, delays, stochastic Heun, dt 0.01 ms, mean of each 1 ms",
  floors: [
    { ours: "laennec f32", over: "TVB", atLeast: 200 },
    { ours: "laennec f32", over: "tvbk", atLeast: 40 },
    { ours: "laennec f32", over: limitName("f32", "-march=native", true), atLeast: 0.35 },
    { ours: "laennec f32", over: limitName("f32", "-msse4.1", true), atLeast: 1.2 },
  ],
  async race(context) {
    const connectome = tvb76(context.peers) ?? synthetic(76, 750, 76);
    const file = share(connectome, context);
    const run = experiment(definition, connectome, milliseconds(6000, context));
    const { dtMs } = definition;
    const limits = (["f32", "f64"] as const).flatMap((precision) =>
      (["-march=native", "-msse4.1"] as const).map((flags) => {
        const steps = milliseconds(4000, context) / dtMs;
        return [
          limitName(precision, flags),
          () => limit(context, { connectome: file, dtMs, speed, steps, precision, flags }),
        ] as const;
      }),
    );
    return gather([
      ["laennec f32", async () => ours("laennec f32", { ...run, precision: "f32" }, connectome.source)],
      ["TVB", () => peer(context, "tvb", "TVB", peerTask(definition, file, milliseconds(100, context)))],
      ["tvbk", () => peer(context, "tvbk", "tvbk", peerTask(definition, file, milliseconds(200, context)))],
      ["laennec f64", async () => ours("laennec f64", { ...run, precision: "f64" })],
      [
        "laennec f32, TVB's coupling",
        async () => ours("laennec f32, TVB's coupling", { ...run, precision: "f32", compat: "tvb" }, "compat: tvb"),
      ],
      ...limits,
      ...(["-march=native", "-msse4.1"] as const).map((flags) => {
        const steps = milliseconds(4000, context) / dtMs;
        const task = { connectome: file, dtMs, speed, steps, precision: "f32", flags, asFirstWritten: true } as const;
        return [limitName("f32", flags, true), () => limit(context, task)] as const;
      }),
    ]);
  },
};

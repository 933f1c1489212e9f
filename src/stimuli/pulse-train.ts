import { stimulus } from "../ir/form.js";

export const pulseTrain = stimulus({
  id: "pulse-train",
  about: "Rectangular pulses that come back every period, from an onset on.",
  papers: [],
  uses: ["time"],
  parameters: {
    T: { unit: "x", default: 42, range: [1e-9, 1e12], about: "period" },
    tau: { unit: "x", default: 13, range: [1e-9, 1e12], about: "length of a pulse" },
    amp: { unit: "1", default: 1, range: [-1e12, 1e12], about: "height" },
    onset: { unit: "x", default: 30, range: [-1e12, 1e12], about: "start of the first pulse" },
  },
  equation: "select(x >= onset and x - onset - T * floor((x - onset) / T + 1e-9) < tau * (1 - 1e-9), amp, 0)",
  shortest: ["tau"],
  tvb: { class: "PulseTrain" },
  compat: {
    equation: "select(x > onset and x - onset - T * floor((x - onset) / T) < tau, amp, 0)",
    about: "the first pulse of a train lacks its first moment, as in TVB",
  },
});

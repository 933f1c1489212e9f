import { stimulus } from "../ir/form.js";

export const tms = stimulus({
  id: "tms",
  about:
    "Repetitive magnetic stimulation: single pulses at a rate. A coil pulse lasts under half a millisecond, less than masses resolve: each is a rectangle of the given length whose area counts.",
  papers: [
    {
      cite: "Hallett 2007",
      doi: "10.1016/j.neuron.2007.06.026",
      gives: "magnetic stimulation of the brain, pulses and rates",
    },
  ],
  uses: ["time"],
  parameters: {
    amp: { unit: "1", default: 1, range: [-1e12, 1e12], about: "height of a pulse" },
    onset: { unit: "x", default: 100, range: [-1e12, 1e12], about: "first pulse" },
    rate: { unit: "1/x", default: 0.001, range: [0, 10], about: "pulses per ms: 0.001 is 1 Hz" },
    width: { unit: "x", default: 1, range: [1e-9, 1e12], about: "length of a pulse" },
    pulses: { unit: "1", default: 1, range: [1, 1e9], about: "how many" },
  },
  equation:
    "select(x >= onset and (x - onset) * rate < pulses - 1 + 1e-6 + width * rate and (x - onset) - floor((x - onset) * rate + 1e-9) / max(rate, 1e-300) < width * (1 - 1e-9), amp, 0)",
  shortest: ["width"],
});

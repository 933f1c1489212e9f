import { stimulus } from "../ir/form.js";

export const thetaBurst = stimulus({
  id: "theta-burst",
  about:
    "Theta-burst magnetic stimulation: three pulses at 50 Hz, repeated at 5 Hz; intermittent with trains of 2 s every 10 s, continuous with a train as long as its period.",
  papers: [{ cite: "Huang et al. 2005", doi: "10.1016/j.neuron.2004.12.033", gives: "theta-burst patterns" }],
  uses: ["time"],
  parameters: {
    amp: { unit: "1", default: 1, range: [-1e12, 1e12], about: "height of a pulse" },
    onset: { unit: "x", default: 100, range: [-1e12, 1e12], about: "first pulse" },
    width: { unit: "x", default: 1, range: [1e-9, 1e12], about: "length of a pulse" },
    train: { unit: "x", default: 2000, range: [1e-9, 1e12], about: "length of a train" },
    period: { unit: "x", default: 10000, range: [1e-9, 1e12], about: "from train to train" },
    length: { unit: "x", default: 190000, range: [1e-9, 1e12], about: "of the whole stimulation" },
  },
  equation:
    "select(x >= onset and x < onset + length and (x - onset) - period * floor((x - onset) / period + 1e-9) < train * (1 - 1e-9) and (x - onset) - 200 * floor((x - onset) / 200 + 1e-9) < 40 + width * (1 - 1e-9) and (x - onset) - 20 * floor((x - onset) / 20 + 1e-9) < width * (1 - 1e-9), amp, 0)",
  shortest: ["width"],
});

import { coupling } from "../ir/form.js";

export const preSigmoidalDynamic = coupling({
  id: "pre-sigmoidal-dynamic",
  about:
    "As pre-sigmoidal, with the source's second sent expression as its threshold. TVB (dynamic threshold) sums over " +
    "targets instead of sources, and also feeds each region its own output as second input; the first is an error " +
    "without a compat form here, the second, and the threshold averaged over regions, are not offered.",
  papers: [
    {
      cite: "Hopfield 1984",
      doi: "10.1073/pnas.81.10.3088",
      gives: "graded units that see the sum of squashed outputs",
    },
  ],
  parameters: {
    H: { unit: "1", default: 0.5, range: [-100, 100], about: "height" },
    Q: { unit: "1", default: 1, range: [-100, 100], about: "shift of the output" },
    G: { unit: "1", default: 60, range: [-1000, 1000], about: "gain" },
    P: { unit: "1", default: 1, range: [-100, 100], about: "scale of the source's activity" },
  },
  combines: 2,
  sends: ["H * (Q + tanh(G * (P * x0 - x1)))"],
  receives: "S",
  tvb: { class: "PreSigmoidal", dense: true },
});

import { coupling } from "../ir/form.js";

export const preSigmoidal = coupling({
  id: "pre-sigmoidal",
  about:
    "Each source is squashed by a steep tanh at a fixed threshold before the weighted sum, as between the units of a " +
    "Hopfield network. TVB (static threshold) squashes the target's own delayed state instead of the source's; that " +
    "cannot be written as a sum over sources and has no compat form here.",
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
    theta: { unit: "1", default: 0.5, range: [-100, 100], about: "threshold" },
  },
  combines: 1,
  sends: ["H * (Q + tanh(G * (P * x - theta)))"],
  receives: "S",
  tvb: { class: "PreSigmoidal", dense: true },
});

import { coupling } from "../ir/form.js";

export const sigmoidalJansenRit = coupling({
  id: "sigmoidal-jansen-rit",
  about:
    "The source's pyramidal potential, the difference of its two sent expressions, becomes a firing rate through the " +
    "sigmoid of the Jansen-Rit model; the rates are summed. Feeds the first input only.",
  papers: [
    { cite: "Jansen, Rit 1995", doi: "10.1007/BF00199471", gives: "the sigmoid; coupling of two columns by rates" },
  ],
  parameters: {
    cmin: { unit: "1", default: 0, range: [-1000, 1000], about: "lowest rate, per ms" },
    cmax: { unit: "1", default: 0.005, range: [-1000, 1000], about: "highest rate, per ms" },
    midpoint: { unit: "1", default: 6, range: [-1000, 1000], about: "potential at half the rate, in mV" },
    r: { unit: "1", default: 0.56, range: [0.01, 1000], about: "steepness, per mV" },
    a: { unit: "1", default: 1, range: [0.01, 1000], about: "global coupling strength" },
  },
  combines: 2,
  sends: ["cmin + (cmax - cmin) * logistic(r * (x0 - x1 - midpoint))"],
  receives: "a * S",
  tvb: { class: "SigmoidalJansenRit", dense: true },
});

import { hrf } from "./declare.js";

export const mixtureOfGammas = hrf({
  id: "mixture-of-gammas",
  about: "A gamma density less a share c of a later one: a peak and an undershoot. Its integral is (1 - c) / l.",
  papers: [{ cite: "Glover 1999", doi: "10.1006/nimg.1998.0419", gives: "shapes and their share" }],
  parameters: {
    a_1: { unit: "1", default: 6, range: [1, 30], about: "shape of the peak" },
    a_2: { unit: "1", default: 13, range: [1, 30], about: "shape of the undershoot" },
    l: { unit: "1/s", default: 1, range: [0.05, 20], about: "rate" },
    c: { unit: "1", default: 0.4, range: [0, 10], about: "share of the undershoot" },
  },
  gamma: { gamma_a_1: "a_1", gamma_a_2: "a_2" },
  equation: "(l * t)^(a_1 - 1) * exp(-l * t) / gamma_a_1 - c * (l * t)^(a_2 - 1) * exp(-l * t) / gamma_a_2",
  tvb: { class: "MixtureOfGammas" },
});

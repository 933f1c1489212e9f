import { coupling } from "../ir/form.js";

export const sigmoidal = coupling({
  id: "sigmoidal",
  about:
    "The weighted sum is squashed between cmin and cmax. With the defaults and a = pi / sqrt(3) it is close to the " +
    "default linear coupling around 0.",
  papers: [],
  parameters: {
    cmin: { unit: "1", default: -1, range: [-1000, 1000], about: "lower end" },
    cmax: { unit: "1", default: 1, range: [-1000, 1000], about: "upper end" },
    midpoint: { unit: "1", default: 0, range: [-1000, 1000], about: "middle of the steep part" },
    a: { unit: "1", default: 1, range: [0.01, 1000], about: "steepness" },
    sigma: { unit: "1", default: 230, range: [0.01, 1000], about: "width of the steep part" },
  },
  combines: 1,
  sends: ["x"],
  receives: "cmin + (cmax - cmin) * logistic(a * ((S - midpoint) / sigma))",
  tvb: { class: "Sigmoidal", dense: true },
});

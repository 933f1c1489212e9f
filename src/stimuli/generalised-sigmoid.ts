import { stimulus } from "../ir/form.js";

export const generalisedSigmoid = stimulus({
  id: "generalised-sigmoid",
  about: "Goes from low to high around a midpoint.",
  papers: [],
  uses: ["time", "space"],
  parameters: {
    low: { unit: "1", default: 0, range: [-1e12, 1e12], about: "value long before" },
    high: { unit: "1", default: 1, range: [-1e12, 1e12], about: "value long after" },
    midpoint: { unit: "x", default: 1, range: [-1e12, 1e12], about: "where it is half way" },
    sigma: { unit: "x", default: 0.3, range: [1e-9, 1e12], about: "width of the change" },
  },
  equation: "low + (high - low) * logistic(pi / sqrt(3) * (x - midpoint) / sigma)",
  shortest: ["sigma"],
  tvb: { class: "GeneralizedSigmoid" },
});

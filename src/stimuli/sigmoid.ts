import { stimulus } from "../ir/form.js";

export const sigmoid = stimulus({
  id: "sigmoid",
  about: "Falls from amp to 0 around a radius.",
  papers: [],
  uses: ["time", "space"],
  parameters: {
    amp: { unit: "1", default: 1, range: [-1e12, 1e12], about: "height" },
    radius: { unit: "x", default: 5, range: [-1e12, 1e12], about: "where it is half" },
    sigma: { unit: "x", default: 1, range: [1e-9, 1e12], about: "width of the fall" },
    offset: { unit: "1", default: 0, range: [-1e12, 1e12], about: "added everywhere" },
  },
  equation: "amp * logistic(pi / sqrt(3) * (radius - x) / sigma) + offset",
  shortest: ["sigma"],
  tvb: { class: "Sigmoid" },
});

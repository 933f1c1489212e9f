import { stimulus } from "../ir/form.js";

export const gaussian = stimulus({
  id: "gaussian",
  about: "A bell around a time or a distance.",
  papers: [],
  uses: ["time", "space"],
  parameters: {
    amp: { unit: "1", default: 1, range: [-1e12, 1e12], about: "height" },
    sigma: { unit: "x", default: 1, range: [1e-9, 1e12], about: "width" },
    midpoint: { unit: "x", default: 0, range: [-1e12, 1e12], about: "centre" },
    offset: { unit: "1", default: 0, range: [-1e12, 1e12], about: "added everywhere" },
  },
  equation: "amp * exp(-((x - midpoint)^2) / (2 * sigma^2)) + offset",
  shortest: ["sigma"],
  tvb: { class: "Gaussian" },
});

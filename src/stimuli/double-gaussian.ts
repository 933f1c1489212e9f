import { stimulus } from "../ir/form.js";

export const doubleGaussian = stimulus({
  id: "double-gaussian",
  about: "The difference of two bells; with a narrow first one a Mexican hat.",
  papers: [],
  uses: ["time", "space"],
  parameters: {
    amp_1: { unit: "1", default: 0.5, range: [-1e12, 1e12], about: "height of the first bell" },
    sigma_1: { unit: "x", default: 20, range: [1e-9, 1e12], about: "its width" },
    midpoint_1: { unit: "x", default: 0, range: [-1e12, 1e12], about: "its centre" },
    amp_2: { unit: "1", default: 1, range: [-1e12, 1e12], about: "height of the bell taken away" },
    sigma_2: { unit: "x", default: 10, range: [1e-9, 1e12], about: "its width" },
    midpoint_2: { unit: "x", default: 0, range: [-1e12, 1e12], about: "its centre" },
  },
  equation:
    "amp_1 * exp(-((x - midpoint_1)^2) / (2 * sigma_1^2)) - amp_2 * exp(-((x - midpoint_2)^2) / (2 * sigma_2^2))",
  shortest: ["sigma_1", "sigma_2"],
  tvb: { class: "DoubleGaussian" },
});

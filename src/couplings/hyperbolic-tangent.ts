import { coupling } from "../ir/form.js";

export const hyperbolicTangent = coupling({
  id: "hyperbolic-tangent",
  about: "Each source is squashed by 1 + tanh before the weighted sum; a scales the sum.",
  papers: [],
  parameters: {
    a: { unit: "1", default: 1, range: [-1000, 1000], about: "global coupling strength: half the height of the curve" },
    b: { unit: "1", default: 1, range: [-1, 1], about: "scale of the source's activity" },
    midpoint: { unit: "1", default: 0, range: [-1000, 1000], about: "middle of the steep part" },
    sigma: { unit: "1", default: 1, range: [0.01, 1000], about: "width of the steep part" },
  },
  combines: 1,
  sends: ["1 + tanh((b * x - midpoint) / sigma)"],
  receives: "a * S",
  tvb: { class: "HyperbolicTangent" },
  compat: {
    sends: ["a * (1 + tanh((b * x - midpoint) / sigma))"],
    receives: "S",
    about: "The strength scales each arrival, before the sum is rounded to single precision.",
  },
});

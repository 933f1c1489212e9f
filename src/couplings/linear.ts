import { coupling } from "../ir/form.js";

export const linear = coupling({
  id: "linear",
  about:
    "Weighted sum of what the sources send, scaled by a. The shift b is added once per region and input, also where no " +
    "connection arrives.",
  papers: [],
  parameters: {
    a: { unit: "1", default: 0.00390625, range: [0, 1], about: "global coupling strength" },
    b: { unit: "1", default: 0, range: [-1000, 1000], about: "constant input" },
  },
  combines: 1,
  sends: ["x"],
  receives: "a * S + b",
  tvb: { class: "Linear" },
});

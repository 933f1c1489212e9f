import { stimulus } from "../ir/form.js";

export const linear = stimulus({
  id: "linear",
  about: "A straight line.",
  papers: [],
  uses: ["time", "space"],
  parameters: {
    a: { unit: "1", default: 1, range: [-1e12, 1e12], about: "slope, per ms or mm" },
    b: { unit: "1", default: 0, range: [-1e12, 1e12], about: "value at 0" },
  },
  equation: "a * x + b",
  tvb: { class: "Linear" },
});

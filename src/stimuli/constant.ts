import { stimulus } from "../ir/form.js";

export const constant = stimulus({
  id: "constant",
  about: "The same at all times, or at all distances.",
  papers: [],
  uses: ["time", "space"],
  parameters: {
    amp: { unit: "1", default: 1, range: [-1e12, 1e12], about: "height" },
  },
  equation: "amp",
});

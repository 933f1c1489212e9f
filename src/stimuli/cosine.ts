import { stimulus } from "../ir/form.js";

export const cosine = stimulus({
  id: "cosine",
  about: "A cosine wave, at its height at time 0.",
  papers: [],
  uses: ["time", "space"],
  parameters: {
    amp: { unit: "1", default: 1, range: [-1e12, 1e12], about: "amplitude" },
    frequency: { unit: "1/x", default: 0.01, range: [0, 1e6], about: "cycles per ms (0.01 is 10 Hz) or per mm" },
  },
  equation: "amp * cos(2 * pi * frequency * x)",
  tvb: { class: "Cosine" },
});

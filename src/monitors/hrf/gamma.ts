import { hrf } from "./declare.js";

export const gamma = hrf({
  id: "gamma",
  about: "A gamma function, scaled to a peak of a.",
  papers: [
    {
      cite: "Boynton, Engel, Glover, Heeger 1996",
      doi: "10.1523/JNEUROSCI.16-13-04207.1996",
      gives: "shape and times",
    },
  ],
  parameters: {
    tau: { unit: "s", default: 1.08, range: [0.05, 10], about: "time constant" },
    n: { unit: "1", default: 3, range: [1, 20], about: "phase delay; the peak comes at (n - 1) tau" },
    a: { unit: "1", default: 0.1, range: [0, 1000], about: "height of the peak" },
  },
  equation: "(t / tau)^(n - 1) * exp(-t / tau)",
  peak: "a",
  tvb: { class: "Gamma" },
});

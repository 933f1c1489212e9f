import { hrf } from "./declare.js";

export const doubleExponential = hrf({
  id: "double-exponential",
  about: "The difference of two damped sines, scaled to a peak of a: with an undershoot.",
  papers: [{ cite: "Polonsky, Blake, Braun, Heeger 2000", doi: "10.1038/80676", gives: "shape and constants" }],
  parameters: {
    tau_1: { unit: "s", default: 7.22, range: [0.05, 100], about: "decay of the first sine" },
    tau_2: { unit: "s", default: 7.4, range: [0.05, 100], about: "decay of the second sine" },
    f_1: { unit: "Hz", default: 0.03, range: [0, 10], about: "frequency of the first sine" },
    f_2: { unit: "Hz", default: 0.12, range: [0, 10], about: "frequency of the second sine" },
    amp_1: { unit: "1", default: 0.1, range: [0, 1000], about: "height of the first sine" },
    amp_2: { unit: "1", default: 0.1, range: [0, 1000], about: "height of the second sine" },
    a: { unit: "1", default: 0.1, range: [0, 1000], about: "height of the peak" },
  },
  equation: "amp_1 * exp(-t / tau_1) * sin(2 * pi * f_1 * t) - amp_2 * exp(-t / tau_2) * sin(2 * pi * f_2 * t)",
  peak: "a",
  tvb: { class: "DoubleExponential" },
});

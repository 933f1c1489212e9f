import { coupling } from "../ir/form.js";

export const kuramoto = coupling({
  id: "kuramoto",
  about:
    "Weighted sum of sin(source - target), scaled by a / N with N the number of regions, as Kuramoto has it and TVB " +
    "documents it.",
  papers: [{ cite: "Kuramoto 1975", doi: "10.1007/BFb0013365", gives: "the sine of the phase difference over N" }],
  parameters: { a: { unit: "1", default: 1, range: [0, 1000], about: "global coupling strength" } },
  combines: 1,
  sends: ["sin(x)", "cos(x)"],
  receives: "a / N * (S0 * cos(x) - S1 * sin(x))",
  tvb: { class: "Kuramoto" },
  compat: {
    receives: "a * (S0 * cos(x) - S1 * sin(x))",
    about: "TVB divides by the number of coupling variables, which is 1 for phase models, and not by N.",
  },
});

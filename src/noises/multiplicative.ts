import { noise } from "../ir/form.js";

export const multiplicative = noise({
  id: "multiplicative",
  about:
    "Noise of the amplitude sqrt(2 D) b, with b an expression of the region's state and parameters; without one, the variable " +
    "itself. The scheme says whether that is meant in Itô's or in Stratonovich's sense.",
  papers: [{ cite: "Kloeden, Platen 1992", doi: "10.1007/978-3-662-12616-5", gives: "both senses" }],
  kind: "multiplicative",
  compat: "correlated noise adds twice the variance of white noise of the same D in the long run, as TVB's does",
  tvb: { class: "Multiplicative" },
});

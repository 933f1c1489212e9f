import { noise } from "../ir/form.js";

export const additive = noise({
  id: "additive",
  about:
    "Noise that does not depend on the state, of intensity D: over a time t it adds the variance 2 D t. With a correlation " +
    "time it is exponentially correlated (an Ornstein-Uhlenbeck process of variance D over the correlation time) and adds " +
    "the same variance in the long run.",
  papers: [
    { cite: "Kloeden, Platen 1992", doi: "10.1007/978-3-662-12616-5", gives: "white noise" },
    {
      cite: "Fox, Gatland, Roy, Vemuri 1988",
      doi: "10.1103/PhysRevA.38.5938",
      gives: "correlated noise, step by step",
    },
  ],
  kind: "additive",
  compat: "correlated noise adds twice the variance of white noise of the same D in the long run, as TVB's does",
  tvb: { class: "Additive" },
});

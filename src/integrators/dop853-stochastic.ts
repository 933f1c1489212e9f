import { scheme } from "../ir/form.js";
import { noiseAfter } from "./noise-after.js";
import { dop853 } from "./dop853.js";

export const dop853Stochastic = scheme({
  id: "dop853-stochastic",
  about:
    "Dormand and Prince's scheme of eighth order for the drift, in steps of dt, with the noise added at the end of the step. Its order for noise is that of Euler and Maruyama: worth its cost only where the noise is weak.",
  papers: [{ cite: "Kloeden, Platen 1992", doi: "10.1007/978-3-662-12616-5", gives: "order of the noise" }],
  steps: noiseAfter(dop853.steps),
  order: 8,
  delayOrder: 2,
  noise: {
    calculus: "ito",
    kinds: ["additive", "multiplicative"],
    strongOrder: 1,
    weakOrder: 1,
    multiplicative: { strongOrder: 0.5, weakOrder: 1 },
  },
  tvb: { class: "Dop853Stochastic" },
});

import { scheme } from "../ir/form.js";
import { noiseAfter } from "./noise-after.js";
import { rk4 } from "./rk4.js";

export const rk4Stochastic = scheme({
  id: "rk4-stochastic",
  about:
    "The classical Runge-Kutta scheme for the drift, in steps of dt, with the noise added at the end of the step. Its order for noise is that of Euler and Maruyama: worth its cost only where the noise is weak.",
  papers: [{ cite: "Kloeden, Platen 1992", doi: "10.1007/978-3-662-12616-5", gives: "order of the noise" }],
  steps: noiseAfter(rk4.steps),
  order: 4,
  delayOrder: 2,
  noise: {
    calculus: "ito",
    kinds: ["additive", "multiplicative"],
    strongOrder: 1,
    weakOrder: 1,
    multiplicative: { strongOrder: 0.5, weakOrder: 1 },
  },
});

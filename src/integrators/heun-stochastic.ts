import { scheme } from "../ir/form.js";

export const heunStochastic = scheme({
  id: "heun-stochastic",
  about:
    "Heun's predictor and corrector with the same noise of the step in both, its amplitude taken at the start of the " +
    "step as in TVB. Made for additive noise, where Itô's and Stratonovich's solutions are one; with noise that depends " +
    "on the state this form converges to Itô's, not to the Stratonovich solution that stochastic Heun is known for: " +
    "that is heun-stratonovich.",
  papers: [
    { cite: "Mannella 2002", doi: "10.1142/S0129183102004042", gives: "the scheme" },
    { cite: "Kloeden, Platen 1992", doi: "10.1007/978-3-662-12616-5", gives: "weak order 2 for additive noise" },
  ],
  steps: [
    "k1 = f(x, t)",
    "y = x + dt * k1 + g(x, t) * dW",
    "k2 = f(y, t + dt)",
    "x = x + dt / 2 * (k1 + k2) + g(x, t) * dW",
  ],
  order: 2,
  delayOrder: 2,
  noise: {
    calculus: "ito",
    kinds: ["additive", "multiplicative"],
    strongOrder: 1,
    weakOrder: 2,
    multiplicative: { strongOrder: 0.5, weakOrder: 1 },
  },
  tvb: { class: "HeunStochastic" },
});

import { scheme } from "../ir/form.js";

export const eulerMaruyama = scheme({
  id: "euler-maruyama",
  about:
    "Euler's step plus the noise of the step. Converges to the Itô solution; with noise that depends on the state the " +
    "strong order falls to 1/2.",
  papers: [
    { cite: "Maruyama 1955", doi: "10.1007/BF02846028", gives: "the scheme" },
    { cite: "Kloeden, Platen 1992", doi: "10.1007/978-3-662-12616-5", gives: "strong and weak orders" },
  ],
  steps: ["k1 = f(x, t)", "x = x + dt * k1 + g(x, t) * dW"],
  order: 1,
  delayOrder: 1,
  noise: {
    calculus: "ito",
    kinds: ["additive", "multiplicative"],
    strongOrder: 1,
    weakOrder: 1,
    multiplicative: { strongOrder: 0.5, weakOrder: 1 },
  },
  tvb: { class: "EulerStochastic" },
});

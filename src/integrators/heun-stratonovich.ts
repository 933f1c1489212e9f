import { scheme } from "../ir/form.js";

export const heunStratonovich = scheme({
  id: "heun-stratonovich",
  about:
    "Heun's predictor and corrector with the amplitude of the noise renewed in the corrector too: converges to the Stratonovich solution. Each variable's noise may depend on that variable only.",
  papers: [
    { cite: "Rümelin 1982", doi: "10.1137/0719041", gives: "convergence to the Stratonovich solution" },
    { cite: "Kloeden, Platen 1992", doi: "10.1007/978-3-662-12616-5", gives: "strong and weak orders" },
  ],
  steps: [
    "k1 = f(x, t)",
    "y = x + dt * k1 + g(x, t) * dW",
    "x = x + dt / 2 * (k1 + f(y, t + dt)) + 0.5 * (g(x, t) + g(y, t + dt)) * dW",
  ],
  order: 2,
  delayOrder: 2,
  noise: {
    calculus: "stratonovich",
    kinds: ["additive", "multiplicative"],
    strongOrder: 1,
    weakOrder: 2,
    multiplicative: { strongOrder: 1, weakOrder: 1 },
    diagonal: true,
  },
});

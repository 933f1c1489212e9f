import { scheme } from "../ir/form.js";

export const platen = scheme({
  id: "platen",
  about:
    "Strong order 1 for noise that depends on the state, without derivatives: the slope of the amplitude is taken between the state and a supporting value. Converges to the Itô solution. Each variable's noise may depend on that variable only.",
  papers: [
    {
      cite: "Kloeden, Platen 1992",
      doi: "10.1007/978-3-662-12616-5",
      gives: "the explicit scheme of strong order 1 (section 11.1)",
    },
  ],
  steps: [
    "k1 = f(x, t)",
    "y = x + dt * k1 + g(x, t) * sqrt(dt)",
    "x = x + dt * k1 + g(x, t) * dW + (g(y, t) - g(x, t)) * (dW * dW - dt) / (2 * sqrt(dt))",
  ],
  order: 1,
  delayOrder: 1,
  noise: {
    calculus: "ito",
    kinds: ["additive", "multiplicative"],
    strongOrder: 1,
    weakOrder: 1,
    multiplicative: { strongOrder: 1, weakOrder: 1 },
    diagonal: true,
  },
});

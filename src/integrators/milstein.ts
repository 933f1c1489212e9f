import { scheme } from "../ir/form.js";

export const milstein = scheme({
  id: "milstein",
  about:
    "Euler's step with the correction that gives noise that depends on the state the strong order 1, by the derivative of its amplitude. Converges to the Itô solution. Each variable's noise may depend on that variable only.",
  papers: [
    { cite: "Milstein 1975", doi: "10.1137/1119062", gives: "the scheme" },
    { cite: "Kloeden, Platen 1992", doi: "10.1007/978-3-662-12616-5", gives: "strong and weak orders" },
  ],
  steps: ["x = x + dt * f(x, t) + g(x, t) * dW + 0.5 * g(x, t) * dg(x, t) * (dW * dW - dt)"],
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

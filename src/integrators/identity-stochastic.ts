import { scheme } from "../ir/form.js";

export const identityStochastic = scheme({
  id: "identity-stochastic",
  about:
    "The equations give the next state itself, to which the noise of the step is added: with delays, autoregressive models of several variables. The noise of a step has the variance 2 D dt.",
  papers: [],
  steps: ["x = f(x, t) + g(x, t) * dW"],
  map: true,
  order: 0,
  delayOrder: 0,
  noise: {
    calculus: "ito",
    kinds: ["additive", "multiplicative"],
    strongOrder: 0,
    weakOrder: 0,
    multiplicative: { strongOrder: 0, weakOrder: 0 },
  },
  tvb: { class: "IdentityStochastic" },
});

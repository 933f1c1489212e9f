import { scheme } from "../ir/form.js";

export const heun = scheme({
  id: "heun",
  about: "Predictor and corrector, second order. Both stages fall on the time grid, so delayed inputs keep the order.",
  papers: [
    { cite: "Hairer, Nørsett, Wanner 1993", doi: "10.1007/978-3-540-78862-1", gives: "the scheme and its order" },
  ],
  steps: ["k1 = f(x, t)", "y = x + dt * k1", "k2 = f(y, t + dt)", "x = x + dt / 2 * (k1 + k2)"],
  order: 2,
  delayOrder: 2,
  tvb: { class: "HeunDeterministic" },
});

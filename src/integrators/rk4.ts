import { scheme } from "../ir/form.js";

export const rk4 = scheme({
  id: "rk4",
  about:
    "The classical Runge-Kutta scheme, fourth order. Its middle stages fall between grid points, where delayed inputs " +
    "are interpolated linearly: with delays it is of second order.",
  papers: [
    { cite: "Hairer, Nørsett, Wanner 1993", doi: "10.1007/978-3-540-78862-1", gives: "the scheme and its order" },
  ],
  steps: [
    "k1 = f(x, t)",
    "y2 = x + dt / 2 * k1",
    "k2 = f(y2, t + dt / 2)",
    "y3 = x + dt / 2 * k2",
    "k3 = f(y3, t + dt / 2)",
    "y4 = x + dt * k3",
    "k4 = f(y4, t + dt)",
    "x = x + dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)",
  ],
  order: 4,
  delayOrder: 2,
  tvb: { class: "RungeKutta4thOrderDeterministic" },
});

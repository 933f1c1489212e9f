import { scheme } from "../ir/form.js";

export const theta = scheme({
  id: "theta",
  about:
    "Drift-implicit: the step's drift is (1 - theta) of the slope at its start and theta of that at its end. theta 0.5 is the trapezoidal rule, of second order and A-stable; 1 is Euler's implicit scheme, of first order and L-stable; between them it is of first order and A-stable, below 0.5 of first order and stable for small steps only. Three steps of Newton's method with the region's own Jacobian. With noise its sense is Itô's.",
  papers: [
    { cite: "Higham 2000", doi: "10.1137/S003614299834736X", gives: "the stochastic scheme and its stability" },
    {
      cite: "Kloeden, Platen 1992",
      doi: "10.1007/978-3-662-12616-5",
      gives: "strong and weak orders of implicit schemes",
    },
  ],
  steps: [
    "y0 = x + g(x, t) * dW",
    "b = x + (1 - theta) * dt * f(x, t) + g(x, t) * dW",
    "y1 = y0 - solve(theta * dt, y0, t + dt, y0 - b - theta * dt * f(y0, t + dt))",
    "y2 = y1 - solve(theta * dt, y1, t + dt, y1 - b - theta * dt * f(y1, t + dt))",
    "y3 = y2 - solve(theta * dt, y2, t + dt, y2 - b - theta * dt * f(y2, t + dt))",
    "x = y3",
  ],
  parameters: {
    theta: { default: 0.5, range: [0, 1], about: "share of the slope at the end of the step" },
  },
  order: 2,
  delayOrder: 2,
  noise: {
    calculus: "ito",
    kinds: ["additive", "multiplicative"],
    strongOrder: 1,
    weakOrder: 2,
    multiplicative: { strongOrder: 0.5, weakOrder: 1 },
    optional: true,
  },
});

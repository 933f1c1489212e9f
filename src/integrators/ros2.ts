import { scheme } from "../ir/form.js";

export const ros2 = scheme({
  id: "ros2",
  about:
    "Linearly implicit in the region's own state: each of its two stages solves a linear system with the model's Jacobian, written out. For stiff models: L-stable, and of second order whatever is left out of the Jacobian, such as the network.",
  papers: [
    { cite: "Verwer, Spee, Blom, Hundsdorfer 1999", doi: "10.1137/S1064827597326651", gives: "the scheme, ROS2" },
    { cite: "Hairer, Wanner 1996", doi: "10.1007/978-3-642-05221-7", gives: "L-stability, W-methods" },
  ],
  steps: [
    "k1 = solve(0.2928932188134524 * dt, x, t, f(x, t))",
    "y = x + dt * k1",
    "k2 = solve(0.2928932188134524 * dt, x, t, f(y, t + dt) - 2 * k1)",
    "x = x + dt * (1.5 * k1 + 0.5 * k2)",
  ],
  order: 2,
  delayOrder: 2,
});

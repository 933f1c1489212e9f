import { scheme } from "../ir/form.js";

export const dopri5 = scheme({
  id: "dopri5",
  about:
    "Dormand and Prince's scheme of fifth order with an embedded estimate of the error, from which the parts of a step are chosen. Stages between grid points see delayed inputs interpolated linearly: with delays it is of second order.",
  papers: [
    { cite: "Dormand, Prince 1980", doi: "10.1016/0771-050X(80)90013-3", gives: "the scheme, RK5(4)7M" },
    { cite: "Hairer, Nørsett, Wanner 1993", doi: "10.1007/978-3-540-78862-1", gives: "coefficients (table II.5.2)" },
  ],
  steps: [
    "k1 = f(x, t)",
    "k2 = f(x + dt * (1/5 * k1), t + 1/5 * dt)",
    "k3 = f(x + dt * (3/40 * k1 + 9/40 * k2), t + 3/10 * dt)",
    "k4 = f(x + dt * (44/45 * k1 - 56/15 * k2 + 32/9 * k3), t + 4/5 * dt)",
    "k5 = f(x + dt * (19372/6561 * k1 - 25360/2187 * k2 + 64448/6561 * k3 - 212/729 * k4), t + 8/9 * dt)",
    "k6 = f(x + dt * (9017/3168 * k1 - 355/33 * k2 + 46732/5247 * k3 + 49/176 * k4 - 5103/18656 * k5), t + dt)",
    "y = x + dt * (35/384 * k1 + 500/1113 * k3 + 125/192 * k4 - 2187/6784 * k5 + 11/84 * k6)",
    "k7 = f(y, t + dt)",
    "error = dt * (71/57600 * k1 - 71/16695 * k3 + 71/1920 * k4 - 17253/339200 * k5 + 22/525 * k6 - 1/40 * k7)",
    "x = y",
  ],
  order: 5,
  delayOrder: 2,
  tvb: { class: "Dopri5", also: ["VODE"] },
});

import { model } from "../ir/form.js";

/** Cubic fast nullcline against a quadratic slow one: excitable, oscillating or bistable. */
export const generic2dOscillator = model({
  id: "generic-2d-oscillator",
  about:
    "Two variables, a cubic nullcline for the fast one and a freely chosen parabola for the slow one: FitzHugh- " +
    "Nagumo and many others are special cases, so it is excitable, oscillating or bistable at the user's choice. " +
    "The defaults are excitable with a stable focus; a = 1.05, b = -1, beta = 0.2, d = 0.1, e = 0, f = 1/3, g = 1, " +
    "gamma = -1, tau = 1.25 is a damped focus at 15.7 Hz, after Ghosh et al. 2008.",
  papers: [
    { cite: "FitzHugh 1961", doi: "10.1016/S0006-3495(61)86902-6", gives: "the special case of FitzHugh" },
    { cite: "Sanz-Leon et al. 2015", doi: "10.1016/j.neuroimage.2015.01.002", gives: "the general form used in TVB" },
    { cite: "Ghosh et al. 2008", doi: "10.1371/journal.pcbi.1000196", gives: "a damped setting, driven by noise" },
  ],
  time: "ms",
  state: {
    V: { unit: "1", start: [-2, 4], about: "fast variable, activity" },
    W: { unit: "1", start: [-6, 6], about: "slow variable, recovery" },
  },
  parameters: {
    tau: { unit: "1", default: 1, range: [1, 5], about: "separation of the two time scales" },
    I: { unit: "1", default: 0, range: [-5, 5], about: "shift of the cubic nullcline" },
    a: { unit: "1", default: -2, range: [-5, 5], about: "shift of the slow nullcline" },
    b: { unit: "1", default: -10, range: [-20, 15], about: "linear term of the slow nullcline" },
    c: { unit: "1", default: 0, range: [-10, 10], about: "parabolic term of the slow nullcline" },
    d: { unit: "1/ms", default: 0.02, range: [0.0001, 1], about: "overall rate" },
    e: { unit: "1", default: 3, range: [-5, 5], about: "quadratic term of the cubic nullcline" },
    f: { unit: "1", default: 1, range: [-5, 5], about: "cubic term of the cubic nullcline" },
    g: { unit: "1", default: 0, range: [-5, 5], about: "linear term of the cubic nullcline" },
    alpha: { unit: "1", default: 1, range: [-5, 5], about: "effect of the slow variable on the fast one" },
    beta: { unit: "1", default: 1, range: [-5, 5], about: "decay of the slow variable" },
    gamma: { unit: "1", default: 1, range: [-1, 1], about: "scale and sign of I and of the network input" },
  },
  sends: ["V"],
  inputs: { c_V: { unit: "1", about: "network input" } },
  local: { local_V: { unit: "1", of: "V", about: "input from the neighbourhood, not scaled by gamma, as in TVB" } },
  equations: {
    V: "d * tau * (alpha * W - f * V^3 + e * V^2 + g * V + gamma * I + gamma * c_V + local_V)",
    W: "d * (a + b * V + c * V^2 - beta * W) / tau",
  },
  observe: ["V"],
  tvb: { class: "Generic2dOscillator" },
  claims: [
    {
      kind: "fixed-point",
      with: {},
      at: { V: -0.188651752977, W: -0.113482470229 },
      source: "root found with SciPy on TVB 2.10.0's equations",
    },
    { kind: "stable-fixed-points", with: { a: 2 }, count: 0 },
    { kind: "oscillates", with: { a: 2 }, hertz: [9.15, 9.27], observe: "V" },
    // The setting that TVB calls bistable: a stable node beside an unstable focus.
    { kind: "stable-fixed-points", with: { a: 1, b: 0, c: -5 }, count: 1 },
  ],
});

import { hrf } from "./declare.js";

export const firstOrderVolterra = hrf({
  id: "first-order-volterra",
  about:
    "A damped oscillation: the first Volterra kernel of the balloon model's flow. Its integral is tau_f / 3. The signal is k_1 V_0 " +
    "(x - 1), so that rest lies at -k_1 V_0.",
  papers: [
    { cite: "Friston, Mechelli, Turner, Price 2000", doi: "10.1006/nimg.2000.0630", gives: "kernel and constants" },
  ],
  parameters: {
    tau_s: { unit: "s", default: 0.8, range: [0.05, 10], about: "time in which the signal decays" },
    tau_f: { unit: "s", default: 0.4, range: [0.05, 10], about: "time of the feedback of inflow; below 4 tau_s^2" },
    k_1: { unit: "1", default: 5.6, range: [0, 100], about: "first coefficient of the signal" },
    V_0: { unit: "1", default: 0.02, range: [0, 1], about: "share of blood in the volume at rest" },
  },
  equation:
    "exp(-t / (2 * tau_s)) * sin(sqrt(1 / tau_f - 1 / (4 * tau_s^2)) * t) / (3 * sqrt(1 / tau_f - 1 / (4 * tau_s^2)))",
  gain: "k_1 * V_0",
  shift: -1,
  tvb: { class: "FirstOrderVolterra" },
});

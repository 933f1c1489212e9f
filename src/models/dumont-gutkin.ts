import { model } from "../ir/form.js";

/** Excitatory and inhibitory population of QIF neurons with synaptic dynamics: gamma rhythms. */
export const dumontGutkin = model({
  id: "dumont-gutkin",
  about:
    "Rate and mean potential of an excitatory and an inhibitory population of quadratic integrate-and-fire neurons, " +
    "coupled by four synaptic currents that decay exponentially: gamma rhythms among inhibitory cells alone (ING) or " +
    "between both (PING). The network reaches the excitatory synapses of both populations; Gamma is the strength onto " +
    "inhibitory cells relative to that onto excitatory ones. TVB's defaults leave both populations at rest.",
  papers: [
    {
      cite: "Dumont, Gutkin 2019",
      doi: "10.1371/journal.pcbi.1007019",
      gives: "the equations of both populations and their gamma rhythms",
    },
    { cite: "Montbrió, Pazó, Roxin 2015", doi: "10.1103/PhysRevX.5.021028", gives: "rate and mean potential" },
  ],
  time: "ms",
  state: {
    r_e: { unit: "1/ms", start: [0, 2], atLeast: 0, about: "firing rate, excitatory" },
    V_e: { unit: "1", start: [-2, 1.5], about: "mean membrane potential, excitatory" },
    s_ee: { unit: "1/ms", start: [-1, 1], about: "synaptic current from excitatory to excitatory cells" },
    s_ei: { unit: "1/ms", start: [-1, 1], about: "synaptic current from inhibitory to excitatory cells" },
    r_i: { unit: "1/ms", start: [0, 2], atLeast: 0, about: "firing rate, inhibitory" },
    V_i: { unit: "1", start: [-2, 1.5], about: "mean membrane potential, inhibitory" },
    s_ie: { unit: "1/ms", start: [-1, 1], about: "synaptic current from excitatory to inhibitory cells" },
    s_ii: { unit: "1/ms", start: [-1, 1], about: "synaptic current from inhibitory to inhibitory cells" },
  },
  parameters: {
    I_e: { unit: "1", default: 0, range: [-10, 10], about: "external current, excitatory" },
    Delta_e: { unit: "1", default: 1, range: [0, 10], about: "half-width of excitabilities, excitatory" },
    // TVB ends the ranges at 10.
    eta_e: { unit: "1", default: -5, range: [-10, 20], about: "mean excitability, excitatory" },
    tau_e: { unit: "ms", default: 10, range: [0.001, 30], about: "membrane time constant, excitatory" },
    I_i: { unit: "1", default: 0, range: [-10, 10], about: "external current, inhibitory" },
    Delta_i: { unit: "1", default: 1, range: [0, 10], about: "half-width of excitabilities, inhibitory" },
    eta_i: { unit: "1", default: -5, range: [-10, 20], about: "mean excitability, inhibitory" },
    tau_i: { unit: "ms", default: 10, range: [0.001, 30], about: "membrane time constant, inhibitory" },
    tau_s: { unit: "ms", default: 1, range: [0.001, 15], about: "decay time of synaptic currents" },
    J_ee: { unit: "1", default: 0, range: [-25, 25], about: "weight from excitatory to excitatory cells" },
    J_ei: { unit: "1", default: 10, range: [-25, 25], about: "weight from inhibitory to excitatory cells" },
    J_ie: { unit: "1", default: 0, range: [-25, 25], about: "weight from excitatory to inhibitory cells" },
    J_ii: { unit: "1", default: 15, range: [-25, 25], about: "weight from inhibitory to inhibitory cells" },
    Gamma: { unit: "1", default: 5, range: [0, 10], about: "network input onto inhibitory cells, over excitatory" },
  },
  sends: ["r_e"],
  inputs: { c_r_e: { unit: "1/ms", about: "network input to the excitatory synapses" } },
  equations: {
    r_e: "(Delta_e / (pi * tau_e) + 2 * V_e * r_e) / tau_e",
    V_e: "(V_e^2 + eta_e - (pi * tau_e * r_e)^2 + tau_e * (s_ee - s_ei) + I_e) / tau_e",
    s_ee: "(J_ee * r_e + c_r_e - s_ee) / tau_s",
    s_ei: "(J_ei * r_i - s_ei) / tau_s",
    r_i: "(Delta_i / (pi * tau_i) + 2 * V_i * r_i) / tau_i",
    V_i: "(V_i^2 + eta_i - (pi * tau_i * r_i)^2 + tau_i * (s_ie - s_ii) + I_i) / tau_i",
    s_ie: "(J_ie * r_e + Gamma * c_r_e - s_ie) / tau_s",
    s_ii: "(J_ii * r_i - s_ii) / tau_s",
  },
  observe: ["r_e", "V_e", "s_ee", "s_ei", "r_i", "V_i", "s_ie", "s_ii"],
  tvb: { class: "DumontGutkin" },
  claims: [
    // Strong excitation of inhibitory cells and back: a gamma rhythm between both (PING).
    {
      kind: "oscillates",
      with: { eta_e: 10, eta_i: -5, J_ei: 15, J_ie: 15, J_ii: 0 },
      hertz: [70.5, 70.7],
      observe: "r_e",
    },
    { kind: "stable-fixed-points", with: { eta_e: 10, eta_i: -5, J_ei: 15, J_ie: 15, J_ii: 0 }, count: 0 },
    { kind: "stable-fixed-points", with: {}, count: 1 },
  ],
});

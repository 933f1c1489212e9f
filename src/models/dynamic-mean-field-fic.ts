import { model } from "../ir/form.js";

/** The dynamic mean field with feedback inhibition that balances each region, by plasticity or by a rule. */
export const dynamicMeanFieldFic = model({
  id: "dynamic-mean-field-fic",
  about:
    "Excitatory and inhibitory population with NMDA and GABA synapses whose feedback inhibition J keeps excitatory " +
    "cells of every region near 3 Hz, though the network drives regions unequally. J = J_i + alpha G strength + J_p, " +
    "not below 0. With eta > 0, J_p learns by the homeostatic rule of Vogels et al. taken as a rate equation, dJ/dt = eta rate_i " +
    "(rate_e - target), and stands still at balance. With eta = 0, J_p decays to 0 and J is what is given: J_i by region, as found by a " +
    "search, or by the linear rule of Herzog et al., alpha = 0.75 and strength the sum of a region's incoming weights. " +
    "Rates are in Hz and d in s as in the paper. G scales the network input inside the model, so a " +
    "coupling strength other than 1 scales it a second time.",
  papers: [
    {
      cite: "Deco et al. 2014",
      doi: "10.1523/JNEUROSCI.5068-13.2014",
      gives: "equations, constants, feedback inhibition control at 3 Hz",
    },
    { cite: "Vogels et al. 2011", doi: "10.1126/science.1211095", gives: "inhibitory plasticity" },
    { cite: "Herzog et al. 2024", doi: "10.1162/netn_a_00410", gives: "the linear rule, 0.75 G strength + 1" },
  ],
  time: "ms",
  state: {
    S_e: { unit: "1", start: [0, 1], atLeast: 0, atMost: 1, about: "share of open NMDA channels" },
    S_i: { unit: "1", start: [0, 1], atLeast: 0, atMost: 1, about: "share of open GABA channels" },
    J_p: { unit: "nA", start: [0, 0.1], about: "learned part of the feedback inhibition" },
  },
  parameters: {
    a_e: { unit: "Hz/nA", default: 310, range: [0, 500], about: "gain, excitatory" },
    b_e: { unit: "Hz", default: 125, range: [0, 200], about: "shift, excitatory" },
    d_e: { unit: "s", default: 0.16, range: [0.001, 0.3], about: "steepness, excitatory" },
    gamma_e: { unit: "s/ms", default: 0.000641, range: [0, 0.001], about: "kinetic parameter, excitatory" },
    tau_e: { unit: "ms", default: 100, range: [50, 150], about: "decay time of NMDA channels" },
    w_p: { unit: "1", default: 1.4, range: [0, 3], about: "weight of the recurrent excitation" },
    J_N: { unit: "nA", default: 0.15, range: [0.001, 0.5], about: "excitatory synaptic current at full opening" },
    W_e: { unit: "1", default: 1, range: [0, 2], about: "weight of the external current, excitatory" },
    a_i: { unit: "Hz/nA", default: 615, range: [0, 1000], about: "gain, inhibitory" },
    b_i: { unit: "Hz", default: 177, range: [0, 300], about: "shift, inhibitory" },
    d_i: { unit: "s", default: 0.087, range: [0.001, 0.2], about: "steepness, inhibitory" },
    gamma_i: { unit: "s/ms", default: 0.001, range: [0, 0.002], about: "kinetic parameter, inhibitory" },
    tau_i: { unit: "ms", default: 10, range: [5, 100], about: "decay time of GABA channels" },
    J_i: { unit: "nA", default: 1, range: [0, 10], about: "fixed part of the feedback inhibition" },
    J_ii: { unit: "nA", default: 1, range: [0, 2], about: "inhibition within the inhibitory population" },
    W_i: { unit: "1", default: 0.7, range: [0, 2], about: "weight of the external current, inhibitory" },
    I_o: { unit: "nA", default: 0.382, range: [0, 1], about: "external current" },
    G: { unit: "1", default: 2, range: [0, 10], about: "global scale of the network input" },
    alpha: { unit: "nA", default: 0.75, range: [0, 2], about: "feedback inhibition per G and strength" },
    strength: { unit: "1", default: 0, range: [0, 1000], about: "sum of the incoming weights of the region" },
    eta: { unit: "nA*s^2/ms", default: 0.00005, range: [0, 0.01], about: "learning rate of J_p; 0: J is fixed" },
    target: { unit: "Hz", default: 3, range: [0.1, 20], about: "excitatory rate at balance" },
  },
  sends: ["S_e"],
  inputs: { c_S_e: { unit: "1", about: "network input, scaled by G J_N" } },
  definitions: {
    J: "max(J_i + alpha * G * strength + J_p, 0)",
    current_e: "W_e * I_o + w_p * J_N * S_e + G * J_N * c_S_e - J * S_i",
    current_i: "W_i * I_o + J_N * S_e - J_ii * S_i",
    rate_e: "invexprel(d_e * (a_e * current_e - b_e)) / d_e",
    rate_i: "invexprel(d_i * (a_i * current_i - b_i)) / d_i",
  },
  equations: {
    S_e: "-S_e / tau_e + (1 - S_e) * rate_e * gamma_e",
    S_i: "-S_i / tau_i + rate_i * gamma_i",
    J_p: "select(eta > 0, eta * rate_i * (rate_e - target), -J_p / tau_e)",
  },
  observe: ["S_e", "S_i", "J_p"],
  claims: [
    // Balance: rate_e = 3 Hz, so S_e = 3 gamma_e tau_e / (1 + 3 gamma_e tau_e).
    {
      kind: "fixed-point",
      with: { eta: 0.0002 },
      at: { S_e: 0.16128491151556, S_i: 0.03891886820039, J_p: 0.01073004452444 },
      source: "S_e in closed form, the rest a root found with SciPy",
    },
    // The fixed J of the paper at rest.
    {
      kind: "fixed-point",
      with: { eta: 0 },
      at: { S_e: 0.164757207546, S_i: 0.0392184486318, J_p: 0 },
      source: "root found with SciPy on TVB 2.10.0's equations",
    },
    { kind: "stable-fixed-points", with: {}, count: 1 },
  ],
});

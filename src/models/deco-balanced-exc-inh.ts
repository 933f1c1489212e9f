import { model } from "../ir/form.js";

/** The dynamic mean field with a gain of its own in each region, as gene expression may set it. */
export const decoBalancedExcInh = model({
  id: "deco-balanced-exc-inh",
  about:
    "The dynamic mean field of open NMDA and GABA channels with a gain M_i on both populations' transfer functions, " +
    "which regional heterogeneity (gene expression, the ratio of T1 to T2) may set region by region; with M_i = 1 it is " +
    "reduced-wong-wang-exc-inh. G scales the network input inside the model, so a coupling strength other than 1 scales " +
    "it a second time. Feedback inhibition J_i is to be tuned per region so that all fire at about 3 Hz. Rates are in Hz " +
    "and d in s as in the paper, decay times in ms as in TVB. The inhibition of inhibitory cells, 1 nA in the paper, " +
    "is J_ii.",
  papers: [
    { cite: "Deco et al. 2021", doi: "10.1126/sciadv.abf4752", gives: "the regional gain" },
    { cite: "Deco et al. 2014", doi: "10.1523/JNEUROSCI.5068-13.2014", gives: "equations and constants" },
    {
      cite: "Wong, Wang 2006",
      doi: "10.1523/JNEUROSCI.3733-05.2006",
      gives: "the reduction and the transfer function",
    },
  ],
  time: "ms",
  state: {
    S_e: { unit: "1", start: [0, 1], atLeast: 0, atMost: 1, about: "share of open NMDA channels" },
    S_i: { unit: "1", start: [0, 1], atLeast: 0, atMost: 1, about: "share of open GABA channels" },
  },
  parameters: {
    a_e: { unit: "Hz/nA", default: 310, range: [0, 500], about: "gain, excitatory" },
    b_e: { unit: "Hz", default: 125, range: [0, 200], about: "shift, excitatory" },
    // TVB's ranges of d_e and d_i begin at 0, where the transfer function is not defined.
    d_e: { unit: "s", default: 0.16, range: [0.001, 0.2], about: "steepness, excitatory" },
    gamma_e: { unit: "s/ms", default: 0.000641, range: [0, 0.001], about: "kinetic parameter, excitatory" },
    tau_e: { unit: "ms", default: 100, range: [50, 150], about: "decay time of NMDA channels" },
    w_p: { unit: "1", default: 1.4, range: [0, 2], about: "weight of the recurrent excitation" },
    J_N: { unit: "nA", default: 0.15, range: [0.001, 0.5], about: "excitatory synaptic current at full opening" },
    W_e: { unit: "1", default: 1, range: [0, 2], about: "weight of the external current, excitatory" },
    a_i: { unit: "Hz/nA", default: 615, range: [0, 1000], about: "gain, inhibitory" },
    b_i: { unit: "Hz", default: 177, range: [0, 200], about: "shift, inhibitory" },
    d_i: { unit: "s", default: 0.087, range: [0.001, 0.2], about: "steepness, inhibitory" },
    gamma_i: { unit: "s/ms", default: 0.001, range: [0, 0.002], about: "kinetic parameter, inhibitory" },
    tau_i: { unit: "ms", default: 10, range: [5, 100], about: "decay time of GABA channels" },
    J_i: { unit: "nA", default: 1, range: [0.001, 2], about: "feedback inhibition of the excitatory population" },
    J_ii: { unit: "nA", default: 1, range: [0, 2], about: "inhibition within the inhibitory population" },
    W_i: { unit: "1", default: 0.7, range: [0, 1], about: "weight of the external current, inhibitory" },
    I_o: { unit: "nA", default: 0.382, range: [0, 1], about: "external current" },
    I_ext: { unit: "nA", default: 0, range: [0, 1], about: "stimulation current, excitatory" },
    G: { unit: "1", default: 2, range: [0, 10], about: "global scale of the network input" },
    M_i: { unit: "1", default: 1, range: [0.1, 10], about: "gain of the region" },
    lamda: { unit: "1", default: 0, range: [0, 1], about: "share of the network input that reaches inhibition" },
  },
  sends: ["S_e"],
  inputs: { c_S_e: { unit: "1", about: "network input, scaled by G J_N" } },
  local: { local_S_e: { unit: "1", of: "S_e", about: "input from the neighbourhood, scaled by G J_N" } },
  definitions: {
    network: "G * J_N * (c_S_e + local_S_e)",
    current_e: "w_p * J_N * S_e - J_i * S_i + W_e * I_o + network + I_ext",
    current_i: "J_N * S_e - J_ii * S_i + W_i * I_o + lamda * network",
    rate_e: "invexprel(d_e * M_i * (a_e * current_e - b_e)) / d_e",
    rate_i: "invexprel(d_i * M_i * (a_i * current_i - b_i)) / d_i",
  },
  equations: {
    S_e: "-S_e / tau_e + (1 - S_e) * rate_e * gamma_e",
    S_i: "-S_i / tau_i + rate_i * gamma_i",
  },
  observe: ["S_e", "S_i"],
  tvb: { class: "DecoBalancedExcInh" },
  claims: [
    // With M_i = 1 the dynamic mean field of Deco et al. 2014: S_E = 0.164757 at rest.
    {
      kind: "fixed-point",
      with: {},
      at: { S_e: 0.164757207546, S_i: 0.0392184486318 },
      source: "root found with SciPy on TVB 2.10.0's equations",
    },
    { kind: "stable-fixed-points", with: {}, count: 1 },
  ],
});

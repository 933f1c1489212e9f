import { model } from "../ir/form.js";

/** One population of NMDA synapses: the mean field of a spiking network, reduced to its slow variable. */
export const reducedWongWang = model({
  id: "reduced-wong-wang",
  about:
    "Share of open NMDA channels of one excitatory population, the slow variable that remains of a spiking " +
    "network's mean field; a standard model of resting-state BOLD. The defaults are TVB's; the paper has w = 0.9 " +
    "and I_o = 0.3 nA. The noise amplitude sigma_noise that TVB declares acts nowhere in its equations and is left " +
    "out: give noise to the scheme.",
  papers: [
    {
      cite: "Wong, Wang 2006",
      doi: "10.1523/JNEUROSCI.3733-05.2006",
      gives: "the reduction and the transfer function",
    },
    { cite: "Deco et al. 2013", doi: "10.1523/JNEUROSCI.1091-13.2013", gives: "the equations and constants" },
  ],
  time: "ms",
  state: { S: { unit: "1", start: [0, 1], atLeast: 0, atMost: 1, about: "share of open NMDA channels" } },
  parameters: {
    a: { unit: "kHz/nA", default: 0.27, range: [0, 0.27], about: "gain of the transfer function" },
    b: { unit: "kHz", default: 0.108, range: [0, 1], about: "shift of the transfer function" },
    // TVB's range begins at 0, where the transfer function is not defined.
    d: { unit: "ms", default: 154, range: [1, 200], about: "steepness of the transfer function" },
    gamma: { unit: "1", default: 0.641, range: [0, 1], about: "kinetic parameter" },
    tau_s: { unit: "ms", default: 100, range: [50, 150], about: "decay time of NMDA channels" },
    w: { unit: "1", default: 0.6, range: [0, 1], about: "weight of the recurrent excitation" },
    J_N: { unit: "nA", default: 0.2609, range: [0.2609, 0.5], about: "synaptic current at full opening" },
    I_o: { unit: "nA", default: 0.33, range: [0, 1], about: "external current" },
  },
  sends: ["S"],
  inputs: { c_S: { unit: "1", about: "network input, scaled by J_N" } },
  local: { local_S: { unit: "1", of: "S", about: "input from the neighbourhood, scaled by J_N" } },
  definitions: {
    current: "w * J_N * S + I_o + J_N * (c_S + local_S)",
    rate: "invexprel(d * (a * current - b)) / d",
  },
  equations: { S: "-S / tau_s + (1 - S) * rate * gamma" },
  observe: ["S"],
  tvb: { class: "ReducedWongWang" },
  claims: [
    {
      kind: "fixed-point",
      with: {},
      at: { S: 0.0980184531568 },
      source: "root found with SciPy on TVB 2.10.0's equations",
    },
    { kind: "stable-fixed-points", with: { w: 0.9, J_N: 0.3, I_o: 0.32 }, count: 2 },
  ],
});

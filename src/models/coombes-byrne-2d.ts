import { model } from "../ir/form.js";

/** The next-generation neural mass with instantaneous synapses. */
export const coombesByrne2d = model({
  id: "coombes-byrne-2d",
  about:
    "Rate and mean potential of all-to-all coupled theta neurons whose synaptic conductance k pi r follows the rate " +
    "at once. With k = 0 it is the mean field of uncoupled neurons. Time is the paper's own.",
  papers: [
    { cite: "Coombes, Byrne 2019", doi: "10.1007/978-3-319-71048-8_1", gives: "the mean field with conductances" },
  ],
  time: "dimensionless",
  state: {
    r: { unit: "1", start: [0, 2], atLeast: 0, about: "population firing rate" },
    V: { unit: "1", start: [-2, 1.5], about: "mean membrane potential" },
  },
  parameters: {
    Delta: { unit: "1", default: 1, range: [0, 10], about: "half-width of the distribution of excitabilities" },
    v_syn: { unit: "1", default: -4, range: [-20, 0], about: "reversal potential of the synapse" },
    k: { unit: "1", default: 1, range: [0, 5], about: "strength of the synapses within the population" },
    eta: { unit: "1", default: 2, range: [-10, 10], about: "mean excitability" },
  },
  sends: ["r"],
  inputs: { c_r: { unit: "1", about: "network input" } },
  definitions: { g: "k * pi * r" },
  equations: {
    r: "Delta / pi + 2 * V * r - g * r",
    V: "V^2 - pi^2 * r^2 + eta + (v_syn - V) * g + c_r",
  },
  observe: ["r", "V"],
  tvb: { class: "CoombesByrne2D" },
  claims: [
    {
      kind: "fixed-point",
      with: {},
      at: { r: 0.184725544027, V: -0.571408969899 },
      source: "root found with SciPy on TVB 2.10.0's equations",
    },
    // Uncoupled, it is the mean field of Montbrió, Pazó and Roxin without synapses.
    {
      kind: "fixed-point",
      with: { k: 0, eta: -5 },
      at: { r: 0.0708264580539, V: -2.2471114251 },
      source: "root found with SciPy on TVB 2.10.0's equations",
    },
  ],
});

import { model } from "../ir/form.js";

/** Exact mean field of theta neurons with a synaptic conductance: a next-generation neural mass. */
export const coombesByrne = model({
  id: "coombes-byrne",
  about:
    "Rate and mean potential of all-to-all coupled theta neurons, whose synapses are conductances g that follow the " +
    "rate as an alpha function: the next-generation neural mass. Inhibitory synapses (v_syn well below 0) make it " +
    "oscillate. The conductance settles at k pi r, as in TVB. Time is the paper's own.",
  papers: [
    {
      cite: "Coombes, Byrne 2019",
      doi: "10.1007/978-3-319-71048-8_1",
      gives: "the mean field with conductances, and its oscillation",
    },
  ],
  time: "dimensionless",
  state: {
    r: { unit: "1", start: [0, 6], atLeast: 0, about: "population firing rate" },
    V: { unit: "1", start: [-10, 10], about: "mean membrane potential" },
    g: { unit: "1", start: [1, 2], about: "synaptic conductance" },
    q: { unit: "1", start: [-0.5, 0.7], about: "rate of change of the conductance, over alpha" },
  },
  parameters: {
    Delta: { unit: "1", default: 0.5, range: [0, 10], about: "half-width of the distribution of excitabilities" },
    alpha: { unit: "1", default: 0.95, range: [0, 10], about: "inverse time constant of the synapse" },
    v_syn: { unit: "1", default: -10, range: [-20, 0], about: "reversal potential of the synapse" },
    k: { unit: "1", default: 1, range: [0, 5], about: "strength of the synapses within the population" },
    // TVB's range ends at 10, below its default.
    eta: { unit: "1", default: 20, range: [-10, 30], about: "mean excitability" },
  },
  sends: ["r"],
  inputs: { c_r: { unit: "1", about: "network input" } },
  equations: {
    r: "Delta / pi + 2 * V * r - g * r",
    V: "V^2 - pi^2 * r^2 + eta + (v_syn - V) * g + c_r",
    g: "alpha * q",
    q: "alpha * (k * pi * r - g - 2 * q)",
  },
  observe: ["r", "V"],
  tvb: { class: "CoombesByrne" },
  claims: [
    // Strong inhibition of a driven population: no stable rest, and a rhythm of 0.48 per unit of time.
    { kind: "stable-fixed-points", with: {}, count: 0 },
    { kind: "oscillates", with: {}, hertz: [479.9, 480.3], observe: "r" },
    { kind: "stable-fixed-points", with: { eta: -5 }, count: 1 },
  ],
});

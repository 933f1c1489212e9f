import { model } from "../ir/form.js";

/** Cortical column of Jansen and Rit with a second, fast kind of inhibition at the soma: epileptic activity. */
export const wendling = model({
  id: "wendling",
  about:
    "The column of Jansen and Rit with two kinds of inhibition: slow at the dendrites (B, b), fast at the soma (G, g). " +
    "Weaker slow inhibition leads through the activities of a seizure that starts in the hippocampus. With A = 5 mV " +
    "the paper names them by (B, G) in mV: 1 background (50, 15), 2 sporadic spikes (40, 15), 3 sustained spikes " +
    "(25, 15), 4 slow rhythm (10, 15), 5 low-voltage fast activity (5, 25), 6 slow quasi-sinusoidal activity (15, 0). " +
    "3 and 6 are limit cycles; the others are the answer of a stable state to noise on y6, which stands for the " +
    "input from other areas. y1 - y2 - y3 is the potential of the pyramidal cells and stands for the recorded field.",
  papers: [
    {
      cite: "Wendling, Bartolomei, Bellanger, Chauvel 2002",
      doi: "10.1046/j.1460-9568.2002.01985.x",
      gives: "equations, constants, types of activity",
    },
  ],
  time: "ms",
  state: {
    y0: { unit: "mV", start: [-0.1, 0.3], about: "potential that pyramidal cells evoke in the interneurons" },
    y1: { unit: "mV", start: [-5, 30], about: "excitatory potential of the pyramidal cells" },
    y2: { unit: "mV", start: [-5, 20], about: "slow inhibitory potential of the pyramidal cells" },
    y3: { unit: "mV", start: [-5, 20], about: "fast inhibitory potential of the pyramidal cells" },
    y4: { unit: "mV", start: [-0.2, 0.8], about: "slow inhibitory potential of the fast interneurons, per contact" },
    y5: { unit: "mV/ms", start: [-0.1, 0.1], about: "rate of change of y0" },
    y6: { unit: "mV/ms", start: [-1, 1], about: "rate of change of y1" },
    y7: { unit: "mV/ms", start: [-1, 1], about: "rate of change of y2" },
    y8: { unit: "mV/ms", start: [-1, 1], about: "rate of change of y3" },
    y9: { unit: "mV/ms", start: [-0.1, 0.1], about: "rate of change of y4" },
  },
  parameters: {
    A: { unit: "mV", default: 5, range: [0, 15], about: "gain of excitatory synapses" },
    B: { unit: "mV", default: 50, range: [0, 80], about: "gain of slow inhibitory synapses" },
    G: { unit: "mV", default: 15, range: [0, 50], about: "gain of fast inhibitory synapses" },
    a: { unit: "1/ms", default: 0.1, range: [0.03, 0.3], about: "inverse time constant of excitatory synapses" },
    b: { unit: "1/ms", default: 0.05, range: [0.01, 0.15], about: "inverse time constant of slow inhibition" },
    g: { unit: "1/ms", default: 0.5, range: [0.1, 1], about: "inverse time constant of fast inhibition" },
    v0: { unit: "mV", default: 6, range: [2, 10], about: "potential at half of the maximum firing rate" },
    nu_max: { unit: "1/ms", default: 0.0025, range: [0.001, 0.005], about: "half of the maximum firing rate" },
    r: { unit: "1/mV", default: 0.56, range: [0.2, 1], about: "steepness of the sigmoid" },
    C1: { unit: "1", default: 135, range: [0, 1350], about: "contacts, pyramidal to excitatory cells" },
    C2: { unit: "1", default: 108, range: [0, 1350], about: "contacts, excitatory to pyramidal cells" },
    C3: { unit: "1", default: 33.75, range: [0, 1350], about: "contacts, pyramidal to slow inhibitory cells" },
    C4: { unit: "1", default: 33.75, range: [0, 1350], about: "contacts, slow inhibitory to pyramidal cells" },
    C5: { unit: "1", default: 40.5, range: [0, 1350], about: "contacts, pyramidal to fast inhibitory cells" },
    C6: { unit: "1", default: 13.5, range: [0, 1350], about: "contacts, slow to fast inhibitory cells" },
    C7: { unit: "1", default: 108, range: [0, 1350], about: "contacts, fast inhibitory to pyramidal cells" },
    mu: { unit: "1/ms", default: 0.09, range: [0, 0.5], about: "mean input rate from other areas" },
  },
  sends: ["y1", "y2 + y3"],
  inputs: {
    c_y1: { unit: "1/ms", about: "rate arriving from the network" },
    c_y2: { unit: "1/ms", about: "unused; keeps the order of the sigmoidal coupling of Jansen and Rit" },
  },
  definitions: {
    pyramidal: "2 * nu_max * logistic(r * (y1 - y2 - y3 - v0))",
    excitatory: "2 * nu_max * logistic(r * (C1 * y0 - v0))",
    slow: "2 * nu_max * logistic(r * (C3 * y0 - v0))",
    fast: "2 * nu_max * logistic(r * (C5 * y0 - C6 * y4 - v0))",
  },
  equations: {
    y0: "y5",
    y1: "y6",
    y2: "y7",
    y3: "y8",
    y4: "y9",
    y5: "A * a * pyramidal - 2 * a * y5 - a^2 * y0",
    y6: "A * a * (mu + C2 * excitatory + c_y1) - 2 * a * y6 - a^2 * y1",
    y7: "B * b * C4 * slow - 2 * b * y7 - b^2 * y2",
    y8: "G * g * C7 * fast - 2 * g * y8 - g^2 * y3",
    y9: "B * b * slow - 2 * b * y9 - b^2 * y4",
  },
  observe: ["y1 - y2 - y3"],
  claims: [
    // Types 1, 2, 4 and 5 of the paper: one stable state, which noise keeps moving.
    { kind: "stable-fixed-points", with: {}, count: 1 },
    { kind: "stable-fixed-points", with: { B: 40 }, count: 1 },
    { kind: "stable-fixed-points", with: { B: 10 }, count: 1 },
    { kind: "stable-fixed-points", with: { B: 5, G: 25 }, count: 1 },
    // Types 3 and 6.
    { kind: "oscillates", with: { B: 25 }, hertz: [4.4, 4.6], observe: "y1 - y2 - y3" },
    { kind: "oscillates", with: { B: 15, G: 0 }, hertz: [10.9, 11.2], observe: "y1 - y2 - y3" },
  ],
});

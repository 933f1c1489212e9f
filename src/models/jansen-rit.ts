import { model } from "../ir/form.js";

/** Cortical column of pyramidal cells and two kinds of interneurons; alpha rhythm of the EEG. */
export const jansenRit = model({
  id: "jansen-rit",
  about:
    "A cortical column: pyramidal cells with an excitatory and an inhibitory feedback loop, each a second-order " +
    "synapse behind a sigmoid. Makes alpha rhythm, spike-like waves and evoked potentials; y1 - y2 is the potential " +
    "of the pyramidal cells and stands for the EEG. Names and times in ms as in TVB; the paper's constants C1..C4 " +
    "are a_1 J .. a_4 J, its e0 is nu_max. Its v0 of 6 mV gives alpha (10.9 Hz); with TVB's 5.52 mV, the default " +
    "here, the rhythm is 6.8 Hz. TVB also declares p_min and p_max, which its equations do not use; they are left " +
    "out here. The input reaches y4 only, as in TVB.",
  papers: [
    {
      cite: "Jansen, Rit 1995",
      doi: "10.1007/BF00199471",
      gives: "equations, constants, input of 120 to 320 pulses per second",
    },
  ],
  time: "ms",
  state: {
    y0: { unit: "mV", start: [-1, 1], about: "potential that pyramidal cells evoke in the interneurons" },
    y1: { unit: "mV", start: [-500, 500], about: "excitatory potential of the pyramidal cells" },
    y2: { unit: "mV", start: [-50, 50], about: "inhibitory potential of the pyramidal cells" },
    y3: { unit: "mV/ms", start: [-6, 6], about: "rate of change of y0" },
    y4: { unit: "mV/ms", start: [-20, 20], about: "rate of change of y1" },
    y5: { unit: "mV/ms", start: [-500, 500], about: "rate of change of y2" },
  },
  parameters: {
    A: { unit: "mV", default: 3.25, range: [2.6, 9.75], about: "largest excitatory postsynaptic potential" },
    B: { unit: "mV", default: 22, range: [17.6, 110], about: "largest inhibitory postsynaptic potential" },
    a: { unit: "1/ms", default: 0.1, range: [0.05, 0.15], about: "inverse time constant of excitatory synapses" },
    b: { unit: "1/ms", default: 0.05, range: [0.025, 0.075], about: "inverse time constant of inhibitory synapses" },
    v0: { unit: "mV", default: 5.52, range: [3.12, 6], about: "potential at half of the maximum firing rate" },
    nu_max: { unit: "1/ms", default: 0.0025, range: [0.00125, 0.00375], about: "half of the maximum firing rate" },
    r: { unit: "1/mV", default: 0.56, range: [0.28, 0.84], about: "steepness of the sigmoid" },
    J: { unit: "1", default: 135, range: [65, 1350], about: "mean number of synapses between populations" },
    a_1: { unit: "1", default: 1, range: [0.5, 1.5], about: "share of contacts, pyramidal to excitatory cells" },
    a_2: { unit: "1", default: 0.8, range: [0.4, 1.2], about: "share of contacts, excitatory to pyramidal cells" },
    a_3: { unit: "1", default: 0.25, range: [0.125, 0.375], about: "share of contacts, pyramidal to inhibitory cells" },
    a_4: { unit: "1", default: 0.25, range: [0.125, 0.375], about: "share of contacts, inhibitory to pyramidal cells" },
    // TVB ends the range at 0.22; the paper's input reaches 320 pulses per second.
    mu: { unit: "1/ms", default: 0.22, range: [0, 0.32], about: "mean external input rate" },
  },
  sends: ["y1", "y2"],
  inputs: {
    c_y1: { unit: "1/ms", about: "rate arriving from the network" },
    c_y2: { unit: "1/ms", about: "unused, as in TVB" },
  },
  local: {
    local_y: { unit: "1/ms", of: "y1 - y2", about: "rate arriving from the neighbourhood, from pyramidal potentials" },
  },
  definitions: {
    pyramidal: "2 * nu_max * logistic(r * (y1 - y2 - v0))",
    excitatory: "2 * nu_max * logistic(r * (a_1 * J * y0 - v0))",
    inhibitory: "2 * nu_max * logistic(r * (a_3 * J * y0 - v0))",
  },
  equations: {
    y0: "y3",
    y1: "y4",
    y2: "y5",
    y3: "A * a * pyramidal - 2 * a * y3 - a^2 * y0",
    y4: "A * a * (mu + a_2 * J * excitatory + c_y1 + local_y) - 2 * a * y4 - a^2 * y1",
    y5: "B * b * (a_4 * J * inhibitory) - 2 * b * y5 - b^2 * y2",
  },
  observe: ["y0", "y1", "y2", "y3"],
  tvb: { class: "JansenRit" },
  claims: [
    // The paper's column at the middle of its input range: alpha.
    { kind: "oscillates", with: { v0: 6, mu: 0.22 }, hertz: [10.8, 11.1], observe: "y1 - y2" },
    { kind: "oscillates", with: {}, hertz: [6.7, 6.9], observe: "y1 - y2" },
    { kind: "stable-fixed-points", with: { v0: 6, mu: 0 }, count: 2 },
    { kind: "stable-fixed-points", with: { v0: 6, mu: 0.22 }, count: 0 },
    // Between 89.83 and 315.70 pulses per second the column of the paper has no stable rest.
    {
      kind: "hopf",
      with: { v0: 6 },
      parameter: "mu",
      between: [0.08978, 0.08988],
      hertz: [10.2, 10.6],
      source: "Grimbert, Faugeras 2006, doi 10.1162/neco.2006.18.12.3052",
    },
    {
      kind: "hopf",
      with: { v0: 6 },
      parameter: "mu",
      between: [0.31565, 0.31575],
      hertz: [11, 11.3],
      source: "Grimbert, Faugeras 2006, doi 10.1162/neco.2006.18.12.3052",
    },
  ],
});

import { model } from "../ir/form.js";

/** Column of Jansen and Rit whose synapses have a slow and a fast kernel: from alpha to gamma by their mixture. */
export const davidFriston = model({
  id: "david-friston",
  about:
    "The column of Jansen and Rit with two subpopulations of different kinetics in every population: each synapse has " +
    "a slow kernel of weight w and a fast one of weight 1 - w, and all cells see the weighted sum. Alone the slow one " +
    "makes alpha, the fast one gamma; mixtures answer noise on v1s and v1f with broad spectra. The defaults of H keep " +
    "the products H tau of the standard column (32.5 and 440 mV ms). w * (x1s - x2s) + (1 - w) * (x1f - x2f) is the " +
    "potential of the pyramidal cells and stands for the EEG.",
  papers: [
    {
      cite: "David, Friston 2003",
      doi: "10.1016/j.neuroimage.2003.07.015",
      gives: "two subpopulations, their time constants",
    },
    { cite: "Jansen, Rit 1995", doi: "10.1007/BF00199471", gives: "the column" },
  ],
  time: "ms",
  state: {
    x0s: { unit: "mV", start: [-0.1, 0.3], about: "potential of the interneurons, slow kernel" },
    x1s: { unit: "mV", start: [-5, 30], about: "excitatory potential of the pyramidal cells, slow kernel" },
    x2s: { unit: "mV", start: [-5, 20], about: "inhibitory potential of the pyramidal cells, slow kernel" },
    x0f: { unit: "mV", start: [-0.1, 0.3], about: "potential of the interneurons, fast kernel" },
    x1f: { unit: "mV", start: [-5, 30], about: "excitatory potential of the pyramidal cells, fast kernel" },
    x2f: { unit: "mV", start: [-5, 20], about: "inhibitory potential of the pyramidal cells, fast kernel" },
    v0s: { unit: "mV/ms", start: [-0.1, 0.1], about: "rate of change of x0s" },
    v1s: { unit: "mV/ms", start: [-1, 1], about: "rate of change of x1s" },
    v2s: { unit: "mV/ms", start: [-1, 1], about: "rate of change of x2s" },
    v0f: { unit: "mV/ms", start: [-0.1, 0.1], about: "rate of change of x0f" },
    v1f: { unit: "mV/ms", start: [-1, 1], about: "rate of change of x1f" },
    v2f: { unit: "mV/ms", start: [-1, 1], about: "rate of change of x2f" },
  },
  parameters: {
    w: { unit: "1", default: 1, range: [0, 1], about: "weight of the slow subpopulation" },
    H_es: { unit: "mV", default: 3.01, range: [0, 20], about: "excitatory gain, slow" },
    tau_es: { unit: "ms", default: 10.8, range: [1, 60], about: "excitatory time constant, slow" },
    H_is: { unit: "mV", default: 20, range: [0, 400], about: "inhibitory gain, slow" },
    tau_is: { unit: "ms", default: 22, range: [1, 60], about: "inhibitory time constant, slow" },
    H_ef: { unit: "mV", default: 7.07, range: [0, 40], about: "excitatory gain, fast" },
    tau_ef: { unit: "ms", default: 4.6, range: [1, 60], about: "excitatory time constant, fast" },
    H_if: { unit: "mV", default: 151.7, range: [0, 400], about: "inhibitory gain, fast" },
    tau_if: { unit: "ms", default: 2.9, range: [1, 60], about: "inhibitory time constant, fast" },
    C1: { unit: "1", default: 135, range: [0, 1350], about: "contacts, pyramidal to excitatory cells" },
    C2: { unit: "1", default: 108, range: [0, 1350], about: "contacts, excitatory to pyramidal cells" },
    C3: { unit: "1", default: 33.75, range: [0, 1350], about: "contacts, pyramidal to inhibitory cells" },
    C4: { unit: "1", default: 33.75, range: [0, 1350], about: "contacts, inhibitory to pyramidal cells" },
    v0: { unit: "mV", default: 6, range: [2, 10], about: "potential at half of the maximum firing rate" },
    nu_max: { unit: "1/ms", default: 0.0025, range: [0.001, 0.005], about: "half of the maximum firing rate" },
    r: { unit: "1/mV", default: 0.56, range: [0.2, 1], about: "steepness of the sigmoid" },
    mu: { unit: "1/ms", default: 0.22, range: [0, 0.5], about: "mean external input rate" },
  },
  sends: ["x1s - x2s", "x1f - x2f"],
  inputs: {
    c_s: { unit: "1/ms", about: "rate that slow subpopulations of the network send, of weight w" },
    c_f: { unit: "1/ms", about: "rate that fast subpopulations of the network send, of weight 1 - w" },
  },
  definitions: {
    x0: "w * x0s + (1 - w) * x0f",
    x1: "w * x1s + (1 - w) * x1f",
    x2: "w * x2s + (1 - w) * x2f",
    pyramidal: "2 * nu_max * logistic(r * (x1 - x2 - v0))",
    excitatory: "mu + w * c_s + (1 - w) * c_f + C2 * 2 * nu_max * logistic(r * (C1 * x0 - v0))",
    inhibitory: "C4 * 2 * nu_max * logistic(r * (C3 * x0 - v0))",
  },
  equations: {
    x0s: "v0s",
    x1s: "v1s",
    x2s: "v2s",
    x0f: "v0f",
    x1f: "v1f",
    x2f: "v2f",
    v0s: "(H_es * pyramidal - 2 * v0s - x0s / tau_es) / tau_es",
    v1s: "(H_es * excitatory - 2 * v1s - x1s / tau_es) / tau_es",
    v2s: "(H_is * inhibitory - 2 * v2s - x2s / tau_is) / tau_is",
    v0f: "(H_ef * pyramidal - 2 * v0f - x0f / tau_ef) / tau_ef",
    v1f: "(H_ef * excitatory - 2 * v1f - x1f / tau_ef) / tau_ef",
    v2f: "(H_if * inhibitory - 2 * v2f - x2f / tau_if) / tau_if",
  },
  observe: ["x1s - x2s", "x1f - x2f"],
  claims: [
    { kind: "oscillates", with: { w: 1 }, hertz: [9.5, 10.5], observe: "x1s - x2s" },
    { kind: "oscillates", with: { w: 0 }, hertz: [42, 45], observe: "x1f - x2f" },
    { kind: "stable-fixed-points", with: { w: 0.5 }, count: 1 },
  ],
});

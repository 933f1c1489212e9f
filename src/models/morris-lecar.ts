import { model } from "../ir/form.js";

/** Calcium spikes of a muscle fibre; the smallest conductance model, of both types of excitability. */
export const morrisLecar = model({
  id: "morris-lecar",
  about:
    "Potential and open potassium channels of a membrane with an instantaneous calcium current: the smallest model with " +
    "conductances, used as a mass for a population that fires in step. Defaults are the Hopf set of Rinzel and " +
    "Ermentrout (Analysis of neural excitability and oscillations, 1998): type II, firing begins at a finite frequency, " +
    "and beside rest for a while. Their set gCa = 4, V3 = 12, V4 = 17.4, phi = 1/15 is type I: firing begins at I = 40 " +
    "with frequency 0 (saddle-node on a limit cycle).",
  papers: [{ cite: "Morris, Lecar 1981", doi: "10.1016/S0006-3495(81)84782-0", gives: "equations" }],
  time: "ms",
  state: {
    V: { unit: "mV", start: [-60, 40], about: "membrane potential" },
    N: { unit: "1", start: [0, 0.8], about: "share of open potassium channels" },
  },
  parameters: {
    C: { unit: "uF/cm^2", default: 20, range: [1, 50], about: "membrane capacitance" },
    gCa: { unit: "mS/cm^2", default: 4.4, range: [0, 10], about: "largest calcium conductance" },
    gK: { unit: "mS/cm^2", default: 8, range: [0, 20], about: "largest potassium conductance" },
    gL: { unit: "mS/cm^2", default: 2, range: [0, 5], about: "leak conductance" },
    VCa: { unit: "mV", default: 120, range: [50, 150], about: "reversal potential of calcium" },
    VK: { unit: "mV", default: -84, range: [-120, -35], about: "reversal potential of potassium" },
    VL: { unit: "mV", default: -60, range: [-90, -25], about: "reversal potential of the leak" },
    V1: { unit: "mV", default: -1.2, range: [-20, 20], about: "potential at which half of the calcium channels open" },
    V2: { unit: "mV", default: 18, range: [5, 30], about: "width of the opening of calcium channels" },
    V3: { unit: "mV", default: 2, range: [-20, 20], about: "potential at which half of the potassium channels open" },
    V4: { unit: "mV", default: 30, range: [5, 45], about: "width of the opening of potassium channels" },
    phi: { unit: "1/ms", default: 0.04, range: [0, 1], about: "rate of potassium channels" },
    I: { unit: "uA/cm^2", default: 100, range: [-100, 400], about: "current" },
  },
  sends: ["V"],
  inputs: { c_V: { unit: "uA/cm^2", about: "network input, a current" } },
  definitions: {
    M_inf: "0.5 * (1 + tanh((V - V1) / V2))",
    N_inf: "0.5 * (1 + tanh((V - V3) / V4))",
    rate_N: "phi * cosh((V - V3) / (2 * V4))",
  },
  equations: {
    V: "(I + c_V - gL * (V - VL) - gCa * M_inf * (V - VCa) - gK * N * (V - VK)) / C",
    N: "rate_N * (N_inf - N)",
  },
  observe: ["V"],
  claims: [
    // Type II: the rest state loses stability at I = 93.9, where firing has 11 Hz.
    { kind: "stable-fixed-points", with: { I: 93.5 }, count: 1 },
    { kind: "stable-fixed-points", with: { I: 94.2 }, count: 0 },
    {
      kind: "hopf",
      with: {},
      parameter: "I",
      between: [93.5, 94.2],
      hertz: [12.5, 12.8],
      source: "Rinzel, Ermentrout 1998: 93.86",
    },
    { kind: "oscillates", with: { I: 95 }, hertz: [10.9, 11.1], observe: "V" },
    // Type I: firing begins at I = 39.96, as slowly as one likes.
    { kind: "stable-fixed-points", with: { gCa: 4, V3: 12, V4: 17.4, phi: 0.0666666667, I: 39.9 }, count: 1 },
    { kind: "stable-fixed-points", with: { gCa: 4, V3: 12, V4: 17.4, phi: 0.0666666667, I: 40 }, count: 0 },
    {
      kind: "oscillates",
      with: { gCa: 4, V3: 12, V4: 17.4, phi: 0.0666666667, I: 41 },
      hertz: [5, 5.2],
      observe: "V",
    },
  ],
});

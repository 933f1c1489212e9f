import { model } from "../ir/form.js";
import {
  zerlautInput,
  zerlautLocal,
  zerlautPapers,
  zerlautParameters,
  zerlautRates,
  zerlautSlow,
  zerlautSlowEquations,
  zerlautTransfer,
} from "./parts/zerlaut.js";

// In TVB S_i scales the network input of inhibitory neurons in the second order only.
/** Rates of adaptive exponential integrate-and-fire neurons with conductance-based synapses: master equation, first order. */
export const zerlautAdaptationFirstOrder = model({
  id: "zerlaut-adaptation-first-order",
  about:
    "Firing rates of a network of excitatory regular-spiking and inhibitory fast-spiking adaptive exponential " +
    "integrate-and-fire neurons with conductance-based synapses, in which a fitted effective threshold stands for the spike " +
    "mechanism: asynchronous irregular activity, up and down states. Rates are in kHz; the coefficients of the threshold " +
    "are in mV as in the papers, TVB's P_e and P_i times 1000. Noise belongs on ou_drift.",
  papers: zerlautPapers,
  time: "ms",
  state: { ...zerlautRates, ...zerlautSlow },
  parameters: zerlautParameters,
  sends: ["E"],
  inputs: zerlautInput,
  local: zerlautLocal,
  definitions: {
    outside: "max(c_E + local_E + weight_noise * ou_drift, 0)",
    outside_e_e: "outside + external_input_ex_ex",
    outside_i_e: "local_I + external_input_ex_in",
    outside_e_i: "outside + external_input_in_ex",
    outside_i_i: "local_I + external_input_in_in",
    ...zerlautTransfer("e"),
    ...zerlautTransfer("i"),
  },
  equations: {
    E: "(F_e - E) / T",
    I: "(F_i - I) / T",
    ...zerlautSlowEquations,
  },
  observe: ["E", "I"],
  tvb: { class: "ZerlautAdaptationFirstOrder" },
  claims: [
    // Asynchronous irregular activity at the networks' external drive of 4 Hz: inhibition fires several times faster.
    {
      kind: "fixed-point",
      with: { external_input_ex_ex: 0.004, external_input_in_ex: 0.004 },
      at: { E: 0.00204529421392899, I: 0.0136697963938501, W_e: 97.8516687763812, W_i: 0, ou_drift: 0 },
      source: "root found with mpmath: test/golden/zerlaut.py",
    },
    {
      kind: "fixed-point",
      with: { external_input_ex_ex: 0.004, external_input_in_ex: 0.004, Q_e: 1, b_e: 20, C_m: 150 },
      at: { E: 0.00129858158952718, I: 0.0081935455254359, W_e: 45.6938140605868, W_i: 0, ou_drift: 0 },
      source: "root found with mpmath at the parameters of Zerlaut et al. 2018: test/golden/zerlaut.py",
    },
    // Up and down: silent, or near the ceiling of the transfer function.
    { kind: "stable-fixed-points", with: { b_e: 0, E_L_e: -63 }, count: 2 },
  ],
});

import { model } from "../ir/form.js";

/** Mean field of Hodgkin-Huxley-type neurons whose excitability follows the potassium around them. */
export const kIonEx = model({
  id: "k-ion-ex",
  about:
    "Mean potential and synchrony of infinitely many all-to-all coupled Hodgkin-Huxley-type neurons, driven by potassium: " +
    "the concentration in the bath, K_bath, takes the population from rest through firing and bursting to depolarisation " +
    "block. The potential's curve is approximated by two parabolas that meet at Vstar. x is the half-width of the " +
    "distribution of potentials; the firing rate is R_minus x / pi. Capacitance and conversion factor have the papers' " +
    "numbers with the units under which the equations, in pA and ms, are consistent (the papers print nF and mol/C). " +
    "Constants that TVB writes into its equations are parameters here.",
  papers: [
    {
      cite: "Bandyopadhyay, Rabuffo et al. 2023",
      doi: "10.1101/2021.10.29.466427",
      gives: "the mean field: equations and constants",
    },
    {
      cite: "Depannemaecker et al. 2022",
      doi: "10.1007/s10827-022-00811-1",
      gives: "the neuron: currents, pump and ion exchange",
    },
  ],
  time: "ms",
  state: {
    x: { unit: "mV", start: [0, 1], atLeast: 0, about: "half-width of the distribution of potentials" },
    V: { unit: "mV", start: [-90, 10], atLeast: -500, about: "mean membrane potential" },
    n: { unit: "1", start: [0, 1], atLeast: 0, about: "gate of the potassium channels" },
    // TVB starts between -10 and 0, and Kg down to -20: there potassium outside may be negative, which has no logarithm.
    DKi: { unit: "mM", start: [-10, -6], atLeast: -100, about: "change of potassium inside" },
    Kg: { unit: "mM", start: [-20, -5], atLeast: -100, about: "potassium taken up from the bath and glia" },
  },
  parameters: {
    E: { unit: "mV", default: 0, range: [-80, 0], about: "reversal potential of synapses" },
    K_bath: { unit: "mM", default: 5.5, range: [3, 40], about: "potassium in the bath" },
    J: { unit: "1", default: 0.1, range: [0.001, 40], about: "mean synaptic weight within the population" },
    eta: { unit: "mV/ms", default: 0, range: [-10, 10], about: "mean drive" },
    Delta: { unit: "mV/ms", default: 1, range: [0, 10], about: "half-width of the distribution of drives" },
    c_minus: { unit: "mV", default: -40, range: [-100, -10], about: "vertex of the left parabola" },
    R_minus: { unit: "1/(mV*ms)", default: 0.5, range: [0.0001, 5], about: "curvature of the left parabola" },
    c_plus: { unit: "mV", default: -20, range: [-80, 0], about: "vertex of the right parabola" },
    R_plus: { unit: "1/(mV*ms)", default: -0.5, range: [-5, -0.0001], about: "curvature of the right parabola" },
    Vstar: { unit: "mV", default: -31, range: [-55, -15], about: "where the parabolas meet" },
    Cm: { unit: "pF", default: 1, range: [0.5, 1.5], about: "membrane capacitance" },
    tau_n: { unit: "ms", default: 4, range: [2, 6], about: "time constant of the gate" },
    gamma: {
      unit: "um^3*mM/(ms*pA)",
      default: 0.04,
      range: [0.02, 0.06],
      about: "conversion of current to concentration",
    },
    epsilon: { unit: "1/ms", default: 0.001, range: [0.0005, 0.0015], about: "rate of diffusion from the bath" },
    Cnap: { unit: "mM", default: 21, range: [10, 40], about: "sodium inside at half activation of the pump" },
    DCnap: { unit: "mM", default: 2, range: [0.5, 10], about: "width of the pump's activation by sodium" },
    Ckp: { unit: "mM", default: 5.5, range: [1, 20], about: "potassium outside at half activation of the pump" },
    DCkp: { unit: "mM", default: 1, range: [0.2, 5], about: "width of the pump's activation by potassium" },
    Cmna: { unit: "mV", default: -24, range: [-60, 0], about: "half activation of sodium channels" },
    DCmna: { unit: "mV", default: 12, range: [2, 40], about: "width of the activation of sodium channels" },
    Cnk: { unit: "mV", default: -19, range: [-60, 0], about: "half activation of potassium channels" },
    DCnk: { unit: "mV", default: 18, range: [2, 40], about: "width of the activation of potassium channels" },
    g_Cl: { unit: "nS", default: 7.5, range: [0, 50], about: "chloride conductance" },
    g_Na: { unit: "nS", default: 40, range: [0, 200], about: "largest sodium conductance" },
    g_K: { unit: "nS", default: 22, range: [0, 200], about: "largest potassium conductance" },
    g_Nal: { unit: "nS", default: 0.02, range: [0, 1], about: "sodium leak" },
    g_Kl: { unit: "nS", default: 0.12, range: [0, 1], about: "potassium leak" },
    rho: { unit: "pA", default: 250, range: [0, 1000], about: "largest current of the sodium-potassium pump" },
    w_i: { unit: "um^3", default: 2160, range: [500, 10000], about: "volume inside" },
    w_o: { unit: "um^3", default: 720, range: [100, 5000], about: "volume outside" },
    Na_i0: { unit: "mM", default: 16, range: [1, 50], about: "sodium inside at first" },
    Na_o0: { unit: "mM", default: 138, range: [50, 250], about: "sodium outside at first" },
    K_i0: { unit: "mM", default: 130, range: [50, 250], about: "potassium inside at first" },
    K_o0: { unit: "mM", default: 4.8, range: [1, 20], about: "potassium outside at first" },
    Cl_i0: { unit: "mM", default: 5, range: [1, 50], about: "chloride inside" },
    Cl_o0: { unit: "mM", default: 112, range: [50, 250], about: "chloride outside" },
    V_T: { unit: "mV", default: 26.64, range: [24, 28], about: "thermal potential RT/F" },
  },
  sends: ["x"],
  inputs: { c_x: { unit: "mV", about: "network input through x" } },
  definitions: {
    K_i: "K_i0 + DKi",
    K_o: "K_o0 - w_i / w_o * DKi + Kg",
    Na_i: "Na_i0 - DKi",
    Na_o: "Na_o0 + w_i / w_o * DKi",
    closing: "1.1 - logistic(8 * (n - 0.4))",
    I_K: "(g_Kl + g_K * n) * (V - V_T * log(K_o / K_i))",
    I_Na: "(g_Nal + g_Na * logistic((V - Cmna) / DCmna) * closing) * (V - V_T * log(Na_o / Na_i))",
    I_Cl: "g_Cl * (V + V_T * log(Cl_o0 / Cl_i0))",
    I_pump: "rho * logistic((Na_i - Cnap) / DCnap) * logistic((K_o - Ckp) / DCkp)",
    rate: "R_minus * x / pi",
    curvature: "select(V <= Vstar, R_minus, R_plus)",
    vertex: "select(V <= Vstar, c_minus, c_plus)",
    within: "J * rate * (E - V)",
  },
  equations: {
    x: "Delta + 2 * curvature * (V - vertex) * x - J * rate * x",
    V: "-(I_Na + I_K + I_Cl + I_pump) / Cm - curvature * x^2 + eta + within + R_minus / pi * c_x * (E - V)",
    n: "(logistic((V - Cnk) / DCnk) - n) / tau_n",
    DKi: "-(gamma / w_i) * (I_K - 2 * I_pump)",
    Kg: "epsilon * (K_bath - K_o)",
  },
  compat: {
    about: "TVB leaves the population's own synapses out of the equation of V, though not out of that of x.",
    definitions: { within: "0" },
  },
  observe: ["x", "V", "n", "DKi", "Kg"],
  tvb: { class: "KIonEx" },
  claims: [
    // Rest with little potassium in the bath, firing and bursting with more, depolarisation block with much.
    { kind: "stable-fixed-points", with: { K_bath: 4 }, count: 1 },
    { kind: "stable-fixed-points", with: { K_bath: 7.5 }, count: 0 },
    { kind: "stable-fixed-points", with: { K_bath: 30 }, count: 1 },
  ],
});

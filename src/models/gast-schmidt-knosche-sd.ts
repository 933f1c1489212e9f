import { model } from "../ir/form.js";

/** Exact mean field of QIF neurons whose synapses tire: bursting by synaptic depression. */
export const gastSchmidtKnoscheSd = model({
  id: "gast-schmidt-knosche-sd",
  about:
    "Rate and mean potential of all-to-all coupled quadratic integrate-and-fire neurons, whose synapses weaken with use: " +
    "A is the rate seen through an alpha function of time constant tau_A and takes its share from the weight J. Makes " +
    "population bursts. alpha is A over the steady rate: the paper's alpha (as corrected in its erratum) times tau_A.",
  papers: [
    { cite: "Gast, Schmidt, Knösche 2020", doi: "10.1162/neco_a_01300", gives: "the mean field with adaptation" },
    { cite: "Montbrió, Pazó, Roxin 2015", doi: "10.1103/PhysRevX.5.021028", gives: "rate and mean potential" },
  ],
  time: "ms",
  state: {
    r: { unit: "1/ms", start: [0, 4], atLeast: 0, about: "population firing rate" },
    V: { unit: "1", start: [-3, 0.3], about: "mean membrane potential" },
    A: { unit: "1", start: [0, 0.4], about: "share of the synaptic weight that is exhausted" },
    B: { unit: "1", start: [-0.2, 0.3], about: "rate of change of A, times tau_A" },
  },
  parameters: {
    // TVB's ranges of the time constants begin at 0, where the equations are not defined.
    tau: { unit: "ms", default: 1, range: [0.001, 15], about: "membrane time constant" },
    tau_A: { unit: "ms", default: 10, range: [0.001, 100], about: "time constant of adaptation" },
    alpha: { unit: "ms", default: 0.5, range: [0, 20], about: "adaptation per firing rate, at rest" },
    I: { unit: "1", default: 0, range: [-10, 10], about: "external current" },
    Delta: { unit: "1", default: 2, range: [0, 10], about: "half-width of the distribution of excitabilities" },
    J: { unit: "1", default: 21.2132, range: [-25, 25], about: "mean synaptic weight within the population" },
    eta: { unit: "1", default: -6, range: [-10, 10], about: "mean excitability" },
    cr: { unit: "ms", default: 1, range: [0, 1], about: "weight of the input through the firing rate" },
    cv: { unit: "1", default: 0, range: [0, 1], about: "weight of the input through the membrane potential" },
  },
  sends: ["r", "V"],
  inputs: {
    c_r: { unit: "1/ms", about: "network input through the firing rate" },
    c_V: { unit: "1", about: "network input through the membrane potential" },
  },
  equations: {
    r: "(Delta / (pi * tau) + 2 * V * r) / tau",
    V: "(V^2 - (pi * tau * r)^2 + eta + J * tau * r * (1 - A) + I + cr * c_r + cv * c_V) / tau",
    A: "B / tau_A",
    B: "(alpha * r - A - 2 * B) / tau_A",
  },
  observe: ["r", "V"],
  tvb: { class: "GastSchmidtKnosche_SD" },
  claims: [
    {
      kind: "fixed-point",
      with: {},
      at: { r: 0.196635370976, V: -1.618782442873, A: 0.09831768548801, B: 0 },
      source: "root found with SciPy on TVB 2.10.0's equations",
    },
    // Without depression the network is bistable, as Montbrió, Pazó and Roxin found; depression ends the high state.
    { kind: "stable-fixed-points", with: { eta: -10, alpha: 0 }, count: 2 },
    { kind: "stable-fixed-points", with: { eta: -10 }, count: 1 },
    // Between rest and steady firing a burst every 46 ms; at the edge, bursts or steady firing by the start.
    { kind: "stable-fixed-points", with: { eta: -5.2 }, count: 0 },
    { kind: "oscillates", with: { eta: -5.2 }, hertz: [21.5, 21.6], observe: "A" },
    { kind: "stable-fixed-points", with: { eta: -5 }, count: 1 },
    {
      kind: "events",
      with: { eta: -5 },
      start: { r: 0.1, V: -2, A: 0, B: 0 },
      observe: "A",
      above: 0.28,
      settle: 300,
      during: 425,
      count: [9, 11],
    },
  ],
});

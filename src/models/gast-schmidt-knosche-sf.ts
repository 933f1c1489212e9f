import { model } from "../ir/form.js";

/** Exact mean field of QIF neurons that tire: bursting by spike-frequency adaptation. */
export const gastSchmidtKnoscheSf = model({
  id: "gast-schmidt-knosche-sf",
  about:
    "Rate and mean potential of all-to-all coupled quadratic integrate-and-fire neurons, which a slow current A calms " +
    "after they fire: A is the rate seen through an alpha function of time constant tau_A. Makes population bursts. " +
    "alpha is A over the steady rate: the paper's alpha times tau_A.",
  papers: [
    { cite: "Gast, Schmidt, Knösche 2020", doi: "10.1162/neco_a_01300", gives: "the mean field with adaptation" },
    { cite: "Montbrió, Pazó, Roxin 2015", doi: "10.1103/PhysRevX.5.021028", gives: "rate and mean potential" },
  ],
  time: "ms",
  state: {
    r: { unit: "1/ms", start: [0, 2], atLeast: 0, about: "population firing rate" },
    V: { unit: "1", start: [-2, 1.5], about: "mean membrane potential" },
    A: { unit: "1", start: [-1, 1], about: "adaptation current" },
    B: { unit: "1", start: [-1, 1], about: "rate of change of A, times tau_A" },
  },
  parameters: {
    // TVB's ranges of the time constants begin at 0, where the equations are not defined.
    tau: { unit: "ms", default: 1, range: [0.001, 15], about: "membrane time constant" },
    tau_A: { unit: "ms", default: 10, range: [0.001, 100], about: "time constant of adaptation" },
    alpha: { unit: "ms", default: 10, range: [0, 20], about: "adaptation per firing rate, at rest" },
    I: { unit: "1", default: 0, range: [-10, 10], about: "external current" },
    Delta: { unit: "1", default: 2, range: [0, 10], about: "half-width of the distribution of excitabilities" },
    J: { unit: "1", default: 21.2132, range: [-25, 25], about: "mean synaptic weight within the population" },
    eta: { unit: "1", default: 1, range: [-10, 10], about: "mean excitability" },
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
    V: "(V^2 - (pi * tau * r)^2 + eta + J * tau * r - A + I + cr * c_r + cv * c_V) / tau",
    A: "B / tau_A",
    B: "(alpha * r - A - 2 * B) / tau_A",
  },
  observe: ["r", "V"],
  tvb: { class: "GastSchmidtKnosche_SF" },
  claims: [
    // A steady state beside bursts, one every 46 ms: which of them depends on the start.
    { kind: "stable-fixed-points", with: {}, count: 1 },
    {
      kind: "events",
      with: {},
      start: { r: 0.1, V: -2, A: 0, B: 0 },
      observe: "A",
      above: 10,
      settle: 300,
      during: 461,
      count: [9, 11],
    },
    {
      kind: "events",
      with: {},
      start: { r: 1.2, V: -0.26, A: 12.2, B: 0 },
      observe: "A",
      above: 10,
      settle: 0,
      during: 500,
      count: [0, 0],
    },
  ],
});

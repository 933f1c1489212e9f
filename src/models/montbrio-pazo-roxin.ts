import { model } from "../ir/form.js";

/** Exact mean field of infinitely many all-to-all coupled quadratic integrate-and-fire neurons. */
export const montbrioPazoRoxin = model({
  id: "montbrio-pazo-roxin",
  about:
    "Firing rate and mean membrane potential of an infinite population of all-to-all coupled quadratic " +
    "integrate-and-fire neurons with Lorentzian excitabilities; exact, not phenomenological. With the defaults it is " +
    "bistable between a quiet and an active state, which makes it a common choice for resting-state dynamics. TVB " +
    "also declares Gamma, which its equations do not use; it is left out here.",
  papers: [
    {
      cite: "Montbrió, Pazó, Roxin 2015",
      doi: "10.1103/PhysRevX.5.021028",
      gives: "equations of rate and mean potential, the bistable regime",
    },
  ],
  time: "ms",
  state: {
    r: { unit: "1/ms", start: [0, 2], atLeast: 0, about: "population firing rate" },
    V: { unit: "1", start: [-2, 1.5], about: "mean membrane potential" },
  },
  parameters: {
    tau: { unit: "ms", default: 1, range: [0.001, 15], about: "membrane time constant" },
    I: { unit: "1", default: 0, range: [-10, 10], about: "external current" },
    Delta: { unit: "1", default: 1, range: [0, 10], about: "half-width of the distribution of excitabilities" },
    J: { unit: "1", default: 15, range: [-25, 25], about: "mean synaptic weight within the population" },
    eta: { unit: "1", default: -5, range: [-10, 10], about: "mean excitability" },
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
    V: "(V^2 - (pi * tau * r)^2 + eta + J * tau * r + I + cr * c_r + cv * c_V) / tau",
  },
  observe: ["r", "V"],
  tvb: { class: "MontbrioPazoRoxin" },
  claims: [
    { kind: "stable-fixed-points", with: { eta: -5, J: 15, Delta: 1 }, count: 2 },
    { kind: "stable-fixed-points", with: { eta: -5, J: 0, Delta: 1 }, count: 1 },
    {
      kind: "fixed-point",
      with: { J: 0 },
      at: { r: 0.0708264580539, V: -2.2471114251 },
      source: "root found with SciPy on TVB 2.10.0's equations",
    },
  ],
});

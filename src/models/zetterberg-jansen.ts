import { model } from "../ir/form.js";

/** Cortical column of stellate, pyramidal and inhibitory cells, whose inhibitory cells inhibit each other. */
export const zetterbergJansen = model({
  id: "zetterberg-jansen",
  about:
    "A cortical column of spiny stellate, pyramidal and inhibitory cells, each reached by second-order synapses behind a " +
    "sigmoid: the column of Jansen and Rit with inhibition among inhibitory cells, and external rates P, Q, U into each " +
    "population. The network input is a potential here; the column turns it into a rate by its own sigmoid. v6 and v7, " +
    "the potentials of pyramidal and inhibitory cells, are state variables as in TVB, which integrates them on their own, " +
    "so that an offset of their start stays for ever; here they return to v2 - v3 and v4 - v5 at the rate ke.",
  papers: [
    { cite: "Zetterberg, Kristiansson, Mossberg 1978", doi: "10.1007/BF00337367", gives: "the three populations" },
    { cite: "Jansen, Rit 1995", doi: "10.1007/BF00199471", gives: "second-order synapses and constants" },
  ],
  time: "ms",
  state: {
    v1: { unit: "mV", start: [-100, 100], about: "excitatory potential of the stellate cells" },
    y1: { unit: "mV/ms", start: [-500, 500], about: "rate of change of v1" },
    v2: { unit: "mV", start: [-100, 50], about: "excitatory potential of the pyramidal cells" },
    y2: { unit: "mV/ms", start: [-100, 6], about: "rate of change of v2" },
    v3: { unit: "mV", start: [-100, 6], about: "inhibitory potential of the pyramidal cells" },
    y3: { unit: "mV/ms", start: [-100, 6], about: "rate of change of v3" },
    v4: { unit: "mV", start: [-100, 20], about: "excitatory potential of the inhibitory cells" },
    y4: { unit: "mV/ms", start: [-100, 20], about: "rate of change of v4" },
    v5: { unit: "mV", start: [-100, 20], about: "inhibitory potential of the inhibitory cells" },
    y5: { unit: "mV/ms", start: [-500, 500], about: "rate of change of v5" },
    v6: { unit: "mV", start: [-100, 20], about: "potential of the pyramidal cells, v2 - v3" },
    v7: { unit: "mV", start: [-100, 20], about: "potential of the inhibitory cells, v4 - v5" },
  },
  parameters: {
    He: { unit: "mV", default: 3.25, range: [2.6, 9.75], about: "largest excitatory postsynaptic potential" },
    Hi: { unit: "mV", default: 22, range: [17.6, 110], about: "largest inhibitory postsynaptic potential" },
    ke: { unit: "1/ms", default: 0.1, range: [0.05, 0.15], about: "inverse time constant of excitatory synapses" },
    ki: { unit: "1/ms", default: 0.05, range: [0.025, 0.075], about: "inverse time constant of inhibitory synapses" },
    e0: { unit: "1/ms", default: 0.0025, range: [0.00125, 0.00375], about: "half of the maximum firing rate" },
    rho_2: { unit: "mV", default: 6, range: [3.12, 10], about: "potential at half of the maximum firing rate" },
    rho_1: { unit: "1/mV", default: 0.56, range: [0.28, 0.84], about: "steepness of the sigmoid" },
    gamma_1: { unit: "1", default: 135, range: [65, 1350], about: "synapses from pyramidal to stellate cells" },
    gamma_2: { unit: "1", default: 108, range: [0, 200], about: "synapses from stellate to pyramidal cells" },
    gamma_3: { unit: "1", default: 33.75, range: [0, 200], about: "synapses from pyramidal to inhibitory cells" },
    gamma_4: { unit: "1", default: 33.75, range: [0, 200], about: "synapses from inhibitory to pyramidal cells" },
    gamma_5: { unit: "1", default: 15, range: [0, 100], about: "synapses among inhibitory cells" },
    gamma_1T: { unit: "1", default: 1, range: [0, 1000], about: "synapses from outside to stellate cells" },
    gamma_2T: { unit: "1", default: 1, range: [0, 1000], about: "synapses from outside to pyramidal cells" },
    gamma_3T: { unit: "1", default: 1, range: [0, 1000], about: "synapses from outside to inhibitory cells" },
    P: { unit: "1/ms", default: 0.12, range: [0, 0.35], about: "external rate to pyramidal cells" },
    U: { unit: "1/ms", default: 0.12, range: [0, 0.35], about: "external rate to stellate cells" },
    Q: { unit: "1/ms", default: 0.12, range: [0, 0.35], about: "external rate to inhibitory cells" },
  },
  sends: ["v6"],
  inputs: { c_v6: { unit: "mV", about: "network input, a potential" } },
  local: { local_v6: { unit: "mV", of: "v6", about: "input from the neighbourhood, a potential" } },
  definitions: {
    outside: "2 * e0 * logistic(rho_1 * (c_v6 + local_v6 - rho_2))",
    pyramidal: "2 * e0 * logistic(rho_1 * (v2 - v3 - rho_2))",
    stellate: "2 * e0 * logistic(rho_1 * (v1 - rho_2))",
    inhibitory: "2 * e0 * logistic(rho_1 * (v4 - v5 - rho_2))",
  },
  equations: {
    v1: "y1",
    y1: "He * ke * (gamma_1 * pyramidal + gamma_1T * (U + outside)) - 2 * ke * y1 - ke^2 * v1",
    v2: "y2",
    y2: "He * ke * (gamma_2 * stellate + gamma_2T * (P + outside)) - 2 * ke * y2 - ke^2 * v2",
    v3: "y3",
    y3: "Hi * ki * gamma_4 * inhibitory - 2 * ki * y3 - ki^2 * v3",
    v4: "y4",
    y4: "He * ke * (gamma_3 * pyramidal + gamma_3T * (Q + outside)) - 2 * ke * y4 - ke^2 * v4",
    v5: "y5",
    y5: "Hi * ki * gamma_5 * inhibitory - 2 * ki * y5 - ki^2 * v5",
    v6: "y2 - y3 + ke * (v2 - v3 - v6)",
    v7: "y4 - y5 + ke * (v4 - v5 - v7)",
  },
  compat: {
    equations: {
      y5: "Hi * ki * gamma_5 * inhibitory - 2 * ki * y5 - ke^2 * v5",
      v6: "y2 - y3",
      v7: "y4 - y5",
    },
    about:
      "The inhibitory synapses of inhibitory cells relax with the square of the excitatory rate constant, ke, where ki " +
      "belongs; v6 and v7 keep the offset they start with.",
  },
  observe: ["v6", "v7", "v2", "v3", "v4", "v5"],
  tvb: { class: "ZetterbergJansen" },
  claims: [
    {
      kind: "fixed-point",
      with: {},
      at: {
        v1: 22.625323661935,
        y1: 0,
        v2: 21.453866900131,
        y2: 0,
        v3: 12.30933122874,
        y3: 0,
        v4: 8.585422164571,
        y4: 0,
        v5: 5.47081387944,
        y5: 0,
        v6: 9.144535671391,
        v7: 3.114608285131,
      },
      source: "root found with SciPy on the paper's equations, written apart",
    },
    { kind: "stable-fixed-points", with: { P: 0 }, count: 2 },
    // Without inhibition among inhibitory cells, and input to pyramidal cells only, it is the column of Jansen and Rit.
    { kind: "oscillates", with: { gamma_5: 0, U: 0, Q: 0, P: 0.22 }, hertz: [10.7, 11.1], observe: "v6" },
  ],
});

import { model } from "../ir/form.js";

/** Continuous Hopfield network: each region relaxes to what the others make of it. */
export const hopfield = model({
  id: "hopfield",
  about:
    "A graded-response Hopfield network: each region relaxes to its network input, and the pre-sigmoidal coupling makes " +
    "the network multistable, its attractors the patterns that the connectome stores. With dynamic = 1 and the dynamic " +
    "pre-sigmoidal coupling, a threshold theta follows the activity of the region (or of all) and keeps the network from " +
    "falling silent or over-active. With dynamic = 0 theta acts nowhere, and decays.",
  papers: [
    { cite: "Hopfield 1984", doi: "10.1073/pnas.81.10.3088", gives: "the graded-response network" },
    {
      cite: "Golos, Jirsa, Daucé 2015",
      doi: "10.1371/journal.pcbi.1004644",
      gives: "its use on a connectome, and the dynamic threshold",
    },
  ],
  time: "ms",
  state: {
    x: { unit: "1", start: [-1, 2], about: "potential" },
    theta: { unit: "1", start: [0, 1], about: "threshold" },
  },
  parameters: {
    taux: { unit: "ms", default: 1, range: [0.01, 100], about: "time constant of the potential" },
    tauT: { unit: "ms", default: 5, range: [0.01, 100], about: "time constant of the threshold" },
    dynamic: { unit: "1", default: 0, range: [0, 1], about: "1: the threshold follows activity; 0: it does not" },
  },
  sends: ["x", "theta"],
  inputs: {
    c_x: { unit: "1", about: "network input, squashed by the coupling" },
    c_theta: { unit: "1", about: "what the threshold follows: the coupling's output" },
  },
  definitions: { rest: "-theta / tauT" },
  equations: {
    x: "(c_x - x) / taux",
    theta: "select(dynamic != 0, (c_theta - theta) / tauT, rest)",
  },
  compat: {
    definitions: { rest: "(c_x - x) / taux" },
    about: "With dynamic = 0 the threshold gets the rate of change of the potential, as filling.",
  },
  observe: ["x"],
  tvb: { class: "Hopfield" },
  claims: [
    { kind: "fixed-point", with: {}, at: { x: 0, theta: 0 }, source: "x(t) = x(0) exp(-t / taux) without network" },
    { kind: "fixed-point", with: { dynamic: 1 }, at: { x: 0, theta: 0 }, source: "theta(t) = theta(0) exp(-t / tauT)" },
  ],
});

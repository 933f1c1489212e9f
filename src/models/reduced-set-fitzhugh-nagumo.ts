import { model } from "../ir/form.js";
import { meanActivity, normalModes, overModes, perMode, transposedActivity } from "./parts/normal-modes.js";

/** Three modes of a population of unlike FitzHugh-Nagumo neurons, excitatory and inhibitory. */
export const reducedSetFitzHughNagumo = model({
  id: "reduced-set-fitzhugh-nagumo",
  about:
    "An excitatory and an inhibitory population of FitzHugh-Nagumo neurons whose excitability is normally distributed " +
    "(mean mu, deviation sigma), reduced to three modes each: groups of neurons that move together, of low (_0), " +
    "middling (_1) and high (_2) excitability. Unlike a mean field it keeps clusters that fall out of step. The " +
    "coefficients of the modes follow mu and sigma. Regions are coupled through the sum of the excitatory modes, which " +
    "reaches all modes of both populations.",
  papers: [
    {
      cite: "Stefanescu, Jirsa 2008",
      doi: "10.1371/journal.pcbi.1000219",
      gives: "the reduction to modes and its coefficients",
    },
  ],
  time: "dimensionless",
  state: {
    ...perMode({
      "xi_#": { unit: "1", start: [-4, 4] as const, about: "excitatory activator, mode #" },
      "eta_#": { unit: "1", start: [-3, 3] as const, about: "excitatory inhibitor, mode #" },
      "alpha_#": { unit: "1", start: [-4, 4] as const, about: "inhibitory population, activator, mode #" },
      "beta_#": { unit: "1", start: [-3, 3] as const, about: "inhibitory population, inhibitor, mode #" },
    }),
  },
  parameters: {
    tau: { unit: "1", default: 3, range: [1.5, 4.5], about: "separation of the time scales" },
    a: { unit: "1", default: 0.45, range: [0, 1], about: "shift of the slow nullcline" },
    b: { unit: "1", default: 0.9, range: [0, 1], about: "slope of the slow nullcline" },
    K11: { unit: "1", default: 0.5, range: [0, 1], about: "coupling within the excitatory population" },
    K12: { unit: "1", default: 0.15, range: [0, 1], about: "coupling of the inhibitory to the excitatory population" },
    K21: { unit: "1", default: 0.15, range: [0, 1], about: "coupling of the excitatory to the inhibitory population" },
    // TVB's range begins at 0, where there is one excitability and no modes.
    sigma: { unit: "1", default: 0.35, range: [0.01, 1], about: "deviation of the excitability" },
    mu: { unit: "1", default: 0, range: [0, 1], about: "mean excitability" },
  },
  sends: ["xi_0", "xi_1", "xi_2"],
  inputs: perMode({ "c_xi_#": { unit: "1", about: "network input through excitatory mode #" } }),
  local: perMode({ "local_xi_#": { unit: "1", of: "xi_#", about: "excitation from the neighbourhood, mode #" } }),
  definitions: {
    ...normalModes,
    ...perMode({
      "excitation_#": meanActivity("xi"),
      "inhibition_#": meanActivity("alpha"),
    }),
    network: overModes("c_xi_#"),
  },
  equations: perMode({
    "xi_#":
      "tau * (xi_# - xi_#^3 / (3 * size_#^2) - eta_#) + K11 * (excitation_# - xi_#) - K12 * (inhibition_# - xi_#) + " +
      "tau * (drive_# + network + local_xi_#)",
    "eta_#": "(xi_# - b * eta_# + a * size_#) / tau",
    "alpha_#":
      "tau * (alpha_# - alpha_#^3 / (3 * size_#^2) - beta_#) + K21 * (excitation_# - alpha_#) + " +
      "tau * (drive_# + network + local_xi_#)",
    "beta_#": "(alpha_# - b * beta_# + a * size_#) / tau",
  }),
  compat: {
    about:
      "TVB multiplies by the transposed matrix where inhibition reaches the excitatory modes; the modes that give and " +
      "those that receive are exchanged.",
    definitions: perMode({ "inhibition_#": transposedActivity("alpha") }),
  },
  observe: ["xi_0", "xi_1", "xi_2", "alpha_0", "alpha_1", "alpha_2"],
  tvb: { class: "ReducedSetFitzHughNagumo" },
  claims: [
    // Unlike neurons silence each other (oscillator death); more alike ones do not rest.
    { kind: "stable-fixed-points", with: { sigma: 1 }, count: 1 },
    { kind: "stable-fixed-points", with: {}, count: 0 },
    { kind: "oscillates", with: { K11: 1, K12: 0 }, hertz: [103, 104.6], observe: "xi_2" },
  ],
});

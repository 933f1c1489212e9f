import { model } from "../ir/form.js";
import { meanActivity, normalModes, overModes, perMode, transposedActivity } from "./parts/normal-modes.js";

/** Three modes of a population of unlike Hindmarsh-Rose neurons, excitatory and inhibitory. */
export const reducedSetHindmarshRose = model({
  id: "reduced-set-hindmarsh-rose",
  about:
    "An excitatory and an inhibitory population of bursting Hindmarsh-Rose neurons whose input current is normally " +
    "distributed (mean mu, deviation sigma), reduced to three modes each: groups of neurons that move together, of low " +
    "(_0), middling (_1) and high (_2) current. The coefficients of the modes follow mu and sigma; those of the squares " +
    "in eta and beta are the corrected ones (the paper's supplement has a misprint there). Regions are coupled through " +
    "the sum of the excitatory modes, which reaches all modes of both populations.",
  papers: [
    {
      cite: "Stefanescu, Jirsa 2008",
      doi: "10.1371/journal.pcbi.1000219",
      gives: "the reduction to modes and its coefficients",
    },
  ],
  time: "dimensionless",
  state: perMode({
    "xi_#": { unit: "1", start: [-4, 4] as const, about: "excitatory membrane potential, mode #" },
    "eta_#": { unit: "1", start: [-25, 20] as const, about: "excitatory recovery, mode #" },
    "tau_#": { unit: "1", start: [2, 10] as const, about: "excitatory adaptation, mode #" },
    "alpha_#": { unit: "1", start: [-4, 4] as const, about: "inhibitory membrane potential, mode #" },
    "beta_#": { unit: "1", start: [-20, 20] as const, about: "inhibitory recovery, mode #" },
    "gamma_#": { unit: "1", start: [2, 10] as const, about: "inhibitory adaptation, mode #" },
  }),
  parameters: {
    r: { unit: "1", default: 0.006, range: [0, 0.1], about: "rate of the adaptation" },
    a: { unit: "1", default: 1, range: [0, 1], about: "cubic term of the potential" },
    b: { unit: "1", default: 3, range: [0, 3], about: "quadratic term of the potential" },
    c: { unit: "1", default: 1, range: [0, 1], about: "constant of the recovery" },
    d: { unit: "1", default: 5, range: [2.5, 7.5], about: "quadratic term of the recovery" },
    s: { unit: "1", default: 4, range: [2, 6], about: "effect of the potential on the adaptation" },
    xo: { unit: "1", default: -1.6, range: [-2.4, -0.8], about: "potential at which the adaptation rests" },
    K11: { unit: "1", default: 0.5, range: [0, 1], about: "coupling within the excitatory population" },
    K12: { unit: "1", default: 0.1, range: [0, 1], about: "coupling of the inhibitory to the excitatory population" },
    K21: { unit: "1", default: 0.15, range: [0, 1], about: "coupling of the excitatory to the inhibitory population" },
    // TVB's range begins at 0, where there is one current and no modes.
    sigma: { unit: "1", default: 0.3, range: [0.01, 1], about: "deviation of the current" },
    mu: { unit: "1", default: 3.3, range: [1.1, 3.3], about: "mean current" },
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
      "eta_# - a * xi_#^3 / size_#^2 + b * xi_#^2 / size_# - tau_# + K11 * (excitation_# - xi_#) - " +
      "K12 * (inhibition_# - xi_#) + drive_# + network + local_xi_#",
    "eta_#": "c * size_# - d * xi_#^2 / size_# - eta_#",
    "tau_#": "r * s * xi_# - r * tau_# - r * s * xo * size_#",
    "alpha_#":
      "beta_# - a * alpha_#^3 / size_#^2 + b * alpha_#^2 / size_# - gamma_# + K21 * (excitation_# - alpha_#) + " +
      "drive_# + network + local_xi_#",
    "beta_#": "c * size_# - d * alpha_#^2 / size_# - beta_#",
    "gamma_#": "r * s * alpha_# - r * gamma_# - r * s * xo * size_#",
  }),
  compat: {
    about:
      "TVB multiplies by the transposed matrix where inhibition reaches the excitatory modes; the modes that give and " +
      "those that receive are exchanged.",
    definitions: perMode({ "inhibition_#": transposedActivity("alpha") }),
  },
  observe: ["xi_0", "xi_1", "xi_2", "eta_0", "eta_1", "eta_2", "tau_0", "tau_1", "tau_2"],
  tvb: { class: "ReducedSetHindmarshRose" },
  claims: [
    // At low current all neurons are silent when they are alike; when they are not, those of high current burst.
    { kind: "stable-fixed-points", with: { mu: 1.1, sigma: 0.05 }, count: 1 },
    { kind: "stable-fixed-points", with: { mu: 1.1 }, count: 0 },
  ],
});

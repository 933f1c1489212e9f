import { model } from "../ir/form.js";

/** Excitatory and inhibitory population with refractoriness: the original rate model. */
export const wilsonCowan = model({
  id: "wilson-cowan",
  about:
    "Shares of active excitatory and inhibitory cells with refractoriness and sigmoid responses. With shift_sigmoid " +
    "the responses are moved down to S(0) = 0, so that rest is a fixed point without input. The network input " +
    "reaches E only, as in TVB. Ranges are wider than TVB's where its own second table of constants (Daffertshofer " +
    "and van Wijk 2011) lies outside them, and leave out the time constant 0.",
  papers: [
    {
      cite: "Wilson, Cowan 1972",
      doi: "10.1016/S0006-3495(72)86068-5",
      gives: "equations of the two populations and the shifted sigmoid",
    },
    { cite: "Daffertshofer, van Wijk 2011", doi: "10.3389/fninf.2011.00006", gives: "the oscillating setting" },
  ],
  time: "ms",
  state: {
    E: { unit: "1", start: [0, 1], about: "share of active excitatory cells" },
    I: { unit: "1", start: [0, 1], about: "share of active inhibitory cells" },
  },
  parameters: {
    c_ee: { unit: "1", default: 12, range: [0, 20], about: "excitation of excitatory cells" },
    c_ei: { unit: "1", default: 4, range: [0, 15], about: "inhibition of excitatory cells" },
    c_ie: { unit: "1", default: 13, range: [0, 22], about: "excitation of inhibitory cells" },
    c_ii: { unit: "1", default: 11, range: [0, 15], about: "inhibition of inhibitory cells" },
    tau_e: { unit: "ms", default: 10, range: [0.1, 150], about: "time constant, excitatory" },
    tau_i: { unit: "ms", default: 10, range: [0.1, 150], about: "time constant, inhibitory" },
    a_e: { unit: "1", default: 1.2, range: [0, 1.4], about: "slope of the response, excitatory" },
    b_e: { unit: "1", default: 2.8, range: [0, 6], about: "place of the steepest response, excitatory" },
    c_e: { unit: "1", default: 1, range: [0, 20], about: "height of the response, excitatory" },
    theta_e: { unit: "1", default: 0, range: [0, 60], about: "threshold, excitatory" },
    a_i: { unit: "1", default: 1, range: [0, 2], about: "slope of the response, inhibitory" },
    b_i: { unit: "1", default: 4, range: [0, 6], about: "place of the steepest response, inhibitory" },
    theta_i: { unit: "1", default: 0, range: [0, 60], about: "threshold, inhibitory" },
    c_i: { unit: "1", default: 1, range: [0, 20], about: "height of the response, inhibitory" },
    r_e: { unit: "1", default: 1, range: [0, 2], about: "refractoriness, excitatory" },
    r_i: { unit: "1", default: 1, range: [0, 2], about: "refractoriness, inhibitory" },
    k_e: { unit: "1", default: 1, range: [0, 2], about: "largest share of active excitatory cells" },
    k_i: { unit: "1", default: 1, range: [0, 2], about: "largest share of active inhibitory cells" },
    P: { unit: "1", default: 0, range: [0, 20], about: "external drive, excitatory" },
    Q: { unit: "1", default: 0, range: [0, 20], about: "external drive, inhibitory" },
    alpha_e: { unit: "1", default: 1, range: [0, 20], about: "scale of the drive, excitatory" },
    alpha_i: { unit: "1", default: 1, range: [0, 20], about: "scale of the drive, inhibitory" },
    shift_sigmoid: { unit: "1", default: 1, range: [0, 1], about: "1: responses shifted to S(0) = 0; 0: not" },
  },
  sends: ["E", "I"],
  inputs: {
    c_E: { unit: "1", about: "network input through E" },
    c_I: { unit: "1", about: "network input through I: unused, as in TVB" },
  },
  // TVB adds both to both populations, also the inhibitory one as excitation.
  local: {
    local_E: { unit: "1", of: "E", about: "input from the neighbourhood through E, to both populations" },
    local_I: { unit: "1", of: "I", about: "input from the neighbourhood through I, to both populations" },
  },
  definitions: {
    drive_e: "alpha_e * (c_ee * E - c_ei * I + P - theta_e + c_E + local_E + local_I)",
    drive_i: "alpha_i * (c_ie * E - c_ii * I + Q - theta_i + local_E + local_I)",
    rest_e: "select(shift_sigmoid != 0, logistic(-a_e * b_e), 0)",
    rest_i: "select(shift_sigmoid != 0, logistic(-a_i * b_i), 0)",
    response_e: "c_e * (logistic(a_e * (drive_e - b_e)) - rest_e)",
    response_i: "c_i * (logistic(a_i * (drive_i - b_i)) - rest_i)",
  },
  equations: {
    E: "(-E + (k_e - r_e * E) * response_e) / tau_e",
    I: "(-I + (k_i - r_i * I) * response_i) / tau_i",
  },
  observe: ["E"],
  tvb: { class: "WilsonCowan" },
  claims: [
    // Wilson and Cowan 1972: hysteresis, and a limit cycle.
    { kind: "stable-fixed-points", with: {}, count: 2 },
    {
      kind: "oscillates",
      with: { c_ee: 16, c_ei: 12, c_ie: 15, c_ii: 3, a_e: 1.3, b_e: 4, a_i: 2, b_i: 3.7, P: 1.25, tau_e: 8, tau_i: 8 },
      hertz: [24.9, 25.1],
      observe: "E",
    },
    // Daffertshofer and van Wijk 2011, in the time constants of TVB.
    {
      kind: "oscillates",
      with: {
        ...{ c_ee: 10, c_ei: 6, c_ie: 10, c_ii: 1, a_e: 1, a_i: 1, b_e: 0, b_i: 0, r_e: 0, r_i: 0 },
        ...{ theta_e: 2, theta_i: 3.5, alpha_e: 1.2, alpha_i: 2, P: 0.5, shift_sigmoid: 0 },
      },
      hertz: [21.1, 21.3],
      observe: "E",
    },
  ],
});

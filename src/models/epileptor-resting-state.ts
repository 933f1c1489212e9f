import { model } from "../ir/form.js";

/** The Epileptor with a third pair of variables for what a region does between seizures. */
export const epileptorRestingState = model({
  id: "epileptor-resting-state",
  about:
    "The Epileptor beside a two-dimensional oscillator near a Hopf bifurcation, (x_rs, y_rs): seizures, and the 10 Hz " +
    "of rest between them, from one region. The two do not act on each other; what is recorded is the mixture " +
    "p * (x2 - x1) + (1 - p) * x_rs, a variable to observe, with p from 0 (rest) to 1 (Epileptor). tt scales the " +
    "Epileptor only. TVB declares s but writes 4 in its equations; here s acts, with default 4. The mixing share p that " +
    "TVB declares acts in none of its equations and is left out.",
  papers: [
    {
      cite: "Courtiol et al. 2020",
      doi: "10.1523/JNEUROSCI.0905-19.2020",
      gives: "the extension by an oscillator of rest, and its constants",
    },
    { cite: "Jirsa et al. 2014", doi: "10.1093/brain/awu133", gives: "the Epileptor's equations and constants" },
  ],
  time: "dimensionless",
  state: {
    x1: { unit: "1", start: [-1.8, -1.4], about: "fast discharges, activator" },
    y1: { unit: "1", start: [-15, -10], about: "fast discharges, inhibitor" },
    z: { unit: "1", start: [3.6, 4], about: "slow permittivity" },
    x2: { unit: "1", start: [-1.1, -0.9], about: "spike-and-wave events, activator" },
    y2: { unit: "1", start: [0.001, 0.01], about: "spike-and-wave events, inhibitor" },
    g: { unit: "1", start: [-1, 1], about: "low-pass filtered x1" },
    x_rs: { unit: "1", start: [-2, 4], about: "rest, activator" },
    y_rs: { unit: "1", start: [-6, 6], about: "rest, inhibitor" },
  },
  parameters: {
    a: { unit: "1", default: 1, range: [0, 5], about: "cubic term of x1" },
    b: { unit: "1", default: 3, range: [0, 10], about: "quadratic term of x1" },
    c: { unit: "1", default: 1, range: [-5, 5], about: "constant of y1" },
    d: { unit: "1", default: 5, range: [0, 10], about: "quadratic term of y1" },
    r: { unit: "1", default: 0.00035, range: [0, 0.001], about: "rate of the permittivity" },
    s: { unit: "1", default: 4, range: [0, 10], about: "influence of x1 on the permittivity" },
    x0: { unit: "1", default: -1.6, range: [-3, -1], about: "epileptogenicity" },
    Iext: { unit: "1", default: 3.1, range: [1.5, 5], about: "current into the first pair" },
    slope: { unit: "1", default: 0, range: [-16, 6], about: "linear term of x1 above 0" },
    Iext2: { unit: "1", default: 0.45, range: [0, 1], about: "current into the second pair" },
    tau: { unit: "1", default: 10, range: [1, 100], about: "time constant of y2" },
    aa: { unit: "1", default: 6, range: [0, 10], about: "slope of y2 above threshold" },
    bb: { unit: "1", default: 2, range: [0, 10], about: "effect of g on the second pair" },
    Kvf: { unit: "1", default: 0, range: [0, 4], about: "network input to x1" },
    Kf: { unit: "1", default: 0, range: [0, 4], about: "network input to x2" },
    Ks: { unit: "1", default: 0, range: [-4, 4], about: "network input to the permittivity" },
    tt: { unit: "1", default: 1, range: [0.001, 10], about: "speed of the Epileptor" },
    tau_rs: { unit: "1", default: 1, range: [1, 5], about: "separation of time scales at rest" },
    I_rs: { unit: "1", default: 0, range: [-5, 5], about: "current into the third pair" },
    a_rs: { unit: "1", default: -2, range: [-5, 5], about: "constant of y_rs" },
    b_rs: { unit: "1", default: -10, range: [-20, 15], about: "effect of x_rs on y_rs" },
    d_rs: { unit: "1", default: 0.02, range: [0.0001, 1], about: "speed of the third pair" },
    e_rs: { unit: "1", default: 3, range: [-5, 5], about: "quadratic term of x_rs" },
    f_rs: { unit: "1", default: 1, range: [-5, 5], about: "cubic term of x_rs" },
    alpha_rs: { unit: "1", default: 1, range: [-5, 5], about: "effect of y_rs on x_rs" },
    beta_rs: { unit: "1", default: 1, range: [-5, 5], about: "decay of y_rs" },
    gamma_rs: { unit: "1", default: 1, range: [-1, 1], about: "scale of current and network input to x_rs" },
    K_rs: { unit: "1", default: 1, range: [0, 10], about: "network input to x_rs" },
  },
  sends: ["x1", "x2", "x_rs"],
  inputs: {
    c_x1: { unit: "1", about: "network input through x1" },
    c_x2: { unit: "1", about: "network input through x2" },
    c_x_rs: { unit: "1", about: "network input through x_rs" },
  },
  local: {
    local_x1: { unit: "1", of: "x1", about: "input from the neighbourhood to x1" },
    local_x_rs: { unit: "1", of: "x_rs", about: "input from the neighbourhood to x_rs" },
  },
  definitions: {
    f1: "select(x1 < 0, b * x1 - a * x1^2, slope - x2 + 0.6 * (z - 4)^2)",
    f2: "select(x2 < -0.25, 0, aa * (x2 + 0.25))",
    h: "s * (x1 - x0) + select(z < 0, -0.1 * z^7, 0)",
    drive: "gamma_rs * I_rs + gamma_rs * K_rs * c_x_rs + local_x_rs",
  },
  equations: {
    x1: "tt * (y1 - z + Iext + local_x1 + Kvf * c_x1 + f1 * x1)",
    y1: "tt * (c - d * x1^2 - y1)",
    z: "tt * (r * (h - z + Ks * c_x1))",
    x2: "tt * (-y2 + x2 - x2^3 + Iext2 + bb * g - 0.3 * (z - 3.5) + Kf * c_x2)",
    y2: "tt * ((f2 - y2) / tau)",
    g: "tt * (-0.01 * (g - 0.1 * x1))",
    x_rs: "d_rs * tau_rs * (alpha_rs * y_rs - f_rs * x_rs^3 + e_rs * x_rs^2 + drive)",
    y_rs: "d_rs * (a_rs + b_rs * x_rs - beta_rs * y_rs) / tau_rs",
  },
  observe: ["x2 - x1", "z", "x_rs"],
  tvb: { class: "EpileptorRestingState" },
  claims: [
    // The Epileptor's own threshold; the oscillator of rest does not act on it.
    { kind: "stable-fixed-points", with: { x0: -2.1 }, count: 1 },
    { kind: "stable-fixed-points", with: { x0: -2 }, count: 0 },
    // Rest: a Hopf bifurcation at a_rs = 1.7402, where x_rs = 1 - sqrt(2/3), at 3 d_rs radians per ms: 9.55 Hz.
    { kind: "stable-fixed-points", with: { x0: -2.5, a_rs: 1.74 }, count: 1 },
    { kind: "stable-fixed-points", with: { x0: -2.5, a_rs: 1.7405 }, count: 0 },
    { kind: "oscillates", with: { x0: -2.5, a_rs: 2 }, hertz: [9.19, 9.23], observe: "x_rs" },
  ],
});

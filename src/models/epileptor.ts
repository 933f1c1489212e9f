import { model } from "../ir/form.js";

/** Seizure-like events: fast discharges, spike-and-wave events, and a slow permittivity that starts and ends them. */
export const epileptor = model({
  id: "epileptor",
  about:
    "Seizures as slow-fast dynamics: (x1, y1) make fast discharges, (x2, y2) spike-and-wave events, g couples the " +
    "two, and the slow permittivity z takes the region into and out of seizures. x0 sets the epileptogenicity; the " +
    "coupling terms Kvf, Ks, Kf expect a difference coupling. The local field potential is x2 - x1. modification = " +
    "1 replaces the linear influence of x1 on z by a sigmoid. TVB declares s but writes 4 in its equations; here s " +
    "acts, with default 4.",
  papers: [
    { cite: "Jirsa et al. 2014", doi: "10.1093/brain/awu133", gives: "equations and constants" },
    {
      cite: "Proix et al. 2014",
      doi: "10.1523/JNEUROSCI.1570-14.2014",
      gives: "permittivity coupling between regions",
    },
  ],
  time: "dimensionless",
  state: {
    x1: { unit: "1", start: [-2, 1], about: "fast discharges, activator" },
    y1: { unit: "1", start: [-20, 2], about: "fast discharges, inhibitor" },
    z: { unit: "1", start: [2, 5], about: "slow permittivity" },
    x2: { unit: "1", start: [-2, 0], about: "spike-and-wave events, activator" },
    y2: { unit: "1", start: [0, 2], about: "spike-and-wave events, inhibitor" },
    g: { unit: "1", start: [-1, 1], about: "low-pass filtered x1" },
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
    tt: { unit: "1", default: 1, range: [0.001, 10], about: "speed of the whole system" },
    modification: { unit: "1", default: 0, range: [0, 1], about: "1: sigmoid influence of x1 on z; 0: linear" },
  },
  sends: ["x1", "x2"],
  inputs: {
    c_x1: { unit: "1", about: "network input through x1" },
    c_x2: { unit: "1", about: "network input through x2" },
  },
  local: { local_x1: { unit: "1", of: "x1", about: "input from the neighbourhood, beside the external current" } },
  definitions: {
    f1: "select(x1 < 0, b * x1 - a * x1^2, slope - x2 + 0.6 * (z - 4)^2)",
    f2: "select(x2 < -0.25, 0, aa * (x2 + 0.25))",
    linear: "s * (x1 - x0) + select(z < 0, -0.1 * z^7, 0)",
    h: "select(modification != 0, x0 + 3 * logistic((x1 + 0.5) / 0.1), linear)",
  },
  equations: {
    x1: "tt * (y1 - z + Iext + local_x1 + Kvf * c_x1 + f1 * x1)",
    y1: "tt * (c - d * x1^2 - y1)",
    z: "tt * (r * (h - z + Ks * c_x1))",
    x2: "tt * (-y2 + x2 - x2^3 + Iext2 + bb * g - 0.3 * (z - 3.5) + Kf * c_x2)",
    y2: "tt * ((f2 - y2) / tau)",
    g: "tt * (-0.01 * (g - 0.1 * x1))",
  },
  observe: ["x2 - x1", "z"],
  tvb: { class: "Epileptor" },
  claims: [
    // Below x0 = -2.05 a region is healthy; above, no state is stable and seizures come and go.
    { kind: "stable-fixed-points", with: { x0: -2.1 }, count: 1 },
    { kind: "stable-fixed-points", with: { x0: -2 }, count: 0 },
    // The permittivity rises once per seizure, every 1,930 units of time.
    { kind: "events", with: {}, observe: "z", above: 3.5, settle: 2000, during: 6000, count: [3, 4] },
    { kind: "events", with: { x0: -2.4 }, observe: "z", above: 3.5, settle: 2000, during: 6000, count: [0, 0] },
    {
      kind: "fixed-point",
      with: { x0: -2.5 },
      at: { x1: -1.69436143435, y1: -13.3543033511, z: 3.22255426258, x2: -0.88312929477, y2: 0, g: -0.169436143435 },
      source: "root found with SciPy on TVB 2.10.0's equations",
    },
  ],
});

import { model } from "../ir/form.js";

/** The Epileptor on its slow time scale: one fast variable and the permittivity. */
export const epileptor2d = model({
  id: "epileptor-2d",
  about:
    "The Epileptor reduced to x1 and the permittivity z by averaging its fast variables: which region is recruited " +
    "and when, without the discharges themselves. As in TVB, also for z below 0 and with the sigmoid influence on " +
    "request. TVB writes 4 for the influence s of x1 on z; so does this model's paper, and so do we.",
  papers: [
    { cite: "Proix et al. 2014", doi: "10.1523/JNEUROSCI.1570-14.2014", gives: "the reduction" },
    { cite: "Jirsa et al. 2014", doi: "10.1093/brain/awu133", gives: "the full system and its constants" },
  ],
  time: "dimensionless",
  state: {
    x1: { unit: "1", start: [-2, 1], about: "fast variable" },
    z: { unit: "1", start: [2, 5], about: "slow permittivity" },
  },
  parameters: {
    a: { unit: "1", default: 1, range: [0, 5], about: "cubic term" },
    b: { unit: "1", default: 3, range: [0, 10], about: "quadratic term of x1 in the full system" },
    c: { unit: "1", default: 1, range: [-5, 5], about: "constant of y1 in the full system" },
    d: { unit: "1", default: 5, range: [0, 10], about: "quadratic term of y1 in the full system" },
    r: { unit: "1", default: 0.00035, range: [0, 0.001], about: "rate of the permittivity" },
    x0: { unit: "1", default: -1.6, range: [-3, -1], about: "epileptogenicity" },
    Iext: { unit: "1", default: 3.1, range: [1.5, 5], about: "external current" },
    slope: { unit: "1", default: 0, range: [-16, 6], about: "linear term above 0" },
    Kvf: { unit: "1", default: 0, range: [0, 4], about: "network input to x1" },
    Ks: { unit: "1", default: 0, range: [-4, 4], about: "network input to the permittivity" },
    tt: { unit: "1", default: 1, range: [0.001, 1], about: "speed of the whole system" },
    modification: { unit: "1", default: 0, range: [0, 1], about: "1: sigmoid influence of x1 on z; 0: linear" },
  },
  sends: ["x1"],
  inputs: { c_x1: { unit: "1", about: "network input" } },
  local: { local_x1: { unit: "1", of: "x1", about: "input from the neighbourhood, beside the external current" } },
  definitions: {
    f1: "select(x1 < 0, a * x1^2 + (d - b) * x1, -slope - 0.6 * (z - 4)^2 + d * x1)",
    linear: "4 * (x1 - x0) + select(z < 0, -0.1 * z^7, 0)",
    h: "select(modification != 0, x0 + 3 * logistic((x1 + 0.5) / 0.1), linear)",
  },
  equations: {
    x1: "tt * (c - z + Iext + local_x1 + Kvf * c_x1 - f1 * x1)",
    z: "tt * (r * (h - z + Ks * c_x1))",
  },
  observe: ["x1"],
  tvb: { class: "Epileptor2D" },
  claims: [
    // Below x0 = -2.05 a region is healthy; above, seizures come and go.
    { kind: "stable-fixed-points", with: { x0: -2.1 }, count: 1 },
    { kind: "stable-fixed-points", with: { x0: -2 }, count: 0 },
    { kind: "events", with: {}, observe: "x1", above: 0, settle: 2000, during: 6000, count: [3, 4] },
    { kind: "events", with: { x0: -2.4 }, observe: "x1", above: 0, settle: 2000, during: 6000, count: [0, 0] },
    {
      kind: "fixed-point",
      with: { x0: -2.5 },
      at: { x1: -1.69436143435, z: 3.22255426258 },
      source: "root found with SciPy on TVB 2.10.0's equations",
    },
    { kind: "oscillates", with: {}, hertz: [0.575, 0.587], observe: "z" },
  ],
});

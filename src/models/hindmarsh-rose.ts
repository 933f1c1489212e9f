import { model } from "../ir/form.js";

/** Bursting neuron of three equations. */
export const hindmarshRose = model({
  id: "hindmarsh-rose",
  about:
    "A bursting neuron of three equations: fast x (potential) and y (recovery), and a slow adaptation z that ends " +
    "bursts. It rests at I = 1, bursts at I = 2 and fires without pause at I = 4. One unit of time is " +
    "some tenths of a millisecond of a real neuron; a step of 1 ms counts as one.",
  papers: [
    { cite: "Hindmarsh, Rose 1984", doi: "10.1098/rspb.1984.0024", gives: "equations and constants, s = 4, r = 0.001" },
  ],
  time: "dimensionless",
  state: {
    x: { unit: "1", start: [-2, 2], about: "membrane potential" },
    y: { unit: "1", start: [-10, 1], about: "fast recovery" },
    z: { unit: "1", start: [1, 3], about: "slow adaptation" },
  },
  parameters: {
    a: { unit: "1", default: 1, range: [0, 5], about: "cubic term of x" },
    b: { unit: "1", default: 3, range: [0, 5], about: "quadratic term of x" },
    c: { unit: "1", default: 1, range: [-5, 5], about: "constant of y" },
    d: { unit: "1", default: 5, range: [0, 10], about: "quadratic term of y" },
    r: { unit: "1", default: 0.001, range: [0, 0.1], about: "rate of the adaptation" },
    s: { unit: "1", default: 4, range: [0, 10], about: "influence of x on the adaptation" },
    x_1: { unit: "1", default: -1.6, range: [-3, 1], about: "potential at which the adaptation turns" },
    I: { unit: "1", default: 2, range: [-5, 10], about: "current" },
  },
  sends: ["x"],
  inputs: { c_x: { unit: "1", about: "network input, a current" } },
  equations: {
    x: "y - a * x^3 + b * x^2 + I - z + c_x",
    y: "c - d * x^2 - y",
    z: "r * (s * (x - x_1) - z)",
  },
  observe: ["x", "z"],
  claims: [
    { kind: "stable-fixed-points", with: { I: 1 }, count: 1 },
    { kind: "stable-fixed-points", with: { I: 2 }, count: 0 },
    { kind: "stable-fixed-points", with: { I: 4 }, count: 0 },
    // Bursts: some ten spikes, then a rest; five bursts in 2,200.
    {
      kind: "events",
      with: {},
      observe: "x",
      above: 1,
      settle: 2000,
      during: 2200,
      count: [30, 60],
    },
    { kind: "events", with: { I: 1 }, observe: "x", above: 1, settle: 4000, during: 2000, count: [0, 0] },
    // Faster adaptation, which settles within the test; at r = 0.001 see test/models/motions.test.ts.
    { kind: "oscillates", with: { I: 4, r: 0.05 }, hertz: [40, 60], observe: "x" },
  ],
});

import { model } from "../ir/form.js";

/** Leaky integration of input and noise towards a mean: the linear model of fluctuations. */
export const ornsteinUhlenbeck = model({
  id: "ornstein-uhlenbeck",
  about:
    "Ornstein-Uhlenbeck process: with white noise of D on x, a Gaussian process of mean mu, variance D tau and " +
    "autocorrelation exp(-lag / tau); on a network, the linear model whose covariance is known in closed form. " +
    "Without noise it relaxes to mu.",
  papers: [
    { cite: "Uhlenbeck, Ornstein 1930", doi: "10.1103/PhysRev.36.823", gives: "process, variance, autocorrelation" },
    { cite: "Galán 2008", doi: "10.1371/journal.pone.0002148", gives: "the process on a connectome" },
  ],
  time: "ms",
  state: { x: { unit: "1", start: [-1, 1], about: "activity" } },
  parameters: {
    mu: { unit: "1", default: 0, range: [-100, 100], about: "mean" },
    tau: { unit: "ms", default: 20, range: [0.1, 10000], about: "time constant" },
  },
  sends: ["x"],
  inputs: { c: { unit: "1/ms", about: "network input" } },
  equations: { x: "(mu - x) / tau + c" },
  observe: ["x"],
  claims: [
    { kind: "fixed-point", with: { mu: 2 }, at: { x: 2 }, source: "closed form" },
    { kind: "stable-fixed-points", with: {}, count: 1 },
  ],
});

import { model } from "../ir/form.js";

/** Normal form of a supercritical Hopf bifurcation. */
export const supHopf = model({
  id: "sup-hopf",
  about:
    "Normal form of a supercritical Hopf bifurcation: noise-driven damped oscillation for a < 0, limit cycle of " +
    "radius sqrt(a) for a > 0, both at angular frequency omega; near a = 0 a common model of BOLD fluctuations " +
    "(then one unit of time is one second).",
  papers: [
    {
      cite: "Deco, Kringelbach, Jirsa, Ritter 2017",
      doi: "10.1038/s41598-017-03073-5",
      gives: "the network model and its working point",
    },
  ],
  time: "dimensionless",
  state: {
    x: { unit: "1", start: [-5, 5], about: "real part" },
    y: { unit: "1", start: [-5, 5], about: "imaginary part" },
  },
  parameters: {
    a: { unit: "1", default: -0.5, range: [-10, 10], about: "bifurcation parameter" },
    omega: { unit: "1", default: 1, range: [0.05, 630], about: "angular frequency" },
  },
  sends: ["x", "y"],
  inputs: {
    c_x: { unit: "1", about: "network input to x" },
    c_y: { unit: "1", about: "network input to y" },
  },
  local: { local_x: { unit: "1", of: "x", about: "input from the neighbourhood, to x only" } },
  equations: {
    x: "(a - x^2 - y^2) * x - omega * y + c_x + local_x",
    y: "(a - x^2 - y^2) * y + omega * x + c_y",
  },
  observe: ["x"],
  tvb: { class: "SupHopf" },
  claims: [
    { kind: "fixed-point", with: {}, at: { x: 0, y: 0 }, source: "normal form, a < 0" },
    { kind: "stable-fixed-points", with: { a: 1 }, count: 0 },
    {
      kind: "hopf",
      with: { omega: 0.06283185307179587 },
      parameter: "a",
      between: [-1e-6, 1e-6],
      hertz: [9.99, 10.01],
      source: "normal form: at a = 0, omega / (2 pi)",
    },
    { kind: "oscillates", with: { a: 1, omega: 0.06283185307179587 }, hertz: [9.99, 10.01], observe: "x" },
  ],
});

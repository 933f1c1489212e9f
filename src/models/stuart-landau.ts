import { model } from "../ir/form.js";

/** Stuart-Landau oscillator in real time, with the bifurcation parameter and the frequency of each region. */
export const stuartLandau = model({
  id: "stuart-landau",
  about:
    "Normal form of a supercritical Hopf bifurcation in real time: damped oscillation of f Hz for a < 0, limit cycle " +
    "of radius sqrt(a / b) for a > 0. Whole-brain models of fMRI give every region its own f (the peak of its BOLD " +
    "spectrum, 0.04 to 0.07 Hz) and its own a near 0; x then stands for the BOLD signal. Everything is per second as " +
    "in the paper; rate tells how many of these seconds pass in a millisecond. The paper couples by differences.",
  papers: [
    {
      cite: "Deco, Kringelbach, Jirsa, Ritter 2017",
      doi: "10.1038/s41598-017-03073-5",
      gives: "equations, regional a and f, working point a = -0.02",
    },
  ],
  time: "ms",
  state: {
    x: { unit: "1", start: [-1, 1], about: "real part" },
    y: { unit: "1", start: [-1, 1], about: "imaginary part" },
  },
  parameters: {
    a: {
      unit: "1/s",
      default: -0.02,
      range: [-20, 20],
      about: "bifurcation parameter: growth rate of small amplitudes",
    },
    b: { unit: "1/s", default: 1, range: [0.001, 100], about: "cubic damping" },
    f: { unit: "1/s", default: 0.05, range: [0.001, 200], about: "frequency" },
    rate: { unit: "s/ms", default: 0.001, range: [0.0001, 0.01], about: "pace of time; 0.001 is real time" },
  },
  sends: ["x", "y"],
  inputs: {
    c_x: { unit: "1/s", about: "network input to x" },
    c_y: { unit: "1/s", about: "network input to y" },
  },
  definitions: { growth: "a - b * (x^2 + y^2)", omega: "2 * pi * f" },
  equations: {
    x: "rate * (growth * x - omega * y + c_x)",
    y: "rate * (growth * y + omega * x + c_y)",
  },
  observe: ["x"],
  claims: [
    { kind: "fixed-point", with: { a: -5 }, at: { x: 0, y: 0 }, source: "normal form, a < 0" },
    { kind: "stable-fixed-points", with: {}, count: 1 },
    { kind: "stable-fixed-points", with: { a: 1 }, count: 0 },
    {
      kind: "hopf",
      with: { f: 10 },
      parameter: "a",
      between: [-0.1, 0.1],
      hertz: [9.999, 10.001],
      source: "closed form",
    },
    { kind: "oscillates", with: { a: 5, f: 10 }, hertz: [9.99, 10.01], observe: "x" },
  ],
});

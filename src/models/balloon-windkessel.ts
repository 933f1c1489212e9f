import { model } from "../ir/form.js";

/** From activity to blood: signal, inflow, volume and deoxyhaemoglobin of a voxel. */
export const balloonWindkessel = model({
  id: "balloon-windkessel",
  about:
    "Haemodynamics of a voxel as a model of its own: neuronal activity (z, or the network input) raises a vasodilatory " +
    "signal, that the inflow, that the volume of the veins, and this dilutes deoxyhaemoglobin. The first observed " +
    "expression is the BOLD signal as a share of the resting one, with the constants of the paper (V0 = 0.02, k1 = 7 " +
    "rho = 2.38, k2 = 2, k3 = 2 rho - 0.2 = 0.48 at rho = 0.34). Everything is per second as in the paper; rate tells " +
    "how many of these seconds pass in a millisecond. To turn a simulation into BOLD use the BOLD monitor instead.",
  papers: [
    {
      cite: "Friston, Harrison, Penny 2003",
      doi: "10.1016/S1053-8119(03)00202-7",
      gives: "equations, BOLD signal and constants",
    },
    { cite: "Buxton, Wong, Frank 1998", doi: "10.1002/mrm.1910390602", gives: "the balloon" },
  ],
  time: "ms",
  state: {
    s: { unit: "1/s", start: [-0.1, 0.1], about: "vasodilatory signal" },
    f: { unit: "1", start: [0.9, 1.1], atLeast: 0.01, about: "blood inflow over that at rest" },
    v: { unit: "1", start: [0.9, 1.1], atLeast: 0.01, about: "blood volume over that at rest" },
    q: { unit: "1", start: [0.9, 1.1], about: "deoxyhaemoglobin over that at rest" },
  },
  parameters: {
    epsilon: { unit: "1/s^2", default: 1, range: [0, 10], about: "efficacy of activity" },
    kappa: { unit: "1/s", default: 0.65, range: [0.1, 2], about: "decay rate of the signal" },
    gamma: { unit: "1/s^2", default: 0.41, range: [0.1, 2], about: "rate of the feedback of inflow" },
    tau: { unit: "s", default: 0.98, range: [0.1, 5], about: "mean transit time of blood" },
    alpha: { unit: "1", default: 0.32, range: [0.1, 1], about: "stiffness of the veins (Grubb's exponent)" },
    rho: { unit: "1", default: 0.34, range: [0.1, 0.9], about: "oxygen extraction at rest" },
    z: { unit: "1", default: 0, range: [-1, 10], about: "activity of the voxel itself" },
    rate: { unit: "s/ms", default: 0.001, range: [0.0001, 0.01], about: "pace of time; 0.001 is real time" },
  },
  sends: ["f - 1"],
  inputs: { c_z: { unit: "1", about: "activity arriving from the network" } },
  definitions: {
    outflow: "v^(1 / alpha)",
    extraction: "1 - (1 - rho)^(1 / f)",
  },
  equations: {
    s: "rate * (epsilon * (z + c_z) - kappa * s - gamma * (f - 1))",
    f: "rate * s",
    v: "rate * (f - outflow) / tau",
    q: "rate * (f * extraction / rho - outflow * q / v) / tau",
  },
  observe: ["0.02 * (2.38 * (1 - q) + 2 * (1 - q / v) + 0.48 * (1 - v))", "f", "v", "q"],
  claims: [
    { kind: "fixed-point", with: {}, at: { s: 0, f: 1, v: 1, q: 1 }, source: "rest by definition" },
    {
      // f = 1 + epsilon z / gamma, v = f^alpha, q = v E(f) / rho.
      kind: "fixed-point",
      with: { z: 0.41 },
      at: { s: 0, f: 2, v: 1.2483305489016119, q: 0.6887706376644515 },
      source: "closed form",
    },
  ],
});

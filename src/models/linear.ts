import { model } from "../ir/form.js";

/** A damped variable: the model whose network behaviour is known in closed form. */
export const linear = model({
  id: "linear",
  about:
    "A variable that decays at the rate -gamma and is driven by the network: an Ornstein-Uhlenbeck process with " +
    "noise. Covariances and stability are known in closed form, so it serves as a check and as a null model. The " +
    "network is stable while -gamma exceeds the largest eigenvalue of the scaled weights.",
  papers: [],
  time: "ms",
  state: { x: { unit: "1", start: [-1, 1], about: "activity" } },
  parameters: { gamma: { unit: "1/ms", default: -10, range: [-100, 0], about: "damping, negative" } },
  sends: ["x"],
  inputs: { c_x: { unit: "1/ms", about: "network input" } },
  local: { local_x: { unit: "1/ms", of: "x", about: "input from the neighbourhood" } },
  equations: { x: "gamma * x + c_x + local_x" },
  observe: ["x"],
  tvb: { class: "Linear" },
  claims: [{ kind: "fixed-point", with: {}, at: { x: 0 }, source: "x(t) = x(0) exp(gamma t)" }],
});

import { model } from "../ir/form.js";

/** One phase per region. */
export const kuramoto = model({
  id: "kuramoto",
  about:
    "Each region is the phase of an oscillation at its own pace; what the others do to it is the business of the " +
    "coupling (the kuramoto coupling gives the model its name). The phase is not wrapped. The default omega, TVB's, " +
    "is 1 rad/ms or 159 Hz; 0.251 rad/ms is 40 Hz.",
  papers: [
    { cite: "Kuramoto 1975", doi: "10.1007/BFb0013365", gives: "the model" },
    {
      cite: "Cabral et al. 2011",
      doi: "10.1016/j.neuroimage.2011.04.010",
      gives: "its use on a connectome with delays",
    },
  ],
  time: "ms",
  state: { theta: { unit: "rad", start: [0, 6.283185307179586], about: "phase" } },
  parameters: {
    omega: { unit: "rad/ms", default: 1, range: [0.01, 200], about: "angular frequency" },
  },
  sends: ["theta"],
  inputs: { c_theta: { unit: "rad/ms", about: "network input" } },
  local: {
    local_sin: { unit: "rad/ms", of: "sin(theta)", about: "from the neighbourhood: weighted sum of sines" },
    local_cos: { unit: "rad/ms", of: "cos(theta)", about: "from the neighbourhood: weighted sum of cosines" },
    local_theta: { unit: "rad", of: "theta", about: "from the neighbourhood: weighted sum of phases, for TVB's form" },
  },
  // The neighbourhood's sum of sin(theta_j - theta).
  definitions: { neighbourhood: "local_sin * cos(theta) - local_cos * sin(theta)" },
  equations: { theta: "omega + c_theta + neighbourhood" },
  compat: {
    definitions: { neighbourhood: "sin(local_theta)" },
    about:
      "The local input is the sine of the weighted sum of phases, which depends on how often each phase has gone round; " +
      "ours is the weighted sum of the sines of phase differences.",
  },
  observe: ["theta"],
  tvb: { class: "Kuramoto" },
  claims: [{ kind: "oscillates", with: { omega: 0.06283185307179587 }, hertz: [9.99, 10.01], observe: "sin(theta)" }],
});

import { stimulus } from "../ir/form.js";

export const alpha = stimulus({
  id: "alpha",
  about: "A response that rises and falls with two rates, as a synapse's; its integral is 1.",
  papers: [],
  uses: ["time"],
  parameters: {
    onset: { unit: "x", default: 0.5, range: [-1e12, 1e12], about: "when it begins" },
    alpha: { unit: "1/x", default: 13, range: [1e-9, 1e9], about: "first rate, per ms" },
    beta: { unit: "1/x", default: 42, range: [1e-9, 1e9], about: "second rate, per ms; not the first" },
  },
  equation:
    "select(x > onset, alpha * beta / (beta - alpha) * (exp(-alpha * (x - onset)) - exp(-beta * (x - onset))), 0)",
  tvb: { class: "Alpha" },
});

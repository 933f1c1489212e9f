import { coupling } from "../ir/form.js";

export const difference = coupling({
  id: "difference",
  about:
    "Weighted sum of the differences source minus target, a diffusion along the connections. With delays the source is " +
    "delayed and the target is not.",
  papers: [],
  parameters: { a: { unit: "1", default: 0.1, range: [0, 10], about: "global coupling strength" } },
  combines: 1,
  sends: ["x"],
  receives: "a * (S - W * x)",
  tvb: { class: "Difference" },
});

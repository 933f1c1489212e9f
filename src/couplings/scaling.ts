import { coupling } from "../ir/form.js";

export const scaling = coupling({
  id: "scaling",
  about: "Weighted sum of what the sources send, scaled by a.",
  papers: [],
  parameters: { a: { unit: "1", default: 0.00390625, range: [0, 1], about: "global coupling strength" } },
  combines: 1,
  sends: ["x"],
  receives: "a * S",
  tvb: { class: "Scaling" },
});

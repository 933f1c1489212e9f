import { scheme } from "../ir/form.js";

export const identity = scheme({
  id: "identity",
  about:
    "The equations give the next state itself, not its derivative: for maps and networks of automata. The step's length is only the name of a step.",
  papers: [],
  steps: ["x = f(x, t)"],
  map: true,
  order: 0,
  delayOrder: 0,
  tvb: { class: "Identity" },
});

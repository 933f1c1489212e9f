import { monitor } from "../ir/form.js";

export const afferentCoupling = monitor({
  id: "afferent-coupling",
  about: "What every region gets from the network, at the start of every step.",
  time: "step",
  space: "regions",
  of: "inputs",
  tvb: { class: "AfferentCoupling" },
});

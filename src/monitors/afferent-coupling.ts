import { monitor } from "../ir/form.js";

export const afferentCoupling = monitor({
  id: "afferent-coupling",
  about: "What every region gets from the network, after every step.",
  time: "step",
  space: "regions",
  of: "inputs",
  tvb: { class: "AfferentCoupling" },
});

import { monitor } from "../ir/form.js";

export const afferentCouplingAverage = monitor({
  id: "afferent-coupling-average",
  about: "What every region gets from the network, mean over all steps of each period.",
  time: "mean",
  space: "regions",
  of: "inputs",
  tvb: { class: "AfferentCouplingTemporalAverage" },
});

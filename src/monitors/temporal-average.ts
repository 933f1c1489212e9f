import { monitor } from "../ir/form.js";

export const temporalAverage = monitor({
  id: "temporal-average",
  about: "Every region, mean over all steps of each period: a simple guard against folding back.",
  time: "mean",
  space: "regions",
  tvb: { class: "TemporalAverage" },
});

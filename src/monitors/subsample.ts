import { monitor } from "../ir/form.js";

export const subsample = monitor({
  id: "subsample",
  about:
    "Every region at the end of each period, without a filter: what is faster than half the period's rate folds back.",
  time: "sample",
  space: "regions",
  tvb: { class: "SubSample" },
});

import { monitor } from "../ir/form.js";

export const globalAverage = monitor({
  id: "global-average",
  about: "Mean over all regions, each counted alike, at the end of each period.",
  time: "sample",
  space: "all",
  tvb: { class: "GlobalAverage" },
});

import { monitor } from "../ir/form.js";

export const spatialAverage = monitor({
  id: "spatial-average",
  about: "Mean over each group of regions, at the end of each period. The groups are given, never guessed.",
  time: "sample",
  space: "groups",
  tvb: { class: "SpatialAverage" },
});

import { monitor } from "../ir/form.js";

export const meg = monitor({
  id: "meg",
  about: "MEG: regions seen through the lead field of magnetometers or gradiometers, mean over each period.",
  time: "mean",
  space: "sensors",
  tvb: { class: "MEG" },
});

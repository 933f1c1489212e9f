import { monitor } from "../ir/form.js";

export const raw = monitor({
  id: "raw",
  about: "Every region at every step: all that is observed, without loss.",
  time: "step",
  space: "regions",
  tvb: { class: "Raw" },
});

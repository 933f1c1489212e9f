import { monitor } from "../ir/form.js";

export const bold = monitor({
  id: "bold",
  about:
    "The signal of functional MRI at each repetition time: activity convolved with a haemodynamic response (hrf), or driving " +
    "a balloon model (hrf: balloon-windkessel).",
  time: "sample",
  space: "regions",
  tvb: { class: "Bold" },
});

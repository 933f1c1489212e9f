import { monitor } from "../ir/form.js";

export const seeg = monitor({
  id: "seeg",
  about: "Contacts inside the brain (stereotactic EEG): regions seen through a lead field, mean over each period.",
  time: "mean",
  space: "sensors",
  tvb: { class: "iEEG" },
});

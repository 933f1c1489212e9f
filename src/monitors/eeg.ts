import { monitor } from "../ir/form.js";

export const eeg = monitor({
  id: "eeg",
  about:
    "Scalp EEG: regions seen through a lead field, against a reference electrode or the average, mean over each period.",
  time: "mean",
  space: "sensors",
  tvb: { class: "EEG" },
});

import { stimulus } from "../ir/form.js";

export const tacs = stimulus({
  id: "tacs",
  about: "Transcranial alternating current: a sine wave under a ramp up and down.",
  papers: [
    {
      cite: "Antal et al. 2008",
      doi: "10.1016/j.brs.2007.10.007",
      gives: "transcranial alternating current stimulation",
    },
  ],
  uses: ["time"],
  parameters: {
    amp: { unit: "1", default: 1, range: [-1e12, 1e12], about: "amplitude at the plateau" },
    frequency: { unit: "1/x", default: 0.01, range: [0, 1e6], about: "cycles per ms: 0.01 is 10 Hz" },
    onset: { unit: "x", default: 0, range: [-1e12, 1e12], about: "start of the rise" },
    ramp: { unit: "x", default: 8000, range: [1e-9, 1e12], about: "length of the rise, and of the fall" },
    length: {
      unit: "x",
      default: 600000,
      range: [1e-9, 1e12],
      about: "from the start of the rise to the end of the fall",
    },
  },
  equation:
    "amp * sin(2 * pi * frequency * (x - onset)) * max(0, min(1, min((x - onset) / ramp, (onset + length - x) / ramp)))",
});

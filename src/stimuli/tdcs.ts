import { stimulus } from "../ir/form.js";

export const tdcs = stimulus({
  id: "tdcs",
  about:
    "Transcranial direct current: ramps up, stays, ramps down. The amplitude is what the current does to the target, in the target's own unit.",
  papers: [
    {
      cite: "Nitsche, Paulus 2000",
      doi: "10.1111/j.1469-7793.2000.t01-1-00633.x",
      gives: "weak direct current through the skull",
    },
  ],
  uses: ["time"],
  parameters: {
    amp: { unit: "1", default: 1, range: [-1e12, 1e12], about: "plateau" },
    onset: { unit: "x", default: 0, range: [-1e12, 1e12], about: "start of the rise" },
    ramp: { unit: "x", default: 8000, range: [1e-9, 1e12], about: "length of the rise, and of the fall" },
    length: {
      unit: "x",
      default: 600000,
      range: [1e-9, 1e12],
      about: "from the start of the rise to the end of the fall",
    },
  },
  equation: "amp * max(0, min(1, min((x - onset) / ramp, (onset + length - x) / ramp)))",
  shortest: ["ramp"],
});

import { stimulus } from "../ir/form.js";

export const dbs = stimulus({
  id: "dbs",
  about:
    "Deep brain stimulation: charge-balanced pulses at a high rate, each followed by a longer, weaker one of the other sign.",
  papers: [
    {
      cite: "Kuncel, Grill 2004",
      doi: "10.1016/j.clinph.2004.05.031",
      gives: "rates, widths and charge balance of stimulation pulses",
    },
  ],
  uses: ["time"],
  parameters: {
    amp: { unit: "1", default: 1, range: [-1e12, 1e12], about: "height of the first phase" },
    onset: { unit: "x", default: 0, range: [-1e12, 1e12], about: "first pulse" },
    rate: { unit: "1/x", default: 0.13, range: [1e-9, 10], about: "pulses per ms: 0.13 is 130 Hz" },
    width: { unit: "x", default: 0.06, range: [1e-9, 1e6], about: "length of the first phase" },
    ratio: { unit: "1", default: 10, range: [1, 1e6], about: "how much longer, and weaker, the second phase is" },
    length: { unit: "x", default: 1e12, range: [1e-9, 1e12], about: "of the whole stimulation" },
  },
  equation:
    "select(x >= onset and x < onset + length, amp * (select((x - onset) - floor((x - onset) * rate + 1e-9) / rate < width * (1 - 1e-9), 1, 0) - select((x - onset) - floor((x - onset) * rate + 1e-9) / rate >= width * (1 - 1e-9) and (x - onset) - floor((x - onset) * rate + 1e-9) / rate < width * (1 + ratio) * (1 - 1e-9), 1 / ratio, 0)), 0)",
  shortest: ["width"],
});

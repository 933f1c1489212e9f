import { scheme } from "../ir/form.js";

export const rushLarsen = scheme({
  id: "rush-larsen",
  about:
    "Second order in the manner of Rush and Larsen: the exponential step, taken about the state in the middle of the step. Its middle stage sees delayed inputs interpolated linearly.",
  papers: [
    { cite: "Rush, Larsen 1978", doi: "10.1109/TBME.1978.326270", gives: "the scheme of first order" },
    {
      cite: "Sundnes, Artebrant, Skavhaug, Tveito 2009",
      doi: "10.1109/TBME.2009.2014739",
      gives: "the extension to second order",
    },
  ],
  steps: [
    "y = x + dt / 2 * phi1(dt / 2 * diagonal(x, t)) * f(x, t)",
    "a = diagonal(y, t + dt / 2)",
    "x = x + dt * phi1(dt * a) * (f(y, t + dt / 2) + a * (x - y))",
  ],
  order: 2,
  delayOrder: 2,
});

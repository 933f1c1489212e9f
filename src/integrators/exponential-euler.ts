import { scheme } from "../ir/form.js";

export const exponentialEuler = scheme({
  id: "exponential-euler",
  about:
    "Solves each variable's equation as if it were linear in the variable, with all else held over the step. For models whose variables relax fast one by one, such as gates of ion channels; stable where Euler's step is not.",
  papers: [{ cite: "Rush, Larsen 1978", doi: "10.1109/TBME.1978.326270", gives: "the scheme for gating variables" }],
  steps: ["x = x + dt * phi1(dt * diagonal(x, t)) * f(x, t)"],
  order: 1,
  delayOrder: 1,
});

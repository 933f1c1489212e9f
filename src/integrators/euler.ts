import { scheme } from "../ir/form.js";

export const euler = scheme({
  id: "euler",
  about: "One evaluation per step. Cheap and of first order: a reference for others, seldom the right choice.",
  papers: [
    { cite: "Hairer, Nørsett, Wanner 1993", doi: "10.1007/978-3-540-78862-1", gives: "the scheme and its order" },
  ],
  steps: ["k1 = f(x, t)", "x = x + dt * k1"],
  order: 1,
  delayOrder: 1,
  tvb: { class: "EulerDeterministic" },
});

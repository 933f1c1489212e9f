import { balloonPreset, classicalCoefficients } from "./declare.js";

export const deco2014 = balloonPreset({
  id: "deco-2014",
  about:
    "Whole-brain models of Deco and colleagues: 0.65 and 0.41 are taken as times, so that kappa = 1 / 0.65 and gamma = 1 / 0.41; " +
    "else Friston 2003.",
  papers: [
    { cite: "Deco et al. 2014", doi: "10.1523/JNEUROSCI.5068-13.2014", gives: "times and coefficients" },
    { cite: "Friston, Harrison, Penny 2003", doi: "10.1016/S1053-8119(03)00202-7", gives: "equations" },
  ],
  values: {
    ...{ epsilon: 1, kappa: 1 / 0.65, gamma: 1 / 0.41, tau: 0.98, alpha: 0.32, rho: 0.34, V0: 0.02 },
    ...classicalCoefficients(0.34),
  },
});

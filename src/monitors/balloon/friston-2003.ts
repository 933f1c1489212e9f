import { balloonPreset, classicalCoefficients } from "./declare.js";

export const friston2003 = balloonPreset({
  id: "friston-2003",
  about: "Constants of dynamic causal modelling as first published, 1.5 T: the means of its priors.",
  papers: [{ cite: "Friston, Harrison, Penny 2003", doi: "10.1016/S1053-8119(03)00202-7", gives: "all values" }],
  values: {
    ...{ epsilon: 1, kappa: 0.65, gamma: 0.41, tau: 0.98, alpha: 0.32, rho: 0.34, V0: 0.02 },
    ...classicalCoefficients(0.34),
  },
});

import { balloonPreset, revisedCoefficients } from "./declare.js";

export const heinzle2016At7T = balloonPreset({
  id: "heinzle-2016-7t",
  about:
    "Coefficients for 7 T, echo time 25 ms: nu0 = 28.265 1/s for each tesla, r0 = 325 1/s, r = 0.026; the state equations keep the constants " +
    "of Friston 2003.",
  papers: [
    { cite: "Heinzle et al. 2016", doi: "10.1016/j.neuroimage.2015.10.025", gives: "coefficients by field strength" },
    { cite: "Friston, Harrison, Penny 2003", doi: "10.1016/S1053-8119(03)00202-7", gives: "state equations" },
  ],
  values: {
    ...{ epsilon: 1, kappa: 0.65, gamma: 0.41, tau: 0.98, alpha: 0.32, rho: 0.34, V0: 0.02 },
    ...revisedCoefficients(0.34, { nu0: 28.265 * 7, r0: 325, ratio: 0.026, TE: 0.025 }),
  },
});

import { balloonPreset, revisedCoefficients } from "./declare.js";

export const stephan2007 = balloonPreset({
  id: "stephan-2007",
  about:
    "Revised coefficients of the signal, 1.5 T, echo time 40 ms: k1 = 4.3 nu0 rho TE, k2 = r r0 rho TE, k3 = 1 - r, with nu0 = 40.3 " +
    "1/s, r0 = 25 1/s, r = 1; the state equations keep the constants of Friston 2003.",
  papers: [
    { cite: "Stephan et al. 2007", doi: "10.1016/j.neuroimage.2007.07.040", gives: "coefficients (eq. 12)" },
    { cite: "Friston, Harrison, Penny 2003", doi: "10.1016/S1053-8119(03)00202-7", gives: "state equations" },
  ],
  values: {
    ...{ epsilon: 1, kappa: 0.65, gamma: 0.41, tau: 0.98, alpha: 0.32, rho: 0.34, V0: 0.04 },
    ...revisedCoefficients(0.34, { nu0: 40.3, r0: 25, ratio: 1, TE: 0.04 }),
  },
});

import { balloonPreset, revisedCoefficients } from "./declare.js";

export const tvb = balloonPreset({
  id: "tvb",
  about:
    "Defaults of the balloon model among The Virtual Brain's analysers: revised coefficients with r = 0.5; the signal is in percent.",
  papers: [
    { cite: "Stephan et al. 2007", doi: "10.1016/j.neuroimage.2007.07.040", gives: "equations and coefficients" },
  ],
  values: {
    ...{ epsilon: 1, kappa: 1 / 1.54, gamma: 1 / 1.44, tau: 0.98, alpha: 0.32, rho: 0.4, V0: 4 },
    ...revisedCoefficients(0.4, { nu0: 40.3, r0: 25, ratio: 0.5, TE: 0.04 }),
  },
});

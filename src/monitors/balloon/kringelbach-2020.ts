import { balloonPreset, revisedCoefficients } from "./declare.js";

export const kringelbach2020 = balloonPreset({
  id: "kringelbach-2020",
  about:
    "Later whole-brain models of Deco and colleagues: the times of deco-2014 with revised coefficients, rho = 0.4, r = 1, 4 percent of blood.",
  papers: [
    { cite: "Kringelbach et al. 2020", doi: "10.1073/pnas.1921475117", gives: "values, in its published program" },
    { cite: "Stephan et al. 2007", doi: "10.1016/j.neuroimage.2007.07.040", gives: "coefficients" },
  ],
  values: {
    ...{ epsilon: 1, kappa: 1 / 0.65, gamma: 1 / 0.41, tau: 0.98, alpha: 0.32, rho: 0.4, V0: 0.04 },
    ...revisedCoefficients(0.4, { nu0: 40.3, r0: 25, ratio: 1, TE: 0.04 }),
    // The program has k3 = 1, not 1 - r.
    k3: 1,
  },
});

import { balloonPreset, revisedCoefficients } from "./declare.js";

export const heinzle2016At3T = balloonPreset({
  id: "heinzle-2016-3t",
  about:
    "Coefficients for 3 T, echo time 30 ms: nu0 = 28.265 1/s for each tesla, r0 = 110 1/s, r = 0.47; the state equations keep the constants " +
    "of Friston 2003.",
  papers: [
    { cite: "Heinzle et al. 2016", doi: "10.1016/j.neuroimage.2015.10.025", gives: "coefficients by field strength" },
    { cite: "Friston, Harrison, Penny 2003", doi: "10.1016/S1053-8119(03)00202-7", gives: "state equations" },
    {
      cite: "Demirtaş et al. 2019",
      doi: "10.1016/j.neuron.2019.01.017",
      gives: "k1 = 3.72, k2 = 0.527, k3 = 0.53 of these",
    },
  ],
  values: {
    ...{ epsilon: 1, kappa: 0.65, gamma: 0.41, tau: 0.98, alpha: 0.32, rho: 0.34, V0: 0.02 },
    ...revisedCoefficients(0.34, { nu0: 28.265 * 3, r0: 110, ratio: 0.47, TE: 0.03 }),
  },
});

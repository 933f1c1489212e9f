import { model } from "../ir/form.js";
import { burster, fastParameters, greatCircle, point } from "./parts/unfolding.js";

const coordinate = (name: string, place: string, value: number) => ({
  unit: "1",
  default: value,
  range: [-1, 1] as const,
  about: `${name} where bursts ${place}`,
});

/** Bursts of most classes that two fast variables and one slow one can make. */
export const epileptorCodim3 = model({
  id: "epileptor-codim3",
  about:
    "Bursts, such as seizures, by the bifurcations at which they begin and end: two fast variables in the unfolding of " +
    "a degenerate Takens-Bogdanov singularity, and a slow one that moves their parameters to and fro along a great " +
    "circle of a sphere, from the point of the offset (start) to that of the onset (stop). The pair of points chooses " +
    "the class; the default is c2s: saddle-node onset, saddle-homoclinic offset. While at rest z grows until the " +
    "resting state is lost; in a burst it shrinks until the cycle is. modification = 1 adds a term that keeps z " +
    "bounded where dstar is negative. As in the paper's own programs, the distance to rest is taken to the real part " +
    "of the resting state where that has become complex.",
  papers: [
    {
      cite: "Saggio, Spiegler, Bernard, Jirsa 2017",
      doi: "10.1186/s13408-017-0050-8",
      gives: "equations (eqs. 4 and 7), classes and the points that make them (table 2)",
    },
  ],
  time: "dimensionless",
  state: {
    x: { unit: "1", start: [0.4, 0.6], about: "fast variable" },
    y: { unit: "1", start: [-0.1, 0.1], about: "fast variable, minus the slope of x" },
    z: { unit: "1", start: [0, 0.15], about: "place on the path: angle from the point of the offset" },
  },
  parameters: {
    mu1_start: coordinate("mu1", "end", -0.02285),
    mu2_start: coordinate("mu2", "end", 0.3448),
    nu_start: coordinate("nu", "end", 0.2014),
    mu1_stop: coordinate("mu1", "begin", -0.07465),
    mu2_stop: coordinate("mu2", "begin", 0.3351),
    nu_stop: coordinate("nu", "begin", 0.2053),
    b: { unit: "1", default: 1, range: [0, 2.5], about: "type of the singularity; 1 is of focus type" },
    R: { unit: "1", default: 0.4, range: [0, 2.5], about: "radius of the sphere" },
    c: { unit: "1", default: 0.001, range: [0, 0.01], about: "rate of the slow variable" },
    dstar: { unit: "1", default: 0.3, range: [-0.1, 0.5], about: "distance to rest at which z turns round" },
    Ks: { unit: "1", default: 0, range: [-10, 10], about: "network input to the slow variable" },
    N: { unit: "1", default: 1, range: [1, 3], about: "branch of the resting state: 1, 2 or 3" },
    modification: {
      unit: "1",
      default: 1,
      range: [0, 1],
      about: "1: z is kept bounded by a seventh power; 0: it is not",
    },
  },
  sends: ["x"],
  inputs: { c_x: { unit: "1", about: "network input" } },
  definitions: {
    ...point("A", "mu2_start", "mu1_start", "nu_start"),
    ...point("B", "mu2_stop", "mu1_stop", "nu_stop"),
    ...greatCircle("E", "F", "A", "B"),
    ...fastParameters,
  },
  equations: burster,
  observe: ["x", "z"],
  tvb: { class: "EpileptorCodim3" },
  claims: [
    // Burst and rest of class c2s, 155.4 time units together by SciPy's DOP853.
    { kind: "oscillates", with: { c: 0.005 }, hertz: [6.42, 6.45], observe: "z" },
  ],
});

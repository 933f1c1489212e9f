import { model } from "../ir/form.js";
import { burster, fastParameters, greatCircle, onCircle, point } from "./parts/unfolding.js";

const coordinate = (name: string, place: string, value: number) => ({
  unit: "1",
  default: value,
  range: [-1, 1] as const,
  about: `${name} of the point of the ${place}`,
});

/** Bursts whose class drifts: the points of onset and offset move ever so slowly. */
export const epileptorCodim3SlowMod = model({
  id: "epileptor-codim3-slow-mod",
  about:
    "The burster of epileptor-codim3 whose points of offset (A) and onset (B) themselves move, at the rates cA and cB, " +
    "along great circles from their first (in) towards their last place (end): seizures that change class in one " +
    "patient. uA and uB are angles along these circles; they grow without end, so choose the length of a run. As in the " +
    "paper's own programs, the distance to rest is taken to the real part of the resting state where that has become " +
    "complex.",
  papers: [
    {
      cite: "Saggio, Spiegler, Bernard, Jirsa 2017",
      doi: "10.1186/s13408-017-0050-8",
      gives: "equations (eqs. 4 and 7), the ultra-slow transition between classes",
    },
  ],
  time: "dimensionless",
  state: {
    x: { unit: "1", start: [0.4, 0.6], about: "fast variable" },
    y: { unit: "1", start: [-0.1, 0.1], about: "fast variable, minus the slope of x" },
    z: { unit: "1", start: [0, 0.1], about: "place on the path: angle from the point of the offset" },
    uA: { unit: "1", start: [0, 0], about: "angle that the point of the offset has gone" },
    uB: { unit: "1", start: [0, 0], about: "angle that the point of the onset has gone" },
  },
  parameters: {
    mu1_Ain: coordinate("mu1", "offset, at first", 0.05494),
    mu2_Ain: coordinate("mu2", "offset, at first", 0.2731),
    nu_Ain: coordinate("nu", "offset, at first", 0.287),
    mu1_Bin: coordinate("mu1", "onset, at first", -0.0461),
    mu2_Bin: coordinate("mu2", "onset, at first", 0.243),
    nu_Bin: coordinate("nu", "onset, at first", 0.3144),
    mu1_Aend: coordinate("mu1", "offset, at last", 0.06485),
    mu2_Aend: coordinate("mu2", "offset, at last", 0.07337),
    nu_Aend: coordinate("nu", "offset, at last", -0.3878),
    mu1_Bend: coordinate("mu1", "onset, at last", 0.03676),
    mu2_Bend: coordinate("mu2", "onset, at last", -0.02792),
    nu_Bend: coordinate("nu", "onset, at last", -0.3973),
    b: { unit: "1", default: 1, range: [0, 2.5], about: "type of the singularity; 1 is of focus type" },
    R: { unit: "1", default: 0.4, range: [0, 2.5], about: "radius of the sphere" },
    c: { unit: "1", default: 0.002, range: [0, 0.01], about: "rate of the slow variable" },
    cA: { unit: "1", default: 0.0001, range: [0, 0.001], about: "rate of the point of the offset" },
    cB: { unit: "1", default: 0.00012, range: [0, 0.001], about: "rate of the point of the onset" },
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
    ...point("Ain", "mu2_Ain", "mu1_Ain", "nu_Ain"),
    ...point("Aend", "mu2_Aend", "mu1_Aend", "nu_Aend"),
    ...point("Bin", "mu2_Bin", "mu1_Bin", "nu_Bin"),
    ...point("Bend", "mu2_Bend", "mu1_Bend", "nu_Bend"),
    ...greatCircle("G", "H", "Ain", "Aend"),
    ...greatCircle("L", "M", "Bin", "Bend"),
    ...onCircle("A", "G", "H", "uA"),
    ...onCircle("B", "L", "M", "uB"),
    ...greatCircle("E", "F", "A", "B"),
    ...fastParameters,
  },
  equations: { ...burster, uA: "cA", uB: "cB" },
  observe: ["x", "z"],
  tvb: { class: "EpileptorCodim3SlowMod" },
  claims: [
    // Where it starts out, standing still: bursts every 175.0 time units by SciPy's DOP853.
    { kind: "oscillates", with: { c: 0.01, cA: 0, cB: 0 }, hertz: [5.7, 5.73], observe: "z" },
  ],
});

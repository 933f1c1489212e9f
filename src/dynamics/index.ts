import { oscillationsAlong } from "./attractors.js";
import { bifurcationsOf, continueFixedPoints } from "./continuation.js";
import { eigenvalues } from "./eigenvalues.js";
import { findFixedPoints } from "./fixed-points.js";
import { observableOf } from "./flow.js";
import { lyapunovSpectrum } from "./lyapunov.js";
import { massOf } from "./mass.js";
import { largestLyapunovExponent } from "./network-lyapunov.js";
import { phasePlane } from "./plane.js";
import { scanUpAndDown } from "./scan.js";

export type { Attractor } from "./attractors.js";
export type { Continuation } from "./continuation.js";
export type { FixedPoint, FixedPointSearch } from "./fixed-points.js";
export type { LyapunovSpectrum } from "./lyapunov.js";
export type { Mass } from "./mass.js";
export type { PhasePlane } from "./plane.js";
export type { Scan } from "./scan.js";

/** A model, or a network, as a dynamical system: docs/dynamics.md. */
export const dynamics = {
  /** A model alone, with parameters and constant network inputs: what the others look at. */
  mass: massOf,
  fixedPoints: findFixedPoints,
  /** Eigenvalues of a real square matrix, row-major. */
  eigenvalues,
  phasePlane,
  /** Branches of fixed points over a parameter. */
  continuation: continueFixedPoints,
  /** The folds, Hopf points and branch points of a continuation. */
  bifurcations: bifurcationsOf,
  /** What simulations along a continuation end in, where they go on oscillating. */
  oscillations: oscillationsAlong,
  lyapunov: lyapunovSpectrum,
  /** Of a network: takes the `setup` that `simulate` gives back. */
  largestLyapunov: largestLyapunovExponent,
  /** A parameter up and down again, each run going on from the one before. */
  scan: scanUpAndDown,
  /** An expression of state variables, as a function of a state. */
  observable: observableOf,
} as const;

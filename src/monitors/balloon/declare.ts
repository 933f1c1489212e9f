import { fault } from "../../core/fault.js";
import type { Paper } from "../../ir/declare.js";

/**
 * Values of the haemodynamic parameters that a paper or a program uses. The state equations are the balloon model's; its signal is
 * V0 (k1 (1 - q) + k2 (1 - q / v) + k3 (1 - v)).
 */
export interface BalloonPreset {
  readonly id: string;
  readonly about: string;
  readonly papers: readonly Paper[];
  readonly values: BalloonValues;
}

export interface BalloonValues {
  /** Efficacy of activity, 1/s^2. */
  readonly epsilon: number;
  /** Decay rate of the vasodilatory signal, 1/s. */
  readonly kappa: number;
  /** Rate of the feedback of inflow, 1/s^2. */
  readonly gamma: number;
  /** Mean transit time, s. */
  readonly tau: number;
  /** Stiffness of the veins. */
  readonly alpha: number;
  /** Oxygen extraction at rest. */
  readonly rho: number;
  /** Blood volume at rest: a share gives the signal as a share of the resting one, percent gives percent. */
  readonly V0: number;
  readonly k1: number;
  readonly k2: number;
  readonly k3: number;
}

/** Checks the form. @throws Fault BUG */
export function balloonPreset(item: BalloonPreset): BalloonPreset {
  const bad = Object.entries(item.values).find(([, value]) => !(Number.isFinite(value) && value >= 0));
  if (bad || item.about === "") throw fault("BUG", `the preset ${item.id} is not well formed: ${bad?.[0] ?? "about"}`);
  return item;
}

/** Buxton's coefficients as of Friston 2003. */
export const classicalCoefficients = (rho: number) => ({ k1: 7 * rho, k2: 2, k3: 2 * rho - 0.2 });

export interface Scanner {
  /** Frequency offset at the surface of a vessel, 1/s. */
  readonly nu0: number;
  /** Slope of the intravascular relaxation rate, 1/s. */
  readonly r0: number;
  /** Ratio of intra- to extravascular signal. */
  readonly ratio: number;
  /** Echo time, s. */
  readonly TE: number;
}

/** Stephan 2007, equation 12: the generalised coefficients. */
export const revisedCoefficients = (rho: number, { nu0, r0, ratio, TE }: Scanner) => ({
  k1: 4.3 * nu0 * rho * TE,
  k2: ratio * r0 * rho * TE,
  k3: 1 - ratio,
});

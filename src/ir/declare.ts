import type { Mixture } from "./compose/parts.js";

/**
 * What a declaration holds. Models, couplings, schemes and monitors are data of these shapes, one file each;
 * `model()`, `coupling()`, … check their form when the file is loaded and return them unchanged.
 */

export interface Paper {
  /** "Montbrió, Pazó, Roxin 2015" */
  readonly cite: string;
  readonly doi: string;
  /** What of the item the paper gives: "rate and voltage equations (eq. 12)". */
  readonly gives: string;
}

export interface ParameterDeclaration {
  readonly unit: string;
  readonly default: number;
  /** Inclusive range in which the model is meant to be used. A value outside is a fault unless the user says `--force`. */
  readonly range: readonly [number, number];
  readonly about: string;
}

export interface StateDeclaration {
  readonly unit: string;
  /** Range from which initial conditions are drawn. */
  readonly start: readonly [number, number];
  /** The state is clamped to these after every stage, as TVB does. */
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly about: string;
}

export interface InputDeclaration {
  readonly unit: string;
  readonly about: string;
}

/**
 * A function known at evenly spaced places. Equation text calls it by its name with one number per axis; between the places
 * it is linear (bilinear), beyond the ends it stays as it is there.
 */
export interface TableDeclaration {
  /** One or two. */
  readonly axes: readonly {
    readonly unit: string;
    readonly from: number;
    readonly step: number;
    readonly count: number;
    readonly about: string;
  }[];
  readonly unit: string;
  /** [first axis][second axis]; text is little-endian f32 in base64. */
  readonly values: Float64Array | string;
  /** What it is, and where its numbers come from. */
  readonly about: string;
}

/**
 * A neural-mass model. In equation text one may use: state variables, parameters, inputs, `definitions`, `pi`, numbers,
 * + - * / ^, comparisons, `and or not`, `select(condition, a, b)`, min max abs sqrt floor sign heaviside, and the
 * elementary functions of `src/ir/ops.ts`, and the model's `tables`. Derivatives are per ms unless `time` says otherwise.
 */
export interface Model {
  readonly id: string;
  /** One paragraph: what it stands for, when one uses it. */
  readonly about: string;
  readonly papers: readonly Paper[];
  readonly state: Readonly<Record<string, StateDeclaration>>;
  readonly parameters: Readonly<Record<string, ParameterDeclaration>>;
  /** Network inputs, in the order of `sends`: input k receives what coupling k makes of the k-th sent expression. */
  readonly inputs: Readonly<Record<string, InputDeclaration>>;
  /** What a region offers to the network, as expressions of its state; TVB's coupling variables. */
  readonly sends: readonly string[];
  /**
   * Inputs from the neighbourhood on a cortical surface: the local kernel's weighted sum of `of`, an expression of the state.
   * 0 in simulations of regions.
   */
  readonly local?: Readonly<Record<string, InputDeclaration & { readonly of: string }>>;
  /** Functions that have no formula, by the name under which equations, sent and observed expressions call them. */
  readonly tables?: Readonly<Record<string, TableDeclaration>>;
  /** Named sub-expressions, in order; each may use those before it. */
  readonly definitions?: Readonly<Record<string, string>>;
  /** dX/dt for each state variable. */
  readonly equations: Readonly<Record<string, string>>;
  /**
   * Where TVB computes something else than the paper: what replaces definitions and equations under `compat: tvb`. Definitions
   * that the model lacks are added. `double`: it means something in f64 only.
   */
  readonly compat?: {
    readonly double?: true;
    readonly definitions?: Readonly<Record<string, string>>;
    readonly equations?: Readonly<Record<string, string>>;
    readonly about: string;
  };
  /** Observed by default: names of state variables or expressions of them. */
  readonly observe: readonly string[];
  /**
   * "ms": equations are per millisecond and checked as such. "dimensionless": the paper's own time; a step of 1 ms
   * counts as one unit, and equations are checked to be dimensionless per unit.
   */
  readonly time: "ms" | "dimensionless";
  /** Id under which TVB knows it, where it does, and renamed parameters or variables (ours → TVB's). */
  readonly tvb?: { readonly class: string; readonly names?: Readonly<Record<string, string>> };
  /** Tested, not told. */
  readonly claims?: readonly Claim[];
  /** Of a model composed of several, one per region (src/ir/compose): what it is made of. */
  readonly mixed?: Mixture;
}

export type Claim =
  /** With these parameters and no input, the model has this many stable fixed points. */
  | { readonly kind: "stable-fixed-points"; readonly with: Readonly<Record<string, number>>; readonly count: number }
  /** Starting anywhere in the start ranges, it ends here (no network, no noise). */
  | {
      readonly kind: "fixed-point";
      readonly with: Readonly<Record<string, number>>;
      readonly at: Readonly<Record<string, number>>;
      readonly source: string;
    }
  /** From `start`, else from anywhere in the start ranges, it oscillates at this frequency. */
  | {
      readonly kind: "oscillates";
      readonly with: Readonly<Record<string, number>>;
      readonly start?: Readonly<Record<string, number>>;
      readonly hertz: readonly [number, number];
      readonly observe: string;
    }
  /**
   * From `start` (else from anywhere in the start ranges), after `settle`, `observe` rises above a level this many times
   * within `during`: seizures, bursts; [0, 0] for none.
   */
  | {
      readonly kind: "events";
      readonly with: Readonly<Record<string, number>>;
      readonly start?: Readonly<Record<string, number>>;
      readonly observe: string;
      readonly above: number;
      readonly settle: number;
      readonly during: number;
      readonly count: readonly [number, number];
    }
  /** One fixed point loses or gains stability between these values of the parameter, at this frequency. */
  | {
      readonly kind: "hopf";
      readonly with: Readonly<Record<string, number>>;
      readonly parameter: string;
      readonly between: readonly [number, number];
      readonly hertz: readonly [number, number];
      readonly source: string;
    }
  /** Its largest Lyapunov exponent, per unit of time. */
  | {
      readonly kind: "chaotic";
      readonly with: Readonly<Record<string, number>>;
      readonly start?: Readonly<Record<string, number>>;
      readonly exponent: readonly [number, number];
    };

/**
 * A coupling in separable form. `sends` are expressions of `x` (the k-th sent expression of the source; `x0`, `x1`, …
 * when it combines several); each is evaluated once per source and step and kept in the delay history. `receives` turns the weighted,
 * delayed sums `S` (or `S0`, `S1`, … in the order of `sends`) into the input; it may also use the target's own `x`,
 * `W` (the sum of its incoming weights), `N` (the number of regions) and the parameters.
 */
export interface Coupling {
  readonly id: string;
  readonly about: string;
  readonly papers: readonly Paper[];
  readonly parameters: Readonly<Record<string, ParameterDeclaration>>;
  /** How many of the model's sent expressions one coupling input combines: 1 ("x") or 2 ("x0", "x1"). */
  readonly combines: number;
  readonly sends: readonly string[];
  readonly receives: string;
  /** `dense`: TVB sums over all pairs in double precision; else over links, keeping the sum in single. */
  readonly tvb?: { readonly class: string; readonly names?: Readonly<Record<string, string>>; readonly dense?: true };
  /** Where TVB computes something else than it documents, the same in TVB's way, used under `compat: tvb`. */
  readonly compat?: { readonly sends?: readonly string[]; readonly receives?: string; readonly about: string };
}

/**
 * An integration scheme as text. Statements assign vectors, and numbers that hold for all variables:
 * - `x` is the state, `dt` the step, `t` the time, `dW` the Wiener increment over the step;
 * - `f(state, time)` is the model, `g(state, time)` the noise amplitude, `dg(state, time)` the derivative of each
 *   variable's amplitude by the variable itself;
 * - `solve(c, state, time, v)` is (1 - c J)^-1 v and `diagonal(state, time)` the diagonal of J, the Jacobian of the
 *   model's equations by the region's own state with network inputs held;
 * - `phi1(z)` is (e^z - 1) / z; `sqrt`, `abs`, `max` work on each variable; `error` is an estimate of the local error;
 * - names of `parameters`.
 */
export interface Scheme {
  readonly id: string;
  readonly about: string;
  readonly papers: readonly Paper[];
  readonly steps: readonly string[];
  /** Numbers that an experiment may set, in [low, high]. */
  readonly parameters?: Readonly<
    Record<string, { readonly default: number; readonly range: readonly [number, number]; readonly about: string }>
  >;
  /** The equations are the next state, not its derivative: no order is meant, and the two below are 0. */
  readonly map?: true;
  /** Order for ordinary differential equations, with the parameters' defaults. */
  readonly order: number;
  /** Order with delays that are whole steps (history known on the grid only). */
  readonly delayOrder: number;
  readonly noise?: SchemeNoise;
  /** Id under which TVB knows it, and classes of TVB's whose runs it takes over. */
  readonly tvb?: { readonly class: string; readonly also?: readonly string[] };
}

/** What white noise a scheme is valid for. */
export interface SchemeNoise {
  /** In which sense it takes noise that depends on the state. */
  readonly calculus: "ito" | "stratonovich";
  readonly kinds: readonly Noise["kind"][];
  /** Strong and weak order for additive noise. */
  readonly strongOrder: number;
  readonly weakOrder: number;
  /** Orders for noise that depends on the state, each variable's on that variable only. */
  readonly multiplicative?: { readonly strongOrder: number; readonly weakOrder: number };
  /** Valid only where each variable's amplitude depends on that variable alone. */
  readonly diagonal?: true;
  /** It is as good a scheme without noise. */
  readonly optional?: true;
}

/** A kind of noise that drives the state. */
export interface Noise {
  readonly id: string;
  readonly about: string;
  readonly papers: readonly Paper[];
  /** "additive": the amplitude is sqrt(2 D). "multiplicative": sqrt(2 D) b, with b an expression of the region's state. */
  readonly kind: "additive" | "multiplicative";
  /** Where TVB computes something else than it documents, and `compat: tvb` with it. */
  readonly compat?: string;
  readonly tvb?: { readonly class: string };
}

/**
 * A shape in time or in space: an equation of `x`, which is the time in ms from the start of the simulation, or the distance in
 * mm from a region, and of the parameters.
 */
export interface Stimulus {
  readonly id: string;
  readonly about: string;
  readonly papers: readonly Paper[];
  readonly uses: readonly ("time" | "space")[];
  /** Unit "x" or "1/x": of `x`, ms or mm. Amplitudes, whose names begin with amp, have the unit of what they act on. */
  readonly parameters: Readonly<Record<string, ParameterDeclaration>>;
  readonly equation: string;
  /** Durations in the pattern, as parameters: a step of the simulation must not be longer. */
  readonly shortest?: readonly string[];
  readonly tvb?: { readonly class: string };
  /** Where TVB computes something else. */
  readonly compat?: { readonly equation: string; readonly about: string };
}

/** How a monitor looks at the network: in time, and in space. */
export interface Monitor {
  readonly id: string;
  readonly about: string;
  /** "step": every step. "sample": the state at the end of each period. "mean": the mean over each period. */
  readonly time: "step" | "sample" | "mean";
  /** "regions": every region. "groups": mean over each group of regions. "all": mean over all. "sensors": through a lead field. */
  readonly space: "regions" | "groups" | "all" | "sensors";
  /** What it looks at: expressions of the state (default), or what regions get from the network. */
  readonly of?: "state" | "inputs";
  readonly tvb?: { readonly class: string };
}

import type { BoundValue } from "../ir/bind.js";
import { differentiate } from "../ir/differentiate.js";
import type { Vector } from "../ir/expand-scheme.js";
import { rewrite, type Expr, type Graph } from "../ir/graph.js";
import { parseEquation } from "../ir/parse.js";
import { gaussian, streams } from "../ir/random/streams.js";
import { hide, type Hidden } from "./hidden.js";
import type { Regional, Setup } from "./setup.js";

/** Noise as a scheme takes it. White noise has an amplitude and an increment; correlated noise is a drift. */
export interface NoiseParts {
  /** State variables that get a draw. */
  readonly drawn: readonly number[];
  /** Amplitude of white noise per variable: sqrt(2 D), times b of the state. */
  readonly gain: (state: Vector) => Vector;
  /** Its derivative by the variable itself. */
  readonly slope: (state: Vector) => Vector;
  /** The Wiener increment of the step. */
  readonly wiener: Vector;
  /** What correlated noise adds to the slopes at a stage; undefined without it. */
  readonly drift: ((state: Vector, at: number) => Vector) | undefined;
  readonly values: ReadonlyMap<string, BoundValue>;
}

/**
 * @param scope names that b may use at a state: state variables and parameters
 * @param hidden gets the correlated processes, with unit variance
 */
export function noiseParts(
  graph: Graph,
  setup: Setup,
  stateNames: readonly string[],
  scope: (state: Vector) => ReadonlyMap<string, Expr>,
  hidden: Hidden[],
): NoiseParts {
  const { noise = {}, noiseForm = {}, dtMs, compatTvb, seed, run } = setup;
  const zero = graph.constant(0);
  const intensities = stateNames.map((name) => (Object.hasOwn(noise, name) ? noise[name] : undefined));
  const drawn = intensities.flatMap((d, v) => (hasNoise(d) ? [v] : []));
  const draw = (v: number): Expr => graph.symbol(`noise.${drawn.indexOf(v)}`);
  const values = new Map<string, BoundValue>();
  for (const v of drawn) values.set(`gain.${v}`, amplitude(intensities[v] ?? 0));

  const factor = (v: number, state: Vector): Expr | undefined => {
    const name = stateNames[v] ?? "";
    const text = noiseForm.b && Object.hasOwn(noiseForm.b, name) ? noiseForm.b[name] : undefined;
    return text === undefined ? undefined : parseEquation(graph, text, scope(state), `integrator.noise.b of ${name}`);
  };
  const onDrawn = (value: (v: number) => Expr): Vector =>
    stateNames.map((_, v) => (drawn.includes(v) ? value(v) : zero));
  const gain = (state: Vector): Vector =>
    onDrawn((v) => {
      const b = factor(v, state);
      return b ? graph.mul(graph.symbol(`gain.${v}`), b) : graph.symbol(`gain.${v}`);
    });
  const slope = (state: Vector): Vector => {
    const places = new Map(stateNames.map((_, v): [Expr, Expr] => [graph.symbol(`at.${v}`), state[v] ?? zero]));
    return onDrawn((v) => {
      const b = factor(v, [...places.keys()]);
      if (!b) return zero;
      const [derivative = zero] = rewrite([differentiate(graph, b, `at.${v}`)], (node, args) =>
        node.kind === "call" ? graph.call(node.op, args) : (places.get(node) ?? node),
      );
      return graph.mul(graph.symbol(`gain.${v}`), derivative);
    });
  };

  const { correlationMs = 0 } = noiseForm;
  if (!(correlationMs > 0)) {
    const root = graph.constant(Math.sqrt(dtMs));
    return { drawn, gain, slope, wiener: onDrawn((v) => graph.mul(root, draw(v))), drift: undefined, values };
  }
  // u' = E u + sqrt(1 - E²) N is the Ornstein-Uhlenbeck process of unit variance at the ends of steps, without error.
  const decay = graph.call("exp", [graph.constant(-dtMs / correlationMs)]);
  const spread = graph.call("sqrt", [graph.neg(graph.call("expm1", [graph.constant((-2 * dtMs) / correlationMs)]))]);
  const regions = setup.connectome.labels.length;
  const processes = new Map(
    drawn.map((v) => {
      const state = graph.symbol(`state.${stateNames.length + hidden.length}`);
      const next = graph.add(graph.mul(decay, state), graph.mul(spread, draw(v)));
      // The first block of four draws is that of the initial state; the process starts from the second.
      const start = Float64Array.from({ length: regions }, (_, i) => gaussian(seed, streams.initial, run, i, v, 4));
      hide(hidden, graph, stateNames.length, { name: `noise of ${stateNames[v] ?? ""}`, next, start });
      return [v, { state, next }] as const;
    }),
  );
  const processAt = (v: number, at: number): Expr => {
    const process = processes.get(v);
    if (!process) return zero;
    if (at === 0) return process.state;
    if (at === 1) return process.next;
    return graph.add(graph.mul(graph.constant(1 - at), process.state), graph.mul(graph.constant(at), process.next));
  };
  if (compatTvb) {
    // TVB multiplies the process of the step's end by dt / sqrt(tau): twice the variance of white noise in the long run.
    const scale = graph.constant(dtMs / Math.sqrt(correlationMs));
    return { drawn, gain, slope, wiener: onDrawn((v) => graph.mul(scale, processAt(v, 1))), drift: undefined, values };
  }
  // Variance D / tau: in the long run the noise adds as much variance as white noise of the same D. Seen at the ends of steps
  // only, the process adds coth(h) h times that much, with h = dt / 2 tau; without the root it would explode as tau falls below dt.
  const h = graph.constant(dtMs / (2 * correlationMs));
  const height = graph.mul(
    graph.constant(1 / Math.sqrt(2 * correlationMs)),
    graph.call("sqrt", [graph.div(graph.call("tanh", [h]), h)]),
  );
  const none = stateNames.map(() => zero);
  return {
    drawn,
    gain: () => none,
    slope: () => none,
    wiener: none,
    drift: (state, at) => {
      const amplitudes = gain(state);
      return onDrawn((v) => graph.mul(graph.mul(height, amplitudes[v] ?? zero), processAt(v, at)));
    },
    values,
  };
}

const hasNoise = (intensity: Regional | undefined): boolean =>
  intensity !== undefined && (typeof intensity === "number" ? intensity !== 0 : intensity.some((d) => d !== 0));

const amplitude = (d: Regional): Regional =>
  typeof d === "number" ? Math.sqrt(2 * d) : d.map((x) => Math.sqrt(2 * x));

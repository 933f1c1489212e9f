import { bind, type BoundValue } from "../ir/bind.js";
import { lower } from "../ir/elementary/index.js";
import { asTvb, readModel } from "../ir/equations.js";
import { estimatesError, expandScheme, type Vector } from "../ir/expand-scheme.js";
import { graph as newGraph, symbolsOf, type Expr, type Graph } from "../ir/graph.js";
import type { Program } from "../ir/program.js";
import { streams } from "../ir/random/streams.js";
import { tablesIn } from "../ir/tables.js";
import { hideErrors, partFrom, partSize } from "./adaptive.js";
import { edgeSets } from "./edges.js";
import type { Hidden } from "./hidden.js";
import { heldVariables } from "./held.js";
import { localJacobian } from "./jacobian.js";
import { networkInput } from "./network-input.js";
import { noiseParts } from "./noise.js";
import { boundsOf } from "./parts.js";
import { observables } from "./observables.js";
import { splitPhases } from "./phases.js";
import { renumberChannels, usedChannels } from "./used-channels.js";
import type { Regional, Setup } from "./setup.js";
import { stimulation, isUniform, type DriveSource } from "./stimulus.js";

export interface Assembled {
  /** Its state is the model's, followed by the hidden variables. */
  readonly program: Program;
  /** What fills the program's drives. */
  readonly drives: readonly DriveSource[];
  /** Values of the hidden variables at the start, by name, in order. */
  readonly hiddenStart: ReadonlyMap<string, Regional>;
  /** What `program.observe` holds, in order; monitors find their expressions here. */
  readonly observed: readonly string[];
}

/** Puts a setup together into a program: equations expanded by the scheme, parameters bound, functions lowered. */
export function assemble(setup: Setup): Assembled {
  const graph = newGraph();
  const { scheme, precision } = setup;
  const model = setup.compatTvb ? asTvb(setup.model, precision) : setup.model;
  const reader = readModel(model);
  const regions = setup.connectome.labels.length;
  const stateNames = Object.keys(model.state);
  const hidden: Hidden[] = [];
  const stimuli = stimulation(graph, setup.stimuli ?? []);
  const frozen = setup.compatTvb;
  const singleHistory = setup.compatTvb && (setup.singleHistory ?? precision === "f64");
  const edges = edgeSets(setup, frozen, singleHistory);
  const parameters = new Map([
    ...Object.keys(model.parameters).map((name): [string, Expr] => [name, graph.symbol(`model.${name}`)]),
    ...tablesIn(graph, model),
  ]);
  const network = networkInput(graph, model, setup.coupling, setup.compatTvb, regions, parameters, singleHistory);
  const state: Vector = stateNames.map((_, v) => graph.symbol(`state.${v}`));
  const named = (vector: Vector) =>
    new Map(stateNames.map((name, v): [string, Expr] => [name, vector[v] ?? graph.constant(0)]));

  /** Steps are taken in parts; times at stages are fractions of the part. */
  const tolerance = estimatesError(scheme) ? setup.tolerance : undefined;
  const inStep = (at: number): Expr =>
    tolerance ? graph.add(partFrom(graph), graph.mul(graph.constant(at), partSize(graph))) : graph.constant(at);
  /** Network inputs at the start of the step. */
  let inputsAtStart: ReadonlyMap<string, Expr> = new Map();
  /** The delayed sum of a channel at a time between those that are known. */
  const delayedAt = (c: number, at: number): Expr => {
    const start = graph.symbol(`sum.${c}.0`);
    const end = graph.symbol(`sum.${c}.1`);
    if (frozen || (at === 0 && !tolerance)) return start;
    return at === 1 && !tolerance ? end : between(graph, start, end, inStep(at));
  };
  /** Weighted sums of every channel at a stage: delayed, undelayed, and from the region itself. */
  const sumsAt = (stageState: Vector, at: number, stage: number): Expr[] => {
    const own = network.send(named(frozen ? state : stageState));
    return Array.from({ length: network.channels }, (_, c) => {
      const terms: Expr[] = [];
      if (edges.delayed.source.length > 0) terms.push(delayedAt(c, at));
      if (edges.instant.source.length > 0) terms.push(graph.symbol(`instant.${stage}.${c}`));
      const sent = own[c];
      if (edges.self && sent) terms.push(graph.mul(graph.symbol("selfWeight"), sent));
      return terms.length > 0 ? terms.reduce((sum, term) => graph.add(sum, term)) : graph.constant(0);
    });
  };

  // TVB adds stimuli after the stages of schemes that have more than two, and holds them over the step.
  const addedAfter = frozen && scheme.order > 2;
  const acting = (kind: "variable" | "parameter", name: string, at: number) => stimuli.on(kind, name, frozen ? 0 : at);
  const parametersAt = (at: number) =>
    [...parameters].map(([name, value]): [string, Expr] => {
      const change = acting("parameter", name, at);
      return [name, change ? graph.add(value, change) : value];
    });
  const noise = noiseParts(graph, setup, stateNames, (at) => new Map([...parameters, ...named(at)]), hidden);
  const held = heldVariables(graph, setup, stateNames);
  const scopeAt = (stageState: Vector, at: number, stage: number): Map<string, Expr> => {
    const inputs = network.receive(sumsAt(stageState, at, stage), named(frozen ? state : stageState));
    if (stage === 0) inputsAtStart = inputs;
    return new Map([...parametersAt(at), ...named(stageState), ...inputs]);
  };
  const rightHandSide = (stageState: Vector, at: number, stage: number): Vector => {
    const correlated = noise.drift?.(stageState, at);
    const slopes = reader.derivatives(graph, scopeAt(stageState, at, stage)).map((slope, v) => {
      const push = addedAfter ? undefined : acting("variable", stateNames[v] ?? "", at);
      return [push, correlated?.[v]].reduce<Expr>((sum, more) => (more ? graph.add(sum, more) : sum), slope);
    });
    return held.still(slopes);
  };
  const jacobian = localJacobian(graph, reader, stateNames);

  const bounds = boundsOf(setup, regions);
  const clamp = (vector: Vector) => held.hold(vector.map((x, v) => within(graph, x, bounds[v], v)));
  const step = expandScheme(scheme.id, scheme.steps, {
    graph,
    dtMs: setup.dtMs,
    state,
    model: rightHandSide,
    // Without its column, what a held variable's row holds reaches no other.
    jacobian: (stageState, at, stage) => jacobian(scopeAt(stageState, at, stage)).map((row) => held.still(row)),
    noiseGain: (at) => held.still(noise.gain(at)),
    noiseSlope: (at) => held.still(noise.slope(at)),
    wiener: noise.wiener,
    parameters: schemeParameters(setup),
    clamp,
    ...(tolerance ? { dt: graph.mul(graph.constant(setup.dtMs), partSize(graph)), wantsError: true } : {}),
  });
  if (tolerance && step.error) hideErrors(graph, tolerance, [state, step.next, step.error], hidden);

  const next = addedAfter
    ? clamp(
        step.next.map((x, v) => {
          const push = acting("variable", stateNames[v] ?? "", 0);
          const dt = graph.constant(setup.dtMs);
          return push ? graph.add(x, graph.mul(tolerance ? graph.mul(dt, partSize(graph)) : dt, push)) : x;
        }),
      )
    : step.next;

  const { observed, observe } = observables(graph, setup, model, {
    state: named(state),
    parameters,
    inputs: inputsAtStart,
    hidden,
    modelVariables: stateNames.length,
    inParts: tolerance !== undefined,
  });
  const sends = step.stages.map((s) => network.send(named(s)));
  const sentAtStart = network.send(named(state));

  // Everything is bound together, so that what does not change is computed once.
  const groups = [[...next, ...hidden.map((h) => h.next)], sentAtStart, observe, ...sends];
  const bound = bind(
    graph,
    groups.flat(),
    new Map([...boundValues(setup, edges, bounds), ...noise.values, ...held.values, ...stimuli.weights]),
    regions,
  );
  const outputs = lower(graph, bound.outputs, precision);
  let taken = 0;
  const [nextLow = [], send = [], observeLow = [], ...sendStages] = groups.map((g) =>
    outputs.slice(taken, (taken += g.length)),
  );

  // Channels that no equation reads are not sent.
  const used = usedChannels(nextLow, network.channels);
  const keep = (list: readonly Expr[]) => used.map((c) => list[c]).filter((e) => e !== undefined);
  const rename = renumberChannels(graph, used);
  const phases = splitPhases(
    graph,
    rename(nextLow),
    edges.instant.source.length > 0 ? sendStages.map((s) => rename(keep(s))) : [],
  );
  const reads = new Set(symbolsOf(phases.flatMap((p) => [...p.next, ...p.send, ...p.carry.map((c) => c.value)])));
  const program: Program = {
    graph,
    precision,
    regions,
    stateNames: [...stateNames, ...hidden.map((h) => h.name)],
    channels: used.length,
    regional: bound.regional,
    edges: edges.delayed,
    instant: edges.instant,
    maxDelay: edges.maxDelay,
    numpySums: singleHistory
      ? used.map((c) => ({ singleProducts: network.sentSingle[c] ?? false, singleSums: !setup.coupling.tvb?.dense }))
      : undefined,
    lookahead: used.some((_, c) => reads.has(`sum.${c}.1`)) ? 1 : 0,
    send: keep(send),
    phases,
    drives: stimuli.sources.map(({ signal }) => ({ uniform: isUniform(signal) })),
    parts: tolerance !== undefined,
    noise: noise.drawn,
    key: [(setup.seed % 2 ** 32) >>> 0, Math.floor(setup.seed / 2 ** 32), streams.dynamics, setup.run],
    observe: observeLow,
  };
  return { program, observed, drives: stimuli.sources, hiddenStart: new Map(hidden.map((h) => [h.name, h.start])) };
}

const between = (graph: Graph, start: Expr, end: Expr, at: Expr): Expr =>
  graph.add(graph.mul(graph.sub(graph.constant(1), at), start), graph.mul(at, end));

const schemeParameters = ({ scheme, schemeParameters: given = {} }: Setup): Record<string, number> =>
  Object.fromEntries(
    Object.entries(scheme.parameters ?? {}).map(([name, { default: standard }]) => [name, given[name] ?? standard]),
  );

/** Put between the bounds of variable v, which may differ by region. */
function within(graph: Graph, x: Expr, bounds: ReturnType<typeof boundsOf>[number] | undefined, v: number): Expr {
  const by = (op: "min" | "max", value: Expr, bound: Regional | undefined, name: string): Expr =>
    bound === undefined
      ? value
      : graph.call(op, [value, typeof bound === "number" ? graph.constant(bound) : graph.symbol(`${name}.${v}`)]);
  return by("min", by("max", x, bounds?.atLeast, "atLeast"), bounds?.atMost, "atMost");
}

function boundValues(
  setup: Setup,
  edges: ReturnType<typeof edgeSets>,
  bounds: ReturnType<typeof boundsOf>,
): Map<string, BoundValue> {
  const values = new Map<string, BoundValue>();
  bounds.forEach(({ atLeast, atMost }, v) => {
    if (atLeast !== undefined) values.set(`atLeast.${v}`, atLeast);
    if (atMost !== undefined) values.set(`atMost.${v}`, atMost);
  });
  for (const [name, value] of Object.entries(setup.parameters)) values.set(`model.${name}`, value);
  for (const [name, value] of Object.entries(setup.couplingParameters)) values.set(`coupling.${name}`, value);
  values.set("W", edges.weightSums);
  if (edges.self) values.set("selfWeight", edges.self);
  return values;
}

import { lower } from "../ir/elementary/index.js";
import { evaluator } from "../ir/evaluate.js";
import { graph as newGraph, type Expr, type Graph } from "../ir/graph.js";
import { parseEquation } from "../ir/parse.js";
import type { Signal, StimulusSetup } from "./setup.js";

/** A signal at a stage of every step: what fills one drive of a program. */
export interface DriveSource {
  readonly signal: Signal;
  /** Time after the start of the step, in steps. */
  readonly at: number;
}

/** What a setup's stimuli add to a model, as expressions of `drive.j` and `stimulus.k`. */
export interface Stimulation {
  /** The sum of what acts on a variable or parameter at a stage; undefined when nothing does. */
  readonly on: (kind: "variable" | "parameter", name: string, at: number) => Expr | undefined;
  /** One per drive, in the order of `drive.j`; grows as `on` is asked. */
  readonly sources: readonly DriveSource[];
  readonly weights: ReadonlyMap<string, number | Float64Array>;
}

export function stimulation(graph: Graph, stimuli: readonly StimulusSetup[]): Stimulation {
  const sources: DriveSource[] = [];
  const drives = new Map<string, Expr>();
  const driveAt = (k: number, signal: Signal, at: number): Expr => {
    const key = `${k} ${at}`;
    let drive = drives.get(key);
    if (!drive) drives.set(key, (drive = graph.symbol(`drive.${sources.push({ signal, at }) - 1}`)));
    return drive;
  };
  return {
    sources,
    weights: new Map(stimuli.map(({ weights }, k) => [`stimulus.${k}`, weights])),
    on: (kind, name, at) => {
      let sum: Expr | undefined;
      stimuli.forEach(({ target, signal }, k) => {
        if (target.kind !== kind || target.name !== name) return;
        const acting = graph.mul(graph.symbol(`stimulus.${k}`), driveAt(k, signal, at));
        sum = sum ? graph.add(sum, acting) : acting;
      });
      return sum;
    },
  };
}

/** Values of a signal at a time in ms from the start of the simulation: one, or one per region. */
export type Sampler = (timeMs: number, into: Float64Array) => void;

export const isUniform = (signal: Signal): boolean => signal.kind === "expression" || signal.columns === 1;

/** @throws Fault EQUATION for an expression that is none */
export function sampler(signal: Signal, where = "stimulus"): Sampler {
  return signal.kind === "expression" ? sampleExpression(signal, where) : sampleRecording(signal);
}

function sampleExpression({ text, values }: Extract<Signal, { kind: "expression" }>, where: string): Sampler {
  const graph = newGraph();
  const scope = new Map<string, Expr>([
    ["t", graph.symbol("t")],
    ...Object.entries(values).map(([name, value]): [string, Expr] => [name, graph.constant(value)]),
  ]);
  const outputs = lower(graph, [parseEquation(graph, text, scope, where)], "f64");
  const { inputs, outputs: slots, registers, run } = evaluator(outputs, "f64");
  const time = inputs.get("t");
  const slot = slots[0] ?? 0;
  return (timeMs, into) => {
    if (time !== undefined) registers[time] = timeMs;
    run();
    into[0] = registers[slot] ?? NaN;
  };
}

function sampleRecording(signal: Extract<Signal, { kind: "recorded" }>): Sampler {
  const { startMs, stepMs, rows, columns, values, between, outside } = signal;
  return (timeMs, into) => {
    // A time that is a row up to rounding is that row.
    let place = (timeMs - startMs) / stepMs;
    if (Math.abs(place - Math.round(place)) < 1e-9 * Math.max(1, Math.abs(place))) place = Math.round(place);
    if (outside === "repeat") place -= Math.floor(place / rows) * rows;
    if (outside === "zero" && (place < 0 || place > (between === "linear" ? rows - 1 : rows - 1e-9))) {
      into.fill(0, 0, columns);
      return;
    }
    const inside = Math.min(Math.max(place, 0), rows - 1);
    const row = Math.floor(inside);
    const part = between === "linear" ? place - row : 0;
    const next = row + 1 < rows ? row + 1 : outside === "repeat" ? 0 : row;
    for (let i = 0; i < columns; i++) {
      const here = values[row * columns + i] ?? 0;
      into[i] = part > 0 && part < 1 ? here + part * ((values[next * columns + i] ?? 0) - here) : here;
    }
  };
}

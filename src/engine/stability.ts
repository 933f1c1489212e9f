import { bind, type BoundValue } from "../ir/bind.js";
import { differentiate } from "../ir/differentiate.js";
import { lower } from "../ir/elementary/index.js";
import { readModel } from "../ir/equations.js";
import { evaluator } from "../ir/evaluate.js";
import { graph as newGraph, type Expr } from "../ir/graph.js";
import type { Model } from "../ir/declare.js";

/** The model's Jacobian as expressions of `state.v`, `model.*` and `input.*`, [row][column]. */
export function jacobian(model: Model): {
  readonly graph: ReturnType<typeof newGraph>;
  readonly entries: readonly (readonly Expr[])[];
} {
  const graph = newGraph();
  const names = Object.keys(model.state);
  const scope = new Map<string, Expr>([
    ...names.map((name, v): [string, Expr] => [name, graph.symbol(`state.${v}`)]),
    ...Object.keys(model.parameters).map((name): [string, Expr] => [name, graph.symbol(`model.${name}`)]),
    ...Object.keys(model.inputs).map((name): [string, Expr] => [name, graph.symbol(`input.${name}`)]),
  ]);
  const entries = readModel(model)
    .derivatives(graph, scope)
    .map((equation) => names.map((_, v) => differentiate(graph, equation, `state.${v}`)));
  return { graph, entries };
}

/** Values of the Jacobian at a state without network input, row-major. */
export function jacobianAt(
  model: Model,
  state: readonly number[],
  parameters: Readonly<Record<string, number>>,
): Float64Array {
  const { graph, entries } = jacobian(model);
  const values = new Map<string, BoundValue>([
    ...Object.entries(parameters).map(([name, value]): [string, BoundValue] => [`model.${name}`, value]),
    ...Object.keys(model.inputs).map((name): [string, BoundValue] => [`input.${name}`, 0]),
  ]);
  const { inputs, outputs, registers, run } = evaluator(
    lower(graph, bind(graph, entries.flat(), values, 1).outputs, "f64"),
    "f64",
  );
  for (const [name, slot] of inputs) registers[slot] = state[Number(name.split(".")[1])] ?? 0;
  run();
  return Float64Array.from(outputs, (slot) => registers[slot] ?? NaN);
}

/** The largest modulus of the eigenvalues: lim ‖Aᵏ‖^(1/k), by repeated squaring. */
export function spectralRadius(matrix: Float64Array): number {
  const n = Math.round(Math.sqrt(matrix.length));
  let power = Float64Array.from(matrix);
  let logScale = 0;
  const squarings = 12;
  for (let k = 0; k <= squarings; k++) {
    const norm = Math.max(...power.map(Math.abs));
    if (!(norm > 0) || !Number.isFinite(norm)) return norm === 0 ? 0 : NaN;
    logScale += Math.log(norm) / 2 ** k;
    if (k === squarings) break;
    const scaled = power.map((x) => x / norm);
    power = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let m = 0; m < n; m++) sum += (scaled[i * n + m] ?? 0) * (scaled[m * n + j] ?? 0);
        power[i * n + j] = sum;
      }
  }
  return Math.exp(logScale);
}

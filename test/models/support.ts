import { fault } from "../../src/core/fault.js";
import { parseUnit, type Unit } from "../../src/core/units.js";
import type { Model } from "../../src/ir/declare.js";
import { bind } from "../../src/ir/bind.js";
import { differentiate } from "../../src/ir/differentiate.js";
import { lower } from "../../src/ir/elementary/index.js";
import { evaluator } from "../../src/ir/evaluate.js";
import { graph, type Expr, type Graph } from "../../src/ir/graph.js";
import { parseEquation } from "../../src/ir/parse.js";
import { simplify } from "../../src/ir/simplify.js";
import { tablesIn } from "../../src/ir/tables.js";

/** The equations of a model as expressions over symbols named like its states, parameters and inputs. */
export function expressionsOf(model: Model): {
  graph: Graph;
  definitions: ReadonlyMap<string, Expr>;
  equations: readonly Expr[];
  scope: ReadonlyMap<string, Expr>;
} {
  const g = graph();
  const scope = new Map<string, Expr>(tablesIn(g, model));
  for (const group of [model.state, model.parameters, model.inputs, model.local ?? {}])
    for (const name of Object.keys(group)) scope.set(name, g.symbol(name));
  const definitions = new Map<string, Expr>();
  for (const [name, text] of Object.entries(model.definitions ?? {})) {
    const made = parseEquation(g, text, scope, `${model.id}, definition of ${name}`);
    definitions.set(name, made);
    scope.set(name, made);
  }
  const equations = Object.keys(model.state).map((name) =>
    parseEquation(g, model.equations[name] ?? "", scope, `${model.id}, equation of ${name}`),
  );
  return { graph: g, definitions, equations, scope };
}

/** Units of everything equations may name. */
export function unitsOf(model: Model): ReadonlyMap<string, Unit> {
  const groups = [model.state, model.parameters, model.inputs, model.local ?? {}];
  return new Map(groups.flatMap((group) => Object.entries(group).map(([name, { unit }]) => [name, parseUnit(unit)])));
}

/** Default parameters with some replaced, and inputs 0. */
export function valuesOf(model: Model, changed: Readonly<Record<string, number>>): Map<string, number> {
  for (const name of Object.keys(changed))
    if (!Object.hasOwn(model.parameters, name)) throw fault("BUG", `${model.id} has no parameter ${name}`);
  return new Map([
    ...Object.keys({ ...model.inputs, ...model.local }).map((name): [string, number] => [name, 0]),
    ...Object.entries(model.parameters).map(([name, p]): [string, number] => [name, changed[name] ?? p.default]),
  ]);
}

/** A model's equations at given parameters and inputs 0, as functions of its state. */
export interface Flow {
  readonly names: readonly string[];
  readonly derivative: (state: readonly number[]) => number[];
  /** Row-major: [equation][variable]. */
  readonly jacobian: (state: readonly number[]) => number[];
  readonly observe: (text: string) => (state: readonly number[]) => number;
}

/** Evaluates expressions of `g` in f64 with our own elementary functions; names not in `states` take `fixed` values. */
export function evaluatorOf(
  g: Graph,
  outputs: readonly Expr[],
  states: readonly string[],
  fixed: ReadonlyMap<string, number>,
): (state: readonly number[]) => number[] {
  const { inputs, outputs: slots, registers, run } = evaluator(lower(g, simplify(g, outputs), "f64"), "f64");
  for (const [name, slot] of inputs) if (!states.includes(name)) registers[slot] = fixed.get(name) ?? NaN;
  const places = states.flatMap((name, k): [number, number][] => {
    const slot = inputs.get(name);
    return slot === undefined ? [] : [[slot, k]];
  });
  return (state) => {
    for (const [slot, k] of places) registers[slot] = state[k] ?? NaN;
    run();
    return slots.map((slot) => registers[slot] ?? NaN);
  };
}

export function flowOf(model: Model, changed: Readonly<Record<string, number>>): Flow {
  const { graph: g, equations, scope } = expressionsOf(model);
  const names = Object.keys(model.state);
  const fixed = valuesOf(model, changed);
  const partials = equations.flatMap((equation) => names.map((name) => differentiate(g, equation, name)));
  return {
    names,
    // What does not change is computed once: claims take many steps.
    derivative: evaluatorOf(g, bind(g, equations, fixed, 1).outputs, names, fixed),
    jacobian: evaluatorOf(g, partials, names, fixed),
    observe: (text) => {
      const of = evaluatorOf(g, [parseEquation(g, text, scope)], names, fixed);
      return (state) => of(state)[0] ?? NaN;
    },
  };
}

/** One step of the classical Runge-Kutta scheme, written here apart from the one under test. */
export function rungeKutta({ derivative }: Flow, x: readonly number[], dt: number): number[] {
  const moved = (k: readonly number[], h: number) => x.map((v, i) => v + h * (k[i] ?? NaN));
  const k1 = derivative(x);
  const k2 = derivative(moved(k1, dt / 2));
  const k3 = derivative(moved(k2, dt / 2));
  const k4 = derivative(moved(k3, dt));
  return x.map((v, i) => v + (dt / 6) * ((k1[i] ?? NaN) + 2 * (k2[i] ?? NaN) + 2 * (k3[i] ?? NaN) + (k4[i] ?? NaN)));
}

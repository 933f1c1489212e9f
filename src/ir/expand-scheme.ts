import { fault } from "../core/fault.js";
import type { Expr, Graph } from "./graph.js";
import { equationFault, parseSyntax, type Syntax } from "./syntax.js";

/** One expression per state variable. */
export type Vector = readonly Expr[];

export interface SchemeParts {
  readonly graph: Graph;
  readonly dtMs: number;
  readonly state: Vector;
  /** The model's right-hand side at a state; `at` is the time from the start of the step, in steps (0, 0.5, 1). */
  readonly model: (state: Vector, at: number, stage: number) => Vector;
  /** sqrt(2 D) per state variable. */
  readonly noiseGain: (state: Vector) => Vector;
  /** The Wiener increment of the step per state variable. */
  readonly wiener: Vector;
  /** Puts a state back into its bounds. */
  readonly clamp: (state: Vector) => Vector;
}

export interface ExpandedScheme {
  readonly next: Vector;
  /** The state at which each stage evaluates the model, in order. */
  readonly stages: readonly Vector[];
}

type Value = { readonly vector: Vector } | { readonly scalar: Expr };

/**
 * Writes one step of a scheme out as expressions, from the scheme's text.
 * @throws Fault EQUATION for text that is no scheme
 */
export function expandScheme(id: string, statements: readonly string[], parts: SchemeParts): ExpandedScheme {
  const { graph } = parts;
  const names = new Map<string, Value>([
    ["x", { vector: parts.state }],
    ["dW", { vector: parts.wiener }],
    ["dt", { scalar: graph.constant(parts.dtMs) }],
  ]);
  const stages: Vector[] = [];
  const evaluated = new Map<string, Vector>();

  const apply = (op: "add" | "sub" | "mul" | "div", a: Value, b: Value, text: string): Value => {
    if ("scalar" in a && "scalar" in b) return { scalar: graph.call(op, [a.scalar, b.scalar]) };
    const length = "vector" in a ? a.vector.length : "vector" in b ? b.vector.length : 0;
    const at = (v: Value, k: number): Expr => {
      const e = "scalar" in v ? v.scalar : v.vector[k];
      if (!e) throw equationFault(text, 1, "vectors of different length", id);
      return e;
    };
    return { vector: Array.from({ length }, (_, k) => graph.call(op, [at(a, k), at(b, k)])) };
  };

  const evaluate = (s: Syntax, text: string): Value => {
    const bad = (what: string) => equationFault(text, 1, what, `scheme ${id}`);
    if (s.kind === "number") return { scalar: graph.constant(s.value) };
    if (s.kind === "name") {
      const value = names.get(s.name);
      if (!value) throw bad(`the name ${s.name} is not known in a scheme`);
      return value;
    }
    if (s.name === "f" || s.name === "g") {
      const [stateSyntax, timeSyntax] = s.args;
      if (!stateSyntax || !timeSyntax || s.args.length !== 2) throw bad(`${s.name} takes (state, time)`);
      const argument = evaluate(stateSyntax, text);
      if (!("vector" in argument)) throw bad(`${s.name} takes a state first`);
      // A state under evaluation is kept in its bounds, as TVB does at every stage.
      const state = argument.vector === parts.state ? parts.state : parts.clamp(argument.vector);
      if (s.name === "g") return { vector: parts.noiseGain(state) };
      const at = stepsAfter(timeSyntax, bad);
      const key = `${at}:${state.map((e) => e.id).join()}`;
      const known = evaluated.get(key);
      if (known) return { vector: known };
      const made = parts.model(state, at, stages.push(state) - 1);
      evaluated.set(key, made);
      return { vector: made };
    }
    const [a, b] = s.args.map((argument) => evaluate(argument, text));
    if (s.name === "neg" && a) return apply("mul", { scalar: graph.constant(-1) }, a, text);
    if (a && b && (s.name === "add" || s.name === "sub" || s.name === "mul" || s.name === "div"))
      return apply(s.name, a, b, text);
    throw bad(`${s.name} may not stand in a scheme`);
  };

  for (const text of statements) {
    const equals = text.indexOf("=");
    const name = text.slice(0, equals).trim();
    if (equals < 1 || !/^[A-Za-z]\w*$/.test(name))
      throw equationFault(text, 1, "a statement is `name = expression`", `scheme ${id}`);
    const value = evaluate(parseSyntax(text.slice(equals + 1), `scheme ${id}`), text);
    names.set(name, name === "x" && "vector" in value ? { vector: parts.clamp(value.vector) } : value);
  }
  const next = names.get("x");
  if (!next || !("vector" in next)) throw fault("EQUATION", `scheme ${id} does not assign x`);
  return { next: next.vector, stages };
}

/** Reads `t`, `t + dt`, `t + dt / 2` as a number of steps after the start of the step. */
function stepsAfter(time: Syntax, bad: (what: string) => Error): number {
  const valueAt = (s: Syntax, t: number): number => {
    if (s.kind === "number") return s.value;
    if (s.kind === "name") {
      if (s.name === "t") return t;
      if (s.name === "dt") return 1;
      throw bad(`a time is made of t and dt, not ${s.name}`);
    }
    const [a = NaN, b = NaN] = s.args.map((argument) => valueAt(argument, t));
    return s.name === "add"
      ? a + b
      : s.name === "sub"
        ? a - b
        : s.name === "mul"
          ? a * b
          : s.name === "div"
            ? a / b
            : NaN;
  };
  const at = valueAt(time, 0);
  if (!(at >= 0 && at <= 1) || valueAt(time, 1) !== at + 1) throw bad("a stage lies between t and t + dt");
  return at;
}

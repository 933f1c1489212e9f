import { fault } from "../core/fault.js";
import type { Scheme } from "./declare.js";
import type { Expr, Graph } from "./graph.js";
import { solveLinear } from "./solve.js";
import { equationFault, parseSyntax, type Syntax } from "./syntax.js";

/** One expression per state variable. */
export type Vector = readonly Expr[];

/** What the names of a scheme's text stand for. `at` is a time from the start of the step, in steps (0, 0.5, 1). */
export interface SchemeParts {
  readonly graph: Graph;
  readonly dtMs: number;
  /** The step, where it is a part of dt. */
  readonly dt?: Expr;
  readonly state: Vector;
  /** The model's right-hand side at a state. */
  readonly model: (state: Vector, at: number, stage: number) => Vector;
  /** [equation][variable]: derivatives of the model's right-hand side by the region's own state, network inputs held. */
  readonly jacobian?: (state: Vector, at: number, stage: number) => readonly Vector[];
  /** Noise amplitude per state variable. */
  readonly noiseGain: (state: Vector, at: number) => Vector;
  /** Derivative of each variable's noise amplitude by the variable itself. */
  readonly noiseSlope?: (state: Vector, at: number) => Vector;
  /** The Wiener increment of the step per state variable. */
  readonly wiener: Vector;
  /** Puts a state back into its bounds. */
  readonly clamp: (state: Vector) => Vector;
  /** Values of the scheme's parameters. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** Whether the estimate of the local error is wanted. */
  readonly wantsError?: boolean;
}

export interface ExpandedScheme {
  readonly next: Vector;
  /** The state at which each stage evaluates the model, in order. */
  readonly stages: readonly Vector[];
  /** Estimate of the local error per variable, where the scheme has one and it was asked for. */
  readonly error: Vector | undefined;
}

type Value = { readonly vector: Vector } | { readonly scalar: Expr };
type Arithmetic = "add" | "sub" | "mul" | "div" | "max";

interface Statement {
  readonly text: string;
  readonly name: string;
  readonly syntax: Syntax;
}

/** Whether steps can be adapted to the error. */
export const estimatesError = ({ steps }: Scheme): boolean => steps.some((step) => /^error\s*=/.test(step));

/**
 * Writes one step of a scheme out as expressions, from the scheme's text.
 * @throws Fault EQUATION for text that is no scheme
 */
export function expandScheme(id: string, steps: readonly string[], parts: SchemeParts): ExpandedScheme {
  const { graph } = parts;
  const where = `scheme ${id}`;
  const names = new Map<string, Value>([
    ...Object.entries(parts.parameters ?? {}).map(([name, value]): [string, Value] => [
      name,
      { scalar: graph.constant(value) },
    ]),
    ["x", { vector: parts.state }],
    ["dW", { vector: parts.wiener }],
    ["dt", { scalar: parts.dt ?? graph.constant(parts.dtMs) }],
  ]);
  const stages: Vector[] = [];
  const evaluated = new Map<string, { readonly slope: Vector; readonly stage: number }>();

  const each = (text: string, values: readonly Value[], compute: (...args: Expr[]) => Expr): Value => {
    const vectors = values.flatMap((v) => ("vector" in v ? [v.vector] : []));
    if (vectors.some((v) => v.length !== vectors[0]?.length))
      throw equationFault(text, 1, "vectors of different length", where);
    const at = (k: number): Expr =>
      compute(...values.map((v) => ("scalar" in v ? v.scalar : (v.vector[k] ?? graph.constant(NaN)))));
    return vectors[0] ? { vector: vectors[0].map((_, k) => at(k)) } : { scalar: at(0) };
  };
  const apply = (op: Arithmetic, a: Value, b: Value, text: string): Value =>
    each(text, [a, b], (x = graph.constant(NaN), y = x) => graph.call(op, [x, y]));

  /** The model at a state, evaluated once however often it is asked for. */
  const stageAt = (state: Vector, at: number): { readonly slope: Vector; readonly stage: number } => {
    const key = `${at}:${state.map((e) => e.id).join()}`;
    const known = evaluated.get(key);
    if (known) return known;
    const stage = stages.push(state) - 1;
    const made = { slope: parts.model(state, at, stage), stage };
    evaluated.set(key, made);
    return made;
  };

  const evaluate = (s: Syntax, text: string): Value => {
    const bad = (what: string) => equationFault(text, 1, what, where);
    if (s.kind === "number") return { scalar: graph.constant(s.value) };
    if (s.kind === "name") {
      const value = names.get(s.name);
      if (!value) throw bad(`the name ${s.name} is not known in a scheme`);
      return value;
    }
    /** The state and time that a function is asked at. A state is put into its bounds, as TVB does at every stage. */
    const place = (form: string, stateSyntax?: Syntax, timeSyntax?: Syntax) => {
      if (!stateSyntax || !timeSyntax || s.args.length !== form.split(",").length)
        throw bad(`${s.name} takes (${form})`);
      const argument = evaluate(stateSyntax, text);
      if (!("vector" in argument)) throw bad(`${s.name} takes a state`);
      const state = argument.vector === parts.state ? parts.state : parts.clamp(argument.vector);
      return { state, at: stepsAfter(timeSyntax, bad) };
    };
    const given = <T>(part: T | undefined): T => {
      if (part === undefined) throw bad(`${s.name} is not to be had here`);
      return part;
    };
    const jacobianAt = (state: Vector, at: number) => given(parts.jacobian)(state, at, stageAt(state, at).stage);
    switch (s.name) {
      case "f": {
        const { state, at } = place("state, time", ...s.args);
        return { vector: stageAt(state, at).slope };
      }
      case "g": {
        const { state, at } = place("state, time", ...s.args);
        return { vector: parts.noiseGain(state, at) };
      }
      case "dg": {
        const { state, at } = place("state, time", ...s.args);
        return { vector: given(parts.noiseSlope)(state, at) };
      }
      case "diagonal": {
        const { state, at } = place("state, time", ...s.args);
        return { vector: jacobianAt(state, at).map((row, k) => row[k] ?? graph.constant(0)) };
      }
      case "solve": {
        const [factor, stateSyntax, timeSyntax, right] = s.args;
        const { state, at } = place("factor, state, time, right side", stateSyntax, timeSyntax);
        const c = factor && evaluate(factor, text);
        const v = right && evaluate(right, text);
        if (!c || !("scalar" in c) || !v || !("vector" in v)) throw bad("solve takes a number first and a vector last");
        return { vector: solveLinear(graph, oneMinus(graph, c.scalar, jacobianAt(state, at)), v.vector) };
      }
    }
    const args = s.args.map((argument) => evaluate(argument, text));
    const [a, b] = args;
    if (s.name === "neg" && a) return apply("mul", { scalar: graph.constant(-1) }, a, text);
    if ((s.name === "sqrt" || s.name === "abs") && a && args.length === 1) {
      const op = s.name;
      return each(text, [a], (x = graph.constant(NaN)) => graph.call(op, [x]));
    }
    // (e^z - 1) / z = 1 / invexprel(-z), without cancellation near 0.
    if (s.name === "phi1" && a && args.length === 1)
      return each(text, [a], (z = graph.constant(NaN)) =>
        graph.div(graph.constant(1), graph.call("invexprel", [graph.neg(z)])),
      );
    if (a && b && args.length === 2 && isArithmetic(s.name)) return apply(s.name, a, b, text);
    throw bad(`${s.name} may not stand in a scheme`);
  };

  const wanted = parts.wantsError ? ["x", "error"] : ["x"];
  for (const { name, text, syntax } of needed(readStatements(steps, where), wanted)) {
    const value = evaluate(syntax, text);
    names.set(name, name === "x" && "vector" in value ? { vector: parts.clamp(value.vector) } : value);
  }
  const next = names.get("x");
  const error = parts.wantsError ? names.get("error") : undefined;
  if (!next || !("vector" in next)) throw fault("EQUATION", `scheme ${id} does not assign x`);
  return { next: next.vector, stages, error: error && "vector" in error ? error.vector : undefined };
}

const isArithmetic = (name: string): name is Arithmetic => ["add", "sub", "mul", "div", "max"].includes(name);

function readStatements(steps: readonly string[], where: string): Statement[] {
  return steps.map((text) => {
    const equals = text.indexOf("=");
    const name = text.slice(0, equals).trim();
    if (equals < 1 || !/^[A-Za-z]\w*$/.test(name))
      throw equationFault(text, 1, "a statement is `name = expression`", where);
    return { text, name, syntax: parseSyntax(text.slice(equals + 1), where) };
  });
}

/** The statements that the wanted names need: a stage that serves the error alone is not evaluated without need. */
function needed(statements: readonly Statement[], wanted: readonly string[]): Statement[] {
  const open = new Set(wanted);
  const namesOf = (s: Syntax): string[] =>
    s.kind === "name" ? [s.name] : s.kind === "number" ? [] : s.args.flatMap(namesOf);
  return statements
    .toReversed()
    .filter(({ name, syntax }) => {
      if (!open.has(name)) return false;
      for (const read of namesOf(syntax)) open.add(read);
      return true;
    })
    .reverse();
}

/** 1 - c J */
const oneMinus = (graph: Graph, c: Expr, jacobian: readonly Vector[]): Expr[][] =>
  jacobian.map((row, i) =>
    row.map((entry, j) => {
      const isZero = entry.kind === "const" && entry.value === 0;
      if (isZero) return graph.constant(i === j ? 1 : 0);
      const scaled = graph.mul(c, entry);
      return i === j ? graph.sub(graph.constant(1), scaled) : graph.neg(scaled);
    }),
  );

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

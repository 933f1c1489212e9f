import { fault } from "../core/fault.js";
import type { Coupling, Model } from "../ir/declare.js";
import { rewrite, type Expr, type Graph } from "../ir/graph.js";
import { meaning, parseEquation } from "../ir/parse.js";
import { parseSyntax } from "../ir/syntax.js";

/** Coupling between regions, as expressions; built once per program. */
export interface NetworkInput {
  /** How many channels the coupling would send, before unused ones are dropped. */
  readonly channels: number;
  /** Per channel, where variables are seen in single precision: NumPy would send it in single precision too. */
  readonly sentSingle: readonly boolean[];
  /** Channel values at a state of the sender. */
  readonly send: (state: ReadonlyMap<string, Expr>) => readonly Expr[];
  /** The model's inputs, from the channel sums and the receiver's own state. */
  readonly receive: (sums: readonly Expr[], state: ReadonlyMap<string, Expr>) => ReadonlyMap<string, Expr>;
}

/**
 * Connects a model's sent expressions to its inputs through a coupling. A coupling of one expression serves each input
 * in turn; one that combines several serves the first input, and the others stay 0, as in TVB.
 * @param single variables are seen in single precision, as TVB's history keeps them
 * @throws Fault MISMATCH when the model sends too little for the coupling
 */
export function networkInput(
  graph: Graph,
  model: Model,
  coupling: Coupling,
  compat: boolean,
  regions: number,
  modelScope: ReadonlyMap<string, Expr>,
  single: boolean,
): NetworkInput {
  const inputNames = Object.keys(model.inputs);
  if (inputNames.length > 0 && coupling.combines > model.sends.length)
    throw fault(
      "MISMATCH",
      `the coupling ${coupling.id} combines ${coupling.combines} variables, ${model.id} sends ${model.sends.length}`,
      {
        where: "coupling.id",
        next: "choose a coupling of one variable, such as linear",
      },
    );
  const uses =
    coupling.combines > 1 && inputNames.length > 0
      ? [model.sends.map((_, k) => k).slice(0, coupling.combines)]
      : inputNames.map((_, k) => [k]);
  const quirk = compat ? coupling.compat : undefined;
  const sendTexts = quirk?.sends ?? coupling.sends;
  const receiveText = quirk?.receives ?? coupling.receives;
  const where = `coupling ${coupling.id}`;
  const sendSyntax = sendTexts.map((text) => ({ text, syntax: parseSyntax(text, where) }));
  const receiveSyntax = parseSyntax(receiveText, where);
  const parameters = new Map(Object.keys(coupling.parameters).map((name) => [name, graph.symbol(`coupling.${name}`)]));
  const sentOf = (state: ReadonlyMap<string, Expr>, k: number): Expr => {
    const text = model.sends[k];
    if (text === undefined)
      throw fault("MISMATCH", `${model.id} has an input without a sent variable`, { where: "model" });
    const sent = parseEquation(graph, text, new Map([...modelScope, ...state]), `${model.id}, sent variable ${k}`);
    return single ? graph.call("single", [sent]) : sent;
  };
  /** `x`, or `x0`, `x1`, … of one region. */
  const own = (state: ReadonlyMap<string, Expr>, which: readonly number[]): [string, Expr][] =>
    which.flatMap((k, position): [string, Expr][] => {
      const value = sentOf(state, k);
      return which.length === 1
        ? [
            ["x", value],
            ["x0", value],
          ]
        : [[`x${position}`, value]];
    });
  const sendAll = (state: ReadonlyMap<string, Expr>): Expr[] =>
    uses.flatMap((which) => {
      const scope = new Map([...parameters, ...own(state, which)]);
      return sendSyntax.map(({ text, syntax }) => meaning(graph, syntax, scope, text, where));
    });
  return {
    channels: uses.length * sendTexts.length,
    sentSingle: single
      ? sendAll(new Map(Object.keys(model.state).map((name) => [name, graph.symbol(name)]))).map(
          (sent) => asNumpy(graph, sent).single,
        )
      : [],
    send: (state) => (single ? sendAll(state).map((sent) => asNumpy(graph, sent).value) : sendAll(state)),
    receive: (sums, state) => {
      const inputs = new Map(inputNames.map((name): [string, Expr] => [name, graph.constant(0)]));
      uses.forEach((which, u) => {
        const mine = sums.slice(u * sendTexts.length, (u + 1) * sendTexts.length);
        const scope = new Map<string, Expr>([
          ...parameters,
          ...own(state, which),
          ...mine.map((sum, k): [string, Expr] => [`S${k}`, sum]),
          ...(mine[0] ? [["S", mine[0]] as [string, Expr]] : []),
          ["W", graph.symbol("W")],
          ["N", graph.constant(regions)],
        ]);
        const input = inputNames[u];
        if (input !== undefined) inputs.set(input, meaning(graph, receiveSyntax, scope, receiveText, where));
      });
      return inputs;
    },
  };
}

/**
 * Rounds as NumPy promotes: an operation on single-precision values, and on them and plain numbers, is done in single
 * precision; with a parameter, which TVB keeps in double, in double.
 */
function asNumpy(graph: Graph, expression: Expr): { readonly value: Expr; readonly single: boolean } {
  type Kind = "single" | "plain" | "double";
  const kinds = new Map<Expr, Kind>();
  const kindOf = (node: Expr): Kind => kinds.get(node) ?? (node.kind === "const" ? "plain" : "double");
  const [value = expression] = rewrite([expression], (node, args) => {
    if (node.kind !== "call") return node;
    const made = graph.call(node.op, args);
    const argumentKinds = args.map(kindOf);
    const isSingle = node.op === "single" || (argumentKinds.includes("single") && !argumentKinds.includes("double"));
    const result = isSingle && node.op !== "single" && made.type === "float" ? graph.call("single", [made]) : made;
    kinds.set(result, isSingle ? "single" : argumentKinds.includes("double") ? "double" : "plain");
    return result;
  });
  return { value, single: kindOf(value) === "single" };
}

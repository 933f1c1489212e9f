import { fault } from "../core/fault.js";
import type { Model } from "./declare.js";
import type { Expr, Graph, Precision } from "./graph.js";
import { namesIn } from "./jets.js";
import { meaning } from "./parse.js";
import { parseSyntax } from "./syntax.js";
import { tablesIn } from "./tables.js";

/** A model's text, read once; its meaning depends on what the names stand for. */
export interface ReadModel {
  /**
   * dX/dt in the order of the state variables.
   * @param scope state variables, parameters and inputs; local inputs that it lacks are 0. Gets the definitions.
   */
  readonly derivatives: (graph: Graph, scope: Map<string, Expr>) => Expr[];
}

/** @throws Fault EQUATION for text that is none */
export function readModel(model: Model): ReadModel {
  // Composed text is made of texts that were short enough, with longer names.
  const longest = model.mixed ? Infinity : undefined;
  const read = (entries: readonly (readonly [string, string])[], what: string) =>
    entries.map(([name, text]) => {
      const where = `${model.id}, ${what}${name}`;
      return { name, text, where, syntax: parseSyntax(text, where, longest) };
    });
  const definitions = read(Object.entries(model.definitions ?? {}), "");
  const equations = read(
    Object.keys(model.state).map((name) => [name, model.equations[name] ?? "0"] as const),
    "equation of ",
  );
  const locals = Object.keys(model.local ?? {});
  return {
    derivatives: (graph, scope) => {
      for (const name of locals) if (!scope.has(name)) scope.set(name, graph.constant(0));
      for (const [name, table] of tablesIn(graph, model)) scope.set(name, table);
      for (const { name, text, syntax, where } of definitions)
        scope.set(name, meaning(graph, syntax, scope, text, where));
      return equations.map(({ text, syntax, where }) => meaning(graph, syntax, scope, text, where));
    },
  };
}

/**
 * The model as TVB computes it: with what its `compat` replaces.
 * @throws Fault MISMATCH where that means something in double precision only
 */
export function asTvb(model: Model, precision: Precision = "f64"): Model {
  const { compat } = model;
  if (!compat) return model;
  if (compat.double && precision === "f32")
    throw fault("MISMATCH", `${model.id} cannot be computed in TVB's way in f32`, {
      where: "precision",
      why: compat.about,
      next: "ask for precision f64, or leave compat out",
    });
  return {
    ...model,
    definitions: inOrderOfUse({ ...model.definitions, ...compat.definitions }),
    equations: { ...model.equations, ...compat.equations },
  };
}

/** Each definition after those that it uses: what `compat` adds may belong before what it replaces. */
function inOrderOfUse(definitions: Readonly<Record<string, string>>): Record<string, string> {
  const ordered: Record<string, string> = {};
  const open = new Set<string>();
  const place = (name: string, text: string): void => {
    if (Object.hasOwn(ordered, name) || open.has(name)) return;
    open.add(name);
    for (const used of namesIn(text)) {
      const before = Object.hasOwn(definitions, used) ? definitions[used] : undefined;
      if (before !== undefined) place(used, before);
    }
    ordered[name] = text;
  };
  for (const [name, text] of Object.entries(definitions)) place(name, text);
  return ordered;
}

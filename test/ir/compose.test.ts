import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import { lower } from "../../src/ir/elementary/index.js";
import { asTvb, readModel } from "../../src/ir/equations.js";
import { evaluator } from "../../src/ir/evaluate.js";
import { graph as newGraph, type Expr } from "../../src/ir/graph.js";
import { parseEquation } from "../../src/ir/parse.js";
import { matchChannels } from "../../src/ir/compose/channels.js";
import { compose, inputName } from "../../src/ir/compose/compose.js";
import { observedText } from "../../src/ir/compose/observe.js";
import { mangled, partParameter, slotsAt, slotNames, type Channel, type Part } from "../../src/ir/compose/parts.js";
import { renamed } from "../../src/ir/compose/rename.js";
import type { Model } from "../../src/ir/declare.js";
import { modelProblems } from "../../src/ir/form.js";
import { models } from "../../src/models/index.js";
import { modelOf } from "../engine/support.js";

/** Values of expressions of a model's names. */
function valuesOf(
  make: (graph: ReturnType<typeof newGraph>, scope: Map<string, Expr>) => readonly Expr[],
  values: Readonly<Record<string, number>>,
): number[] {
  const graph = newGraph();
  const scope = new Map(Object.keys(values).map((name): [string, Expr] => [name, graph.symbol(name)]));
  const { inputs, outputs, registers, run } = evaluator(lower(graph, make(graph, scope), "f64"), "f64");
  for (const [name, slot] of inputs) registers[slot] = values[name] ?? NaN;
  run();
  return [...outputs].map((slot) => registers[slot] ?? NaN);
}
const slopesOf = (model: Model, values: Readonly<Record<string, number>>) =>
  valuesOf((graph, scope) => readModel(model).derivatives(graph, scope), values);
const textOf = (text: string, values: Readonly<Record<string, number>>) =>
  valuesOf((graph, scope) => [parseEquation(graph, text, scope)], values)[0];

/** Parts whose channels join as many inputs as the poorest has. */
function partsOf(chosen: readonly Model[]): { readonly parts: readonly Part[]; readonly channels: readonly Channel[] } {
  const mixedTimes = new Set(chosen.map(({ time }) => time)).size > 1;
  const parts = chosen.map((model, k): Part => {
    const part = { name: `${model.id}-${k}`, model };
    return mixedTimes && model.time === "dimensionless" ? { ...part, timeScale: 4 } : part;
  });
  const count = Math.min(...chosen.map(({ sends }) => sends.length));
  const channels = Array.from({ length: count }, (_, c) => ({
    send: Object.fromEntries(parts.map(({ name, model }) => [name, model.sends[c] ?? "0"])),
    receive: Object.fromEntries(parts.map(({ name, model }) => [name, Object.keys(model.inputs)[c] ?? ""])),
  }));
  return { parts, channels };
}

describe("a composed model", () => {
  it("is, at a region of a part, that part: slopes, what is sent, and what is observed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...Object.keys(models)), { minLength: 1, maxLength: 4 }),
        fc.nat(),
        fc.boolean(),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (chosen, pick, tvb, stream) => {
          const draw = ([low, high]: readonly [number, number]) => low + (high - low) * Number(stream.next().value);
          const { parts, channels } = partsOf(chosen.map(modelOf));
          const composed = compose(parts, channels);
          expect(modelProblems(composed)).toEqual([]);
          const k = pick % parts.length;
          const part = parts[k];
          if (!part) throw new Error("no part");
          const { model, timeScale = 1 } = part;
          const state = Object.entries(model.state).map(([name, { start }]) => ({ name, value: draw(start) }));
          const parameters = Object.entries(model.parameters).map(([name, p]) => ({ name, value: p.default }));
          const inputs = channels.map((_, c) => ({ name: Object.keys(model.inputs)[c] ?? "", value: draw([-1, 1]) }));
          const own = Object.fromEntries(
            [...Object.keys(model.inputs).map((name) => ({ name, value: 0 })), ...state, ...parameters, ...inputs].map(
              ({ name, value }) => [name, value],
            ),
          );
          const slots = Object.keys(composed.state);
          const shared = Object.fromEntries([
            ...parts.flatMap((p) => Object.entries(p.model.parameters).map(([n, d]) => [mangled(p, n), d.default])),
            [partParameter, k],
            ...inputs.map(({ value }, c) => [inputName(c), value]),
            // Slots that the region's model does not have could hold anything.
            ...slots.map((slot, v) => [slot, state[v]?.value ?? NaN]),
          ]) as Record<string, number>;
          const [alone, together] = tvb ? [asTvb(model), asTvb(composed)] : [model, composed];
          const wanted = slopesOf(alone, own).map((slope) => slope / timeScale);
          const got = slopesOf(together, shared);
          expect(got.slice(0, wanted.length)).toEqual(wanted);
          expect(got.slice(wanted.length)).toEqual(slots.slice(wanted.length).map(() => 0));
          channels.forEach((_, c) =>
            expect(textOf(composed.sends[c] ?? "", shared)).toBe(textOf(model.sends[c] ?? "", own)),
          );
          for (const text of model.observe)
            expect(textOf(observedText(composed, `${part.name}: ${text}`), shared)).toBe(textOf(text, own));
          expect(slotsAt(composed, k).slice(0, state.length)).toEqual(Object.values(model.state));
        },
      ),
      { numRuns: 25 },
    );
  });

  it("lets nothing of an unselected model through, be it infinite or NaN", () => {
    const root: Model = {
      ...modelOf("linear"),
      id: "root",
      state: { x: { unit: "1", start: [0, 1], about: "" } },
      local: {},
      equations: { x: "sqrt(-1 - x^2) + log(-1) + exp(1000) * 1e300 + 0 / 0 * gamma + c_x" },
    };
    const { parts, channels } = partsOf([root, modelOf("linear")]);
    const values = { [partParameter]: 1, root_0__gamma: 1, linear_1__gamma: -3, x: 2, channel__0: 5 };
    expect(slopesOf(compose(parts, channels), values)).toEqual([-1]);
    expect(slopesOf(compose(parts, channels), { ...values, [partParameter]: 0 })).toEqual([NaN]);
  });

  it("names slots by what they hold, and every slot otherwise", () => {
    const named = (...ids: string[]) => slotNames(partsOf(ids.map(modelOf)).parts);
    expect(named("linear", "linear")).toEqual(["x"]);
    expect(named("linear", "sup-hopf", "kuramoto")).toEqual(["x_or_theta", "y"]);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.keys(models)), { minLength: 1, maxLength: 6 }), (ids) => {
        const chosen = ids.map(modelOf);
        const names = slotNames(partsOf(chosen).parts);
        expect(new Set(names).size).toBe(names.length);
        expect(names.length).toBe(Math.max(...chosen.map(({ state }) => Object.keys(state).length)));
      }),
    );
  });

  it("does not mix time in ms with dimensionless time unless told how", () => {
    const refused = (parts: readonly Part[]) => {
      try {
        return compose(parts, matchChannels(parts).channels).time;
      } catch (error) {
        return error instanceof Fault ? `${error.code} ${error.what}` : error;
      }
    };
    const linear: Part = { name: "linear", model: modelOf("linear") };
    const epileptor: Part = { name: "epileptor-2d", model: modelOf("epileptor-2d") };
    expect(refused([linear, epileptor])).toBe("MISMATCH epileptor-2d counts time without a unit, linear in ms");
    expect(refused([linear, { ...epileptor, timeScale: 1 }])).toBe("ms");
    expect(refused([{ ...linear, timeScale: 2 }, epileptor])).toBe(
      "MISMATCH linear counts in ms and takes no time_scale",
    );
    expect(refused([epileptor, { ...epileptor, name: "b" }])).toBe("dimensionless");
    expect(refused([epileptor, { ...epileptor, name: "b", timeScale: 1 }])).toMatch(/^MISMATCH epileptor-2d/);
  });
});

describe("matchChannels", () => {
  const part = (id: string, name = id): Part => ({ name, model: modelOf(id) });
  it("joins inputs of one name, in whatever order, and single inputs with a note", () => {
    const hopf = part("sup-hopf");
    const turned: Part = {
      name: "turned",
      model: {
        ...hopf.model,
        inputs: Object.fromEntries(Object.entries(hopf.model.inputs).reverse()),
        sends: [...hopf.model.sends].reverse(),
      },
    };
    expect(matchChannels([hopf, turned])).toEqual({
      channels: [
        { send: { "sup-hopf": "x", turned: "x" }, receive: { "sup-hopf": "c_x", turned: "c_x" } },
        { send: { "sup-hopf": "y", turned: "y" }, receive: { "sup-hopf": "c_y", turned: "c_y" } },
      ],
      notes: [],
    });
    const { channels, notes } = matchChannels([part("kuramoto"), part("linear")]);
    expect(channels).toEqual([
      { send: { kuramoto: "theta", linear: "x" }, receive: { kuramoto: "c_theta", linear: "c_x" } },
    ]);
    expect(notes.join()).toMatch(/kuramoto: c_theta; linear: c_x.*rad\/ms.*1\/ms/);
  });
  it("refuses others and shows how to say it", () => {
    expect(() => matchChannels([part("jansen-rit"), part("linear")])).toThrow(
      expect.objectContaining({ code: "MISMATCH", next: expect.stringContaining("model.channels") as unknown }),
    );
  });
});

describe("renamed", () => {
  it("replaces whole names only and keeps the rest as written", () => {
    const names = new Map([
      ["x", "y_long"],
      ["e", "0"],
    ]);
    expect(renamed("exp(x) + x1 * 1e3 - e*e/x^2 , x", names)).toBe("exp(y_long) + x1 * 1e3 - 0*0/y_long^2 , y_long");
  });
});

import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { models } from "../../src/models/index.js";
import golden from "../golden/tvb_rhs.json" with { type: "json" };
import { decode, fnv1a, mulberry32, uniform } from "../golden/generator.js";
import { evaluatorOf, expressionsOf, flowOf, valuesOf } from "./support.js";

interface ModelGolden {
  class: string;
  states: Record<string, [number, number]>;
  inputs: [number, number][];
  parameters: Record<string, { default: number; range?: [number, number]; choices?: number[] }>;
  derivatives: string;
  sha256: string;
}
const goldens = golden.models as unknown as Record<string, ModelGolden>;

/** Parameters of ours that TVB writes as a number into its equations. */
const beyondTvb: Readonly<Record<string, readonly string[]>> = {
  "reduced-wong-wang-exc-inh": ["J_ii"],
  epileptor: ["s"],
};

describe("right-hand sides against TVB 2.10.0", () => {
  it("has a golden for every model", () => {
    expect(Object.keys(models).sort()).toEqual(Object.keys(goldens).sort());
  });

  it.each(Object.values(models))("$id: same names and defaults, ranges no narrower than what is tested", (model) => {
    const { states, parameters, class: tvbClass } = goldens[model.id] as ModelGolden;
    expect(model.tvb?.class).toBe(tvbClass);
    expect(Object.keys(model.state)).toEqual(Object.keys(states));
    expect(Object.keys(model.parameters).sort()).toEqual(
      [...Object.keys(parameters), ...(beyondTvb[model.id] ?? [])].sort(),
    );
    for (const [name, theirs] of Object.entries(parameters)) {
      const ours = model.parameters[name];
      expect(ours?.default, name).toBe(theirs.default);
      const [low, high] = theirs.range ?? [0, 1];
      expect(ours?.range[0], name).toBeLessThanOrEqual(low);
      expect(ours?.range[1], name).toBeGreaterThanOrEqual(high);
    }
  });

  it.each(Object.values(models))("$id: derivatives at 1,000 random states", (model) => {
    const { states, inputs, parameters, derivatives, sha256 } = goldens[model.id] as ModelGolden;
    expect(createHash("sha256").update(Buffer.from(derivatives, "base64")).digest("hex")).toBe(sha256);
    const expected = decode(derivatives);
    const { samples, default_samples: defaults } = golden;
    const names = Object.keys(states);
    const inputNames = Object.keys(model.inputs);
    const free = [...names, ...inputNames, ...Object.keys(parameters)];
    const { graph, equations } = expressionsOf(model);
    const derivative = evaluatorOf(graph, equations, free, valuesOf(model, {}));
    const stream = mulberry32(fnv1a(model.id));
    const error = { default: names.map(() => 0), random: names.map(() => 0) };
    const scale = { default: names.map(() => 0), random: names.map(() => 0) };
    for (let k = 0; k < samples; k++) {
      const group = k < defaults ? "default" : "random";
      const state = names.map((name) => uniform(stream, ...(states[name] as [number, number])));
      const input = inputs.map(([low, high]) => uniform(stream, low, high));
      const values = Object.values(parameters).map((p) => {
        if (k < defaults) return p.default;
        return p.choices ? Number(stream() >= 0.5) : uniform(stream, ...(p.range as [number, number]));
      });
      derivative([...state, ...input, ...values]).forEach((got, s) => {
        const wanted = expected[s * samples + k] ?? NaN;
        error[group][s] = Math.max(error[group][s] ?? NaN, Math.abs(got - wanted));
        scale[group][s] = Math.max(scale[group][s] ?? NaN, Math.abs(wanted));
      });
    }
    for (const group of ["default", "random"] as const)
      names.forEach((name, s) => {
        expect(scale[group][s], name).toBeGreaterThan(0);
        expect((error[group][s] ?? NaN) / (scale[group][s] ?? NaN), `${name}, ${group} parameters`).toBeLessThan(1e-12);
      });
  });
});

/**
 * TVB's own tests of models (models_test.py of 2.10.0): where 1,991 Euler steps of 0.01 from the middle of the start
 * ranges lead (of 2,000 steps every tenth is kept, so the last one kept is the 1,991st). TVB calls these steady states;
 * after 20 ms most are still on their way.
 */
const afterTwentyMs: Readonly<Record<string, readonly number[]>> = {
  "wilson-cowan": [0.461, 0.243],
  "generic-2d-oscillator": [1.048535, -4.507975],
  "jansen-rit": [1.105518e-2, 4.790847, 8.826628e-1, 1.308187e-3, 2.367387e-1, 6.615113e-2],
  "reduced-wong-wang": [0.452846],
};

describe("TVB's own expected values", () => {
  it.each(Object.entries(afterTwentyMs))("%s", (id, expected) => {
    const model = models[id];
    if (!model) throw new Error(`no model ${id}`);
    const { derivative } = flowOf(model, {});
    let x = Object.values(model.state).map(({ start: [low, high] }) => (low + high) / 2);
    for (let step = 0; step < 1991; step++) {
      const slope = derivative(x);
      x = x.map((v, k) => v + 0.01 * (slope[k] ?? NaN));
    }
    x.forEach((v, k) => expect(Math.abs(v - (expected[k] ?? NaN))).toBeLessThan(1e-3));
  });
});

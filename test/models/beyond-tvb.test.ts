import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { models } from "../../src/models/index.js";
import golden from "../golden/models_rhs.json" with { type: "json" };
import { decode, fnv1a, mulberry32, uniform } from "../golden/generator.js";
import { evaluatorOf, expressionsOf, valuesOf } from "./support.js";

/** Models that TVB does not have, against functions typed from the papers in Python (golden/models_rhs.py). */

interface ModelGolden {
  states: Record<string, [number, number]>;
  inputs: [number, number][];
  parameters: Record<string, { default: number; range: [number, number] }>;
  derivatives: string;
  sha256: string;
}
const goldens = Object.entries(golden.models as unknown as Record<string, ModelGolden>);

const modelOf = (id: string) => {
  const model = models[id];
  if (!model) throw new Error(`no model ${id}`);
  return model;
};

describe.each(goldens)("%s", (id, { states, inputs, parameters, derivatives, sha256 }) => {
  const model = modelOf(id);

  it("has the names, defaults and ranges that are tested", () => {
    expect(Object.keys(model.state)).toEqual(Object.keys(states));
    expect(Object.keys(model.inputs).length).toBe(inputs.length);
    expect(Object.keys(model.parameters).sort()).toEqual(Object.keys(parameters).sort());
    for (const [name, theirs] of Object.entries(parameters))
      expect(model.parameters[name]?.default, name).toBe(theirs.default);
  });

  it(`has the right derivatives at ${golden.samples} random states`, () => {
    expect(createHash("sha256").update(Buffer.from(derivatives, "base64")).digest("hex")).toBe(sha256);
    const expected = decode(derivatives);
    const { samples, default_samples: defaults } = golden;
    const names = Object.keys(states);
    const { graph, equations } = expressionsOf(model);
    const free = [...names, ...Object.keys(model.inputs), ...Object.keys(parameters)];
    const derivative = evaluatorOf(graph, equations, free, valuesOf(model, {}));
    const stream = mulberry32(fnv1a(id));
    const error = names.map(() => 0);
    const scale = names.map(() => 0);
    for (let k = 0; k < samples; k++) {
      const point = [...Object.values(states), ...inputs].map(([low, high]) => uniform(stream, low, high));
      const values = Object.values(parameters).map((p) => (k < defaults ? p.default : uniform(stream, ...p.range)));
      derivative([...point, ...values]).forEach((got, s) => {
        const wanted = expected[s * samples + k] ?? NaN;
        error[s] = Math.max(error[s] ?? NaN, Math.abs(got - wanted));
        scale[s] = Math.max(scale[s] ?? NaN, Math.abs(wanted));
      });
    }
    names.forEach((name, s) => {
      expect(scale[s], name).toBeGreaterThan(0);
      expect((error[s] ?? NaN) / (scale[s] ?? NaN), name).toBeLessThan(1e-12);
    });
  });
});

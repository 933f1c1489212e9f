import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { models } from "../../src/models/index.js";
import type { Model } from "../../src/ir/declare.js";
import { asTvb } from "../../src/ir/equations.js";
import { parseEquation } from "../../src/ir/parse.js";
import { decode, fnv1a, mulberry32, uniform } from "../golden/generator.js";
import { goldensIn } from "./goldens.js";
import { evaluatorOf, expressionsOf, flowOf, valuesOf } from "./support.js";

interface ModelGolden {
  class: string;
  samples: number;
  default_samples: number;
  local_from: number;
  stride: number;
  states: Record<string, [number, number]>;
  inputs: [number, number][];
  used_inputs: number[];
  parameters: Record<string, { default: number; range?: [number, number]; choices?: number[] }>;
  local: [number, number] | null;
  derivatives: string;
  sha256: string;
}
const goldens = goldensIn<ModelGolden>("tvb-rhs");
const goldenOf = (id: string): ModelGolden => {
  const found = goldens[id];
  if (!found) throw new Error(`no golden for ${id}: test/golden/tvb_rhs.py ${id}`);
  return found;
};
const ofTvb = Object.values(models).filter(({ tvb }) => tvb);

/** Parameters of ours that TVB writes as a number into its equations. */
const beyondTvb: Readonly<Record<string, readonly string[]>> = {
  "reduced-wong-wang-exc-inh": ["J_ii"],
  "deco-balanced-exc-inh": ["J_ii"],
  epileptor: ["s"],
  "epileptor-resting-state": ["s"],
  // The coefficients are arrays in TVB, the others are written into its equations.
  ...Object.fromEntries(
    ["zerlaut-adaptation-first-order", "zerlaut-adaptation-second-order"].map((id) => [
      id,
      [
        ...["e", "i"].flatMap((p) => Array.from({ length: 10 }, (_, k) => `P_${p}${k}`)),
        ...["nu_0", "muV0", "DmuV0", "sV0", "DsV0", "TvN0", "DTvN0"],
      ],
    ]),
  ),
  "k-ion-ex": [
    ...["Cnap", "DCnap", "Ckp", "DCkp", "Cmna", "DCmna", "Cnk", "DCnk", "V_T", "rho", "w_i", "w_o"],
    ...["g_Cl", "g_Na", "g_K", "g_Nal", "g_Kl", "Na_i0", "Na_o0", "K_i0", "K_o0", "Cl_i0", "Cl_o0"],
  ],
};

/**
 * Where TVB takes second differences over 1e-7 of a transfer function, its own rounding leaves fewer digits. The derivatives
 * themselves are held to 1e-12 of mpmath's in zerlaut.test.ts.
 */
const reachable: Readonly<Record<string, number>> = { "zerlaut-adaptation-second-order": 1e-8 };

/** TVB's name of a parameter or state variable of ours. */
const theirName = (model: Model, name: string): string => model.tvb?.names?.[name] ?? name;

/**
 * Largest difference from TVB's derivatives over all samples, as a share of each variable's largest derivative, for
 * samples with default and with random parameters.
 */
function differences(model: Model, golden: ModelGolden): Readonly<Record<"default" | "random", readonly number[]>> {
  const expected = decode(golden.derivatives);
  const { samples, stride, parameters, states } = golden;
  const names = Object.keys(model.state);
  const ours = Object.keys(model.parameters).filter((name) => Object.hasOwn(parameters, theirName(model, name)));
  const locals = Object.keys(model.local ?? {});
  const { graph, equations, scope } = expressionsOf(model);
  const free = [...names, ...Object.keys(model.inputs), ...ours];
  const fixed = valuesOf(model, {});
  const derivative = evaluatorOf(graph, equations, [...free, ...locals], fixed);
  const neighbours = evaluatorOf(
    graph,
    Object.values(model.local ?? {}).map(({ of }) => parseEquation(graph, of, scope, `${model.id}, local`)),
    free,
    fixed,
  );
  const stream = mulberry32(fnv1a(model.id));
  const error = { default: names.map(() => 0), random: names.map(() => 0) };
  const scale = { default: names.map(() => 0), random: names.map(() => 0) };
  let next = 0;
  for (let k = 0; k < samples; k++) {
    const group = k < golden.default_samples ? "default" : "random";
    const state = Object.values(states).map(([low, high]) => uniform(stream, low, high));
    const input = golden.inputs.map(([low, high]) => uniform(stream, low, high));
    const values = Object.fromEntries(
      Object.entries(parameters).map(([name, p]) => {
        if (k < golden.default_samples) return [name, p.default];
        const { choices } = p;
        return [
          name,
          choices ? choices[Math.floor(choices.length * stream())] : uniform(stream, ...(p.range ?? [NaN, NaN])),
        ];
      }),
    );
    const strength = golden.local && k >= golden.local_from ? uniform(stream, ...golden.local) : 0;
    const used = golden.used_inputs.map((c) => input[c] ?? NaN).slice(0, Object.keys(model.inputs).length);
    const known = [...state, ...used, ...ours.map((name) => values[theirName(model, name)] ?? NaN)];
    const local = neighbours(known).map((of) => strength * of);
    derivative([...known, ...local]).forEach((got, v) => {
      if ((v + k) % stride !== 0) return;
      const wanted = (stride === 1 ? expected[v * samples + k] : expected[next++]) ?? NaN;
      const difference = Math.abs(got - wanted);
      error[group][v] = Math.max(error[group][v] ?? NaN, Number.isFinite(difference) ? difference : Infinity);
      scale[group][v] = Math.max(scale[group][v] ?? NaN, Math.abs(wanted));
    });
  }
  // A derivative that is 0 at all samples must be 0 here too.
  const shares = (group: "default" | "random") =>
    error[group].map((e, v) => (scale[group][v] === 0 ? (e === 0 ? 0 : Infinity) : e / (scale[group][v] ?? NaN)));
  return { default: shares("default"), random: shares("random") };
}

describe("right-hand sides against TVB 2.10.0", () => {
  it("has a golden for every model that TVB has", () => {
    expect(ofTvb.map(({ id }) => id).sort()).toEqual(Object.keys(goldens).sort());
  });

  it.each(ofTvb)("$id: same names and defaults, ranges no narrower than what is tested", (model) => {
    const { states, parameters, class: tvbClass, local, used_inputs: used } = goldenOf(model.id);
    expect(model.tvb?.class).toBe(tvbClass);
    expect(Object.keys(model.state).map((name) => theirName(model, name))).toEqual(Object.keys(states));
    expect(
      Object.keys(model.parameters)
        .map((name) => theirName(model, name))
        .sort(),
    ).toEqual([...Object.keys(parameters), ...(beyondTvb[model.id] ?? [])].sort());
    for (const [name, ours] of Object.entries(model.parameters)) {
      const theirs = parameters[theirName(model, name)];
      if (!theirs) continue;
      expect(ours.default, name).toBe(theirs.default);
      const [low, high] = theirs.range ?? [Math.min(...(theirs.choices ?? [])), Math.max(...(theirs.choices ?? []))];
      expect(ours.range[0], name).toBeLessThanOrEqual(low);
      expect(ours.range[1], name).toBeGreaterThanOrEqual(high);
    }
    expect(model.local !== undefined, "declares local inputs where TVB uses local coupling").toBe(local !== null);
    expect(Object.keys(model.inputs).length).toBeLessThanOrEqual(used.length);
  });

  it.each(ofTvb)("$id: derivatives at 1,000 random states", (model) => {
    const golden = goldenOf(model.id);
    const bytes = Buffer.from(golden.derivatives, "base64");
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(golden.sha256);
    const found = differences(asTvb(model), golden);
    Object.keys(model.state).forEach((name, v) => {
      expect(found.default[v], `${name}, default parameters`).toBeLessThan(reachable[model.id] ?? 1e-12);
      expect(found.random[v], `${name}, random parameters`).toBeLessThan(reachable[model.id] ?? 1e-12);
    });
  });

  it.each(ofTvb.filter(({ compat }) => compat))("$id: what compat replaces makes a difference", (model) => {
    const { default: first, random } = differences(model, goldenOf(model.id));
    expect(Math.max(...first, ...random)).toBeGreaterThan(1e-12);
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

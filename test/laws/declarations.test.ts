import { describe, expect, it } from "vitest";
import { couplings } from "../../src/couplings/index.js";
import { dimensionless, divideUnits, parseUnit } from "../../src/core/units.js";
import { schemes } from "../../src/integrators/index.js";
import { noises } from "../../src/noises/index.js";
import { checkUnit, unitOf } from "../../src/ir/check-units.js";
import {
  couplingProblems,
  modelProblems,
  monitorProblems,
  noiseProblems,
  schemeProblems,
  stimulusProblems,
} from "../../src/ir/form.js";
import { symbolsOf } from "../../src/ir/graph.js";
import { parseEquation } from "../../src/ir/parse.js";
import { models } from "../../src/models/index.js";
import { monitors } from "../../src/monitors/index.js";
import { stimuli } from "../../src/stimuli/index.js";
import { namesIn } from "../../src/ir/syntax.js";
import { couplingExpressions } from "../couplings/support.js";
import { expressionsOf, unitsOf } from "../models/support.js";

/** Laws that hold for every registered declaration; a new one is found by itself. */

describe.each(Object.entries(models))("model %s", (id, model) => {
  const { graph, equations, definitions, scope } = expressionsOf(model);
  const units = unitsOf(model);

  it("has no problem of form, and is registered under its id", () => {
    expect(model.id).toBe(id);
    expect(modelProblems(model)).toEqual([]);
  });

  it("has equations of the right dimension", () => {
    const time = model.time === "ms" ? parseUnit("ms") : dimensionless;
    Object.entries(model.state).forEach(([name, { unit }], k) => {
      const equation = equations[k];
      if (!equation) throw new Error(`no equation of ${name}`);
      checkUnit(equation, divideUnits(parseUnit(unit), time), units, `${id}, equation of ${name}`);
    });
  });

  it("sends and observes what can be read and has a unit", () => {
    const states = new Map(Object.keys(model.state).map((name) => [name, graph.symbol(name)]));
    for (const text of [...model.sends, ...model.observe]) unitOf(parseEquation(graph, text, states, id), units, id);
  });

  it("uses every parameter and every definition", () => {
    const used = new Set(symbolsOf(equations));
    expect(Object.keys(model.parameters).filter((name) => !used.has(name))).toEqual([]);
    for (const [name] of definitions) {
      const texts = Object.entries({ ...model.definitions, ...model.equations }).filter(([other]) => other !== name);
      expect(
        texts.some(([, text]) => new RegExp(`\\b${name}\\b`).test(text)),
        name,
      ).toBe(true);
    }
    expect([...used].filter((name) => !scope.has(name))).toEqual([]);
  });

  it("says of every unused input that it is unused", () => {
    const used = new Set(symbolsOf(equations));
    for (const [name, { about }] of Object.entries(model.inputs))
      expect(/unused/.test(about), name).toBe(!used.has(name));
  });

  it("has claims, and claims name parameters and values within their ranges", () => {
    expect(model.claims?.length).toBeGreaterThan(0);
    for (const claim of model.claims ?? [])
      for (const [name, value] of Object.entries(claim.with)) {
        const [low, high] = model.parameters[name]?.range ?? [NaN, NaN];
        expect(value >= low && value <= high, `${name} = ${value}`).toBe(true);
      }
  });
});

describe.each(Object.entries(couplings))("coupling %s", (id, coupling) => {
  it("has no problem of form, and is registered under its id", () => {
    expect(coupling.id).toBe(id);
    expect(couplingProblems(coupling)).toEqual([]);
  });

  it.each([false, true])("can be read, and uses every parameter and every sum (compat %s)", (compat) => {
    const { sends, receives } = couplingExpressions(coupling, compat);
    const used = new Set([...symbolsOf(sends), ...symbolsOf([receives])]);
    expect(Object.keys(coupling.parameters).filter((name) => !used.has(name))).toEqual([]);
    const sums = coupling.sends.length === 1 ? ["S"] : coupling.sends.map((_, k) => `S${k}`);
    expect(sums.filter((name) => !used.has(name))).toEqual([]);
  });
});

describe.each(Object.entries(schemes))("scheme %s", (id, scheme) => {
  it("has no problem of form, and is registered under its id", () => {
    expect(scheme.id).toBe(id);
    expect(schemeProblems(scheme)).toEqual([]);
  });
});

describe.each(Object.entries(stimuli))("stimulus %s", (id, stimulus) => {
  it("has no problem of form, is registered under its id, and reads", () => {
    expect(stimulus.id).toBe(id);
    expect(stimulusProblems(stimulus)).toEqual([]);
    const known = new Set(["x", "pi", ...Object.keys(stimulus.parameters)]);
    for (const text of [stimulus.equation, stimulus.compat?.equation ?? "x"])
      expect([...namesIn(text)].filter((name) => !known.has(name))).toEqual([]);
  });
});

describe.each(Object.entries(noises))("noise %s", (id, noise) => {
  it("has no problem of form, and is registered under its id", () => {
    expect(noise.id).toBe(id);
    expect(noiseProblems(noise)).toEqual([]);
  });
});

describe.each(Object.entries(monitors))("monitor %s", (id, monitor) => {
  it("has no problem of form, and is registered under its id", () => {
    expect(monitor.id).toBe(id);
    expect(monitorProblems(monitor)).toEqual([]);
  });
});

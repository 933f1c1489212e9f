import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import type { Coupling, Model, Scheme } from "../../src/ir/declare.js";
import { couplingProblems, model, modelProblems, registry, schemeProblems } from "../../src/ir/form.js";

const good: Model = {
  id: "decay",
  about: "A variable that decays.",
  papers: [{ cite: "Someone 1900", doi: "10.1000/xyz", gives: "nothing" }],
  time: "ms",
  state: { x: { unit: "1", start: [-1, 1], about: "activity" } },
  parameters: { tau: { unit: "ms", default: 10, range: [1, 100], about: "time constant" } },
  sends: ["x"],
  inputs: { c: { unit: "1", about: "input" } },
  definitions: { target: "c" },
  equations: { x: "(target - x) / tau" },
  observe: ["x"],
};
const x = { unit: "1", start: [-1, 1] as const, about: "activity" };
const tau = { unit: "ms", default: 10, range: [1, 100] as const, about: "time constant" };

const badModels: [string, Partial<Model>, RegExp][] = [
  ["an id in camel case", { id: "myDecay" }, /kebab-case/],
  ["no description", { about: " " }, /about/],
  ["a link for a DOI", { papers: [{ cite: "A", doi: "https://doi.org/10.1000/x", gives: "all" }] }, /not a DOI/],
  ["a paper that gives nothing", { papers: [{ cite: "A", doi: "10.1000/x", gives: "" }] }, /gives/],
  ["a name that is no identifier", { parameters: { "tau 1": tau } }, /not an identifier/],
  ["a parameter named like a function", { parameters: { exp: tau } }, /word of the equation language/],
  ["a parameter named like the time", { parameters: { t: tau } }, /word of the equation language/],
  ["a parameter named like a state variable", { parameters: { x: tau } }, /both state variable and parameter/],
  ["an input named like a definition", { definitions: { c: "x" } }, /both input and definition/],
  ["a default outside its range", { parameters: { tau: { ...tau, default: 0.5 } } }, /outside its range/],
  ["a default that is no number", { parameters: { tau: { ...tau, default: NaN } } }, /outside its range/],
  ["a range upside down", { parameters: { tau: { ...tau, range: [100, 1] } } }, /not a range/],
  ["an infinite range", { parameters: { tau: { ...tau, range: [1, Infinity] } } }, /not a range/],
  ["no state variable", { state: {}, equations: {} }, /no state variable/],
  ["a state variable without equation", { state: { x, y: x } }, /y has no equation/],
  ["an equation without state variable", { equations: { ...good.equations, y: "x" } }, /y, which is no state/],
  ["a start outside the bounds", { state: { x: { ...x, atLeast: 0 } } }, /outside its bounds/],
  ["bounds that exclude all", { state: { x: { ...x, atLeast: 1, atMost: -1 } } }, /nothing between/],
  ["more inputs than sent expressions", { sends: [] }, /0 expressions are sent but 1/],
  ["nothing to observe", { observe: [] }, /nothing is observed/],
];

describe("form of models", () => {
  it("lets a good model through unchanged", () => {
    expect(modelProblems(good)).toEqual([]);
    expect(model(good)).toBe(good);
  });

  it.each(badModels)("finds %s", (_, change, expected) => {
    const problems = modelProblems({ ...good, ...change });
    expect(problems.join("; ")).toMatch(expected);
  });

  it("stops the load of a bad model of ours as a defect", () => {
    expect(() => model({ ...good, id: "Bad" })).toThrow(Fault);
    expect(() => registry([good, good])).toThrow(/share an id/);
  });
});

const goodCoupling: Coupling = {
  id: "sum",
  about: "A sum.",
  papers: [],
  parameters: { a: { unit: "1", default: 1, range: [0, 2], about: "strength" } },
  combines: 1,
  sends: ["x"],
  receives: "a * S",
};
const a = { unit: "1", default: 1, range: [0, 2] as const, about: "strength" };

const badCouplings: [string, Partial<Coupling>, RegExp][] = [
  ["a parameter named like the sum", { parameters: { S: a } }, /both/],
  ["a parameter named like the number of regions", { parameters: { N: a } }, /both/],
  ["three variables in one", { combines: 3 }, /combines 3/],
  ["nothing sent", { sends: [] }, /nothing is sent/],
  ["a compat form with another number of sums", { compat: { sends: ["x", "x"], about: "two" } }, /compat/],
];

describe("form of couplings", () => {
  it("lets a good one through", () => expect(couplingProblems(goodCoupling)).toEqual([]));
  it.each(badCouplings)("finds %s", (_, change, expected) => {
    expect(couplingProblems({ ...goodCoupling, ...change }).join("; ")).toMatch(expected);
  });
});

const goodScheme: Scheme = {
  id: "step",
  about: "A step.",
  papers: [],
  steps: ["k1 = f(x, t)", "x = x + dt * k1"],
  order: 1,
  delayOrder: 1,
};

const badSchemes: [string, Partial<Scheme>, RegExp][] = [
  ["a step without a target", { steps: ["f(x, t)", "x = x"] }, /not an assignment/],
  ["an end that is not the state", { steps: ["y = x"] }, /last step/],
  ["a state assigned too early", { steps: ["x = x + dt * f(x, t)", "x = x"] }, /before the last/],
  ["noise without saying so", { steps: ["x = x + g(x, t) * dW"] }, /dW/],
  ["an order raised by delays", { delayOrder: 2 }, /raise the order/],
];

describe("form of schemes", () => {
  it("lets a good one through", () => expect(schemeProblems(goodScheme)).toEqual([]));
  it.each(badSchemes)("finds %s", (_, change, expected) => {
    expect(schemeProblems({ ...goodScheme, ...change }).join("; ")).toMatch(expected);
  });
});

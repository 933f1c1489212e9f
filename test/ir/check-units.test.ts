import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import { parseUnit, sameUnit, type Unit } from "../../src/core/units.js";
import { checkUnit, unitOf } from "../../src/ir/check-units.js";
import { graph } from "../../src/ir/graph.js";
import { parseEquation } from "../../src/ir/parse.js";

const units = new Map<string, Unit>(
  Object.entries({ V: "mV", W: "V", I: "nA", R: "mV/nA", tau: "ms", T: "s", f: "Hz", k: "1", A: "mm^2" }).map(
    ([name, unit]) => [name, parseUnit(unit)],
  ),
);
const found = (text: string) => {
  const g = graph();
  return unitOf(
    parseEquation(g, text, new Map([...units.keys()].map((name) => [name, g.symbol(name)]))),
    units,
    "here",
  );
};

describe("the unit of an expression", () => {
  it.each([
    ["V", "mV"],
    ["V / tau", "mV/ms"],
    ["-V / tau + R * I / tau", "mV/ms"],
    ["V^2 * k", "mV^2"],
    ["V^-1", "1/mV"],
    ["sqrt(A)", "mm"],
    ["cbrt(A^3)", "mm^2"],
    ["sqrt(V * V)", "mV"],
    ["A^0.5", "mm"],
    ["exp(V / (R * I))", "1"],
    ["k * exp(-k)", "1"],
    ["min(V, R * I)", "mV"],
    ["abs(V)", "mV"],
    ["select(V > 0, I, 0)", "nA"],
    ["V > 0 ? V : 0", "mV"],
    ["0 + V", "mV"],
    ["2 * pi * f", "Hz"],
    ["tau * I", "ms*nA"],
    ["k^k", "1"],
    ["select(V < R * I and not (I == 0), k, 1)", "1"],
  ])("%s is %s", (text, unit) => {
    const made = found(text);
    expect(made !== "any" && sameUnit(made, parseUnit(unit))).toBe(true);
  });

  it("0 alone fits every unit", () => {
    expect(found("0")).toBe("any");
    expect(found("0 * V")).toBe("any");
  });

  it.each([
    ["V + I", /add joins/],
    ["V + W", /add joins/],
    ["V - tau", /sub joins/],
    ["V + 1", /add joins/],
    ["tau + T", /add joins/],
    ["V < I", /lt joins/],
    ["V == 3", /eq joins/],
    ["min(V, 1)", /min joins/],
    ["select(V > 0, V, I)", /select joins/],
    ["exp(V)", /exp takes a number without unit/],
    ["tanh(V / I)", /tanh takes/],
    ["erfc(V)", /erfc takes/],
    ["log(f)", /log takes/],
    ["floor(tau)", /floor takes/],
    ["V^k", /power/],
    ["k^V", /exponent/],
    ["logistic(f * tau)", /logistic takes/],
  ])("%s has none", (text, what) => {
    expect(() => found(text)).toThrow(what);
    try {
      found(text);
    } catch (error) {
      expect(error).toBeInstanceOf(Fault);
      expect(error).toMatchObject({ code: "UNIT", where: "here" });
    }
  });

  it("is compared with the wanted one", () => {
    const g = graph();
    const node = parseEquation(g, "V / tau", new Map(["V", "tau"].map((name) => [name, g.symbol(name)])));
    expect(() => checkUnit(node, parseUnit("mV/ms"), units, "equation of V")).not.toThrow();
    expect(() => checkUnit(node, parseUnit("V/s"), units, "equation of V")).not.toThrow();
    expect(() => checkUnit(node, parseUnit("mV"), units, "equation of V")).toThrow(/wanted mV/);
    expect(() => checkUnit(node, parseUnit("V/ms"), units, "equation of V")).toThrow(Fault);
    expect(() => checkUnit(g.constant(0), parseUnit("V/ms"), units, "equation of V")).not.toThrow();
  });
});

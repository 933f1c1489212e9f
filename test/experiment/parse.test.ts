import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import { checkPlain, parseText } from "../../src/experiment/parse.js";

const faultOf = (work: () => unknown): Fault => {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error("no fault was thrown");
};

describe("parseText", () => {
  it("reads YAML and JSON alike", () => {
    const yaml = parseText(
      "model: {id: jansen-rit}\nduration: 1e3\nspeed: .inf\nflag: true\nnone:\nlist: [1, a]",
      "e.yaml",
    );
    const json = parseText(
      '{"model": {"id": "jansen-rit"}, "duration": 1000, "flag": true, "none": null, "list": [1, "a"]}',
      "e.json",
    );
    expect(yaml.value).toEqual({ ...(json.value as object), speed: Infinity });
  });

  it("reads what any JSON writer writes", () => {
    const hostile = new Set(["__proto__", "constructor", "prototype"]);
    const safe = (value: unknown): boolean =>
      typeof value !== "object" ||
      value === null ||
      Object.entries(value).every(([key, v]) => !hostile.has(key) && safe(v));
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 6 }).filter((v) => v !== null && safe(v)),
        (value) => {
          expect(parseText(JSON.stringify(value, undefined, 1), "t.json").value).toEqual(
            JSON.parse(JSON.stringify(value)),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it("finds the line and column of a key path", () => {
    const { locate } = parseText("model:\n  id: x\n  parameters:\n    A: 3\nmonitors:\n  - {id: raw}\n", "e.yaml");
    expect(locate(["model", "parameters", "A"])).toBe("e.yaml:4:5");
    expect(locate(["monitors", 0, "id"])).toBe("e.yaml:6:6");
    expect(locate(["model", "parameters", "missing"])).toBe("e.yaml:3:3");
  });

  it.each([
    ["an alias", "a: &x 1\nb: *x", "anchor", "e.yaml:1:7"],
    ["an unquoted star", "region: {*: 1}", "not readable", "e.yaml:1:"],
    ["a tag", "a: !!binary aGk=", "tag", "e.yaml:1:"],
    ["a duplicate key", "a: 1\nb: 2\na: 3", "twice", "e.yaml:3:1"],
    ["a duplicate by kind", '1: a\n"1": b', "twice", "e.yaml:2:1"],
    ["__proto__", '{"__proto__": {"x": 1}}', "__proto__", "e.yaml:1:2"],
    ["constructor", "a:\n  constructor: 1", "constructor", "e.yaml:2:3"],
    ["prototype", "prototype: 1", "prototype", "e.yaml:1:1"],
    ["a list as key", "[a, b]: 1", "key must be text", "e.yaml:1:1"],
    ["NaN", "a: .nan", "NaN", "e.yaml:1:4"],
    ["two documents", "a: 1\n---\nb: 2", "not readable", "e.yaml:"],
    ["a bracket left open", "a: [1, 2", "not readable", "e.yaml:1:"],
    ["tabs as indentation", "a:\n\tb: 1", "not readable", "e.yaml:2:"],
    ["nothing", "", "empty", "e.yaml"],
    ["a comment alone", "# hello", "empty", "e.yaml"],
    ["deep brackets", `a: ${"[".repeat(70)}${"]".repeat(70)}`, "levels", "e.yaml:1:"],
    ["400 kB of brackets", "[".repeat(400_000), "levels", "e.yaml:1:"],
    ["deep dashes", "- ".repeat(200_000), "levels", "e.yaml:1:"],
    ["deep indentation", Array.from({ length: 100 }, (_, k) => `${" ".repeat(k)}a:`).join("\n"), "levels", "e.yaml:"],
    ["more than 1 MB", `a: "${"x".repeat(1_000_001)}"`, "1 MB", "e.yaml"],
    ["a million commas", `[${"1,".repeat(450_000)}1]`, "parts", "e.yaml:1:"],
  ])("refuses %s", (_, text, what, where) => {
    const found = faultOf(() => parseText(text, "e.yaml"));
    expect(found.code).toBe("DATA");
    expect(found.what).toContain(what);
    expect(found.where).toContain(where);
  });

  it("answers every mutilated experiment with a value or a fault, and leaves the globals alone", () => {
    const text = "model: {id: jansen-rit, parameters: {A: 3.25}}\nduration: 1 s\nmonitors:\n  - {id: raw}\n";
    const insert = fc.constantFrom(
      "{",
      "[",
      "&a ",
      "*a",
      "!!x ",
      "__proto__: 1\n",
      ": ",
      "- ",
      "\t",
      "\n",
      '"',
      "'",
      "|",
      ">",
      "%",
      "\u0000",
      "<<: ",
    );
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(6), insert, (at, cut, piece) => {
        try {
          parseText(text.slice(0, at) + piece + text.slice(at + cut), "e.yaml");
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
      { numRuns: 1000 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe("checkPlain", () => {
  it.each([
    ["a class instance", { a: new Map() }],
    ["a function", { a: () => 1 }],
    ["an accessor", Object.defineProperty({}, "a", { get: () => 1, enumerable: true })],
    ["__proto__ as own key", JSON.parse('{"__proto__": 1}') as unknown],
    ["NaN", { a: NaN }],
  ])("refuses %s", (_, value) => {
    expect(faultOf(() => checkPlain(value, "")).code).toBe("DATA");
  });

  it("refuses a cycle", () => {
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    expect(faultOf(() => checkPlain(cycle, "")).what).toContain("levels");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import { parseEquation } from "../../src/ir/parse.js";
import { at, graph, point, samples, scopeOf, valueOf } from "./expressions.js";

const values = { x: 3, y: 5, z: -2 };
const read = (text: string): number => {
  const g = graph();
  return valueOf(g, parseEquation(g, text, scopeOf(g)), values);
};

describe("equation text", () => {
  it.each<[string, number]>([
    ["x - y - z", 0],
    ["x / y / z", 3 / 5 / -2],
    ["x / y * z", (3 / 5) * -2],
    ["x - y * z", 13],
    ["(x - y) * z", 4],
    ["-x^2", -9],
    ["(-x)^2", 9],
    ["2^3^2", 512],
    ["2^-1", 0.5],
    ["x * -y", -15],
    ["- - x", 3],
    ["+x", 3],
    ["x-1", 2],
    ["x^2*y", 45],
    ["-x*y", -15],
    ["1e3 + 1.5E-1 + .5 + 2.", 1002.65],
    ["x < y ? 1 : 2", 1],
    ["x > y ? 1 : z < 0 ? 7 : 8", 7],
    ["select(z < x < y, 1, 2)", 1],
    ["select(z < y < x, 1, 2)", 2],
    ["select(x < y and y < x or z < 0, 1, 2)", 1],
    ["select(not (x < y), 1, 2)", 2],
    ["select(x == 3 and y != 3, 1, 2)", 1],
    ["select(x >= 3 and y <= 5, 1, 2)", 1],
    ["min(x, y) + max(x, y) * abs(z)", 13],
    ["floor(z / 3)", -1],
    ["sign(z) + sign(0) + heaviside(0) + heaviside(z)", 0],
    ["sqrt(4) * pi", 2 * Math.PI],
    ["  x\n + y\t", 8],
  ])("%j has its value", (text, value) => expect(read(text)).toBe(value));

  it("has the value of the written tree, exactly where no elementary function occurs", () => {
    fc.assert(
      fc.property(samples({ elementary: false, jumps: true }), point, (sample, p) => {
        if (/\^/.test(sample.text) || sample.text.length > 3000) return;
        const g = graph();
        expect(valueOf(g, parseEquation(g, sample.text, scopeOf(g)), at(p))).toEqual(sample.value(...p));
      }),
      { numRuns: 1500 },
    );
  });

  it("may use any name that the scope knows, and only those", () => {
    const g = graph();
    for (const name of ["a", "tau_e", "x10", "_q", "constructor", "toString", "hasOwnProperty"]) {
      expect(parseEquation(g, name, new Map([[name, g.symbol("s")]]))).toBe(g.symbol("s"));
      expect(() => parseEquation(g, name, new Map())).toThrow(Fault);
    }
  });

  it("gives one node to equal expressions", () => {
    const g = graph();
    expect(parseEquation(g, "x * (y + 1)", scopeOf(g))).toBe(parseEquation(g, " x*(y+1.0) ", scopeOf(g)));
  });
});

/** Text, column of the caret (1-based), what is said. */
const hostile: [string, number, RegExp][] = [
  ["x.constructor", 2, /"\."/],
  ["x . y", 3, /"\."/],
  ["x[0]", 2, /"\["/],
  ['x + "a"', 5, /may not stand/],
  ["x + 'a'", 5, /may not stand/],
  ["`${x}`", 1, /may not stand/],
  ["x = 3", 3, /"="/],
  ["f(x) = 3", 6, /"="/],
  ["x := 3", 3, /may not stand/],
  ["{x: 1}", 1, /may not stand/],
  ["x; y", 2, /may not stand/],
  ["x # y", 3, /may not stand/],
  ["x\\y", 2, /may not stand/],
  ["x % y", 3, /may not stand/],
  ["x!", 2, /may not stand/],
  ["x'", 2, /may not stand/],
  ["x & y", 3, /may not stand/],
  ["x | y", 3, /may not stand/],
  ["~x", 1, /may not stand/],
  ["@x", 1, /may not stand/],
  ["x $ y", 3, /may not stand/],
  ["x + α", 5, /may not stand/],
  ["x − y", 3, /may not stand/],
  ["x × y", 3, /may not stand/],
  ["x + ｙ", 5, /may not stand/],
  ["x\u0000", 2, /may not stand/],
  ["x + 😀", 5, /may not stand/],
  ["x\u200b+ y", 2, /may not stand/],
  ["x + q", 5, /name q is not known/],
  ["x * (y + z * tau)", 14, /name tau is not known/],
  ["xy + x * Y", 1, /name xy is not known/],
  ["x * Y", 5, /name Y is not known/],
  ["__proto__", 1, /not known/],
  ["constructor", 1, /not known/],
  ["i * x", 1, /name i/],
  ["x + e", 5, /name e/],
  ["t", 1, /name t is not known/],
  ["x * foo(y)", 5, /function foo/],
  ["x(y)", 1, /function x/],
  ["y + eval(x)", 5, /function eval/],
  ["import(x)", 1, /import/],
  ["constructor(x)", 1, /constructor/],
  ["hasOwnProperty(x)", 1, /hasOwnProperty/],
  ["add(x, y)", 1, /add/],
  ["copysign(x, y)", 1, /function copysign/],
  ["uadd(x, y)", 1, /function uadd/],
  ["pow2(x)", 1, /function pow2/],
  ["exp", 1, /name exp/],
  ["min(x)", 1, /min takes/],
  ["min(x, y) + min(x, y, z)", 13, /min takes/],
  ["exp(x) + exp(x, y)", 10, /exp takes/],
  ["exp()", 1, /exp takes/],
  ["sign(x) * sign()", 11, /sign takes/],
  ["select(x, y, z)", 1, /select takes/],
  ["x + (y < z)", 3, /add takes/],
  ["x and y", 3, /and takes/],
  ["not x", 1, /not takes/],
  ["x * exp(y < z)", 5, /exp takes/],
  ["2x", 2, /multiplication sign/],
  ["2 x", 3, /multiplication sign/],
  ["x y", 3, /multiplication sign/],
  ["x + 2 (y)", 7, /multiplication sign/],
  ["(x)(y)", 4, /multiplication sign/],
  ["(x) y", 5, /multiplication sign/],
  ["x 2", 3, /multiplication sign/],
  ["1.2.3", 4, /multiplication sign/],
  ["0x10", 2, /multiplication sign/],
  ["0b11 + x", 2, /multiplication sign/],
  ["2e", 2, /multiplication sign/],
  ["exp(x)(y)", 7, /multiplication sign/],
  ["x + 1e999", 5, /finite/],
  ["NaN", 1, /finite|not known/],
  ["x * Infinity", 5, /finite|not known/],
  ["true", 1, /finite|not known/],
  ["x + null", 5, /finite|not known/],
  ["undefined", 1, /finite|not known/],
  ["x mod y", 3, /operator mod/],
  ["x xor y", 3, /operator xor/],
  ["x to y", 3, /operator to/],
  ["x in y", 3, /operator in/],
  ["x : y", 3, /may not stand/],
  ["x ? y", 5, /complete/],
  ["x +", 3, /complete/],
  ["x + * y", 5, /complete/],
  ["(x + y", 6, /complete/],
  ["x + y)", 6, /complete/],
  ["()", 2, /complete/],
  ["x,y", 2, /complete/],
  ["min(x,,y)", 7, /complete/],
  ["x\ny", 3, /multiplication sign/],
];

describe("hostile text", () => {
  it.each(hostile)("%j is refused at column %i", (text, column, what) => {
    const g = graph();
    const faultOf = (): Fault => {
      try {
        parseEquation(g, text, scopeOf(g), "the equation of x");
      } catch (error) {
        if (error instanceof Fault) return error;
        throw error;
      }
      throw new Error(`${text} was read`);
    };
    const found = faultOf();
    expect(found.code).toBe("EQUATION");
    expect(found.what).toMatch(what);
    expect(found.where).toContain("the equation of x");
    expect(found.data["column"]).toBe(column);
    // The caret stands under the column.
    const [, shown = "", caret = ""] = found.where?.split("\n") ?? [];
    expect(shown[caret.indexOf("^")]?.trim() ?? "").toBe((text[column - 1] ?? "").trim());
  });

  it.each(["", "   ", "\n\t"])("%j is empty", (text) => {
    expect(() => parseEquation(graph(), text, new Map())).toThrow(/empty/);
  });

  const columnOf = (text: string): unknown => {
    const g = graph();
    try {
      parseEquation(g, text, scopeOf(g));
    } catch (error) {
      if (error instanceof Fault && error.code === "EQUATION") return error.data["column"];
      throw error;
    }
    return undefined;
  };

  it("of any depth or length ends in a fault at the place, soon, and never in the stack", () => {
    expect(columnOf(`${"(".repeat(10_000)}x${")".repeat(10_000)}`)).toBe(4000);
    expect(columnOf(`${"(".repeat(1900)}x${")".repeat(1900)}`)).toBe(101);
    expect(columnOf(`x + ${"exp(".repeat(800)}`)).toBe(4 + 4 * 101);
    expect(columnOf("-".repeat(3000) + "x")).toBe(201);
    expect(columnOf("x^".repeat(1500) + "x")).toBe(402);
    expect(columnOf("not ".repeat(900) + "x")).toBe(4 * 200 + 1);
    expect(columnOf("x" + " + x".repeat(1_000_000))).toBe(4000);
    expect(columnOf("x?".repeat(1500))).toBeTypeOf("number");
    expect(columnOf("x<".repeat(1500) + "x")).toBeUndefined();
    expect(columnOf("min(x,".repeat(90) + "x" + ")".repeat(90))).toBeUndefined();
    expect(columnOf("x" + "+x".repeat(150))).toBeUndefined();
  });

  it("of any kind is read or refused, never anything else", () => {
    const pieces = fc.constantFrom(
      ..."x y z pi 1 2.5 1e5 + - * / ^ ( ) , < > <= == ? : and or not exp min select [ ] . ' \" = ; { } \\ ` $ # α ( ) ( )".split(
        " ",
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces, { maxLength: 30 }).map((p) => p.join("")),
          fc.array(pieces, { maxLength: 30 }).map((p) => p.join(" ")),
          fc.string({ unit: "binary", maxLength: 40 }),
        ),
        (text) => {
          const g = graph();
          try {
            expect(["float", "bool"]).toContain(parseEquation(g, text, scopeOf(g)).type);
          } catch (error) {
            expect(error).toBeInstanceOf(Fault);
            expect((error as Fault).code).toBe("EQUATION");
            const column = (error as Fault).data["column"];
            if (text.trim() !== "") expect(column).toBeGreaterThanOrEqual(1);
            if (text.trim() !== "") expect(column).toBeLessThanOrEqual(text.length);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});

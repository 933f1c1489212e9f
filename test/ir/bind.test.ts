import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bind, type BoundValue } from "../../src/ir/bind.js";
import { symbolsOf, topological, type Expr, type Graph } from "../../src/ir/graph.js";
import { parseEquation } from "../../src/ir/parse.js";
import { at, graph, point, samples, scopeOf, valueOf, valuesOf } from "./expressions.js";

const regions = 3;

/** Value of a bound expression in one region, for the names that stay free. */
const boundValue = (
  g: Graph,
  { outputs, regional }: ReturnType<typeof bind>,
  region: number,
  free: Readonly<Record<string, number>>,
): number => {
  const [node] = outputs;
  if (!node) throw new Error("nothing was bound");
  const arrays = Object.fromEntries(regional.map((values, k) => [`regional.${k}`, values[region] ?? NaN]));
  return valueOf(g, node, { ...free, ...arrays });
};

const bound = (text: string, values: Readonly<Record<string, BoundValue>>) => {
  const g = graph();
  const made = bind(g, [parseEquation(g, text, scopeOf(g))], new Map(Object.entries(values)), regions);
  return { g, made, node: made.outputs[0] as Expr, text: (other: string) => parseEquation(g, other, scopeOf(g)) };
};
const calls = (node: Expr): string[] => topological([node]).flatMap((n) => (n.kind === "call" ? [n.op] : []));

/** Values of all numbers on the way. */
const partsOf = (g: Graph, whole: Expr, p: Readonly<Record<string, number>>): number[] =>
  valuesOf(
    g,
    topological([whole]).filter((node) => node.type === "float"),
    p,
  );

describe("binding", () => {
  it("keeps the value of random expressions, whatever is bound, to rounding", () => {
    let compared = 0;
    fc.assert(
      fc.property(
        samples({ elementary: true, jumps: false }),
        fc.array(point, { minLength: regions, maxLength: regions }),
        fc.tuple(...([0, 1].map(() => fc.constantFrom("free", "one", "regional")) as [Kind, Kind])),
        (sample, points, [kindY, kindZ]) => {
          const g = graph();
          const whole = parseEquation(g, sample.text, scopeOf(g));
          const [first] = points;
          if (!first) return;
          const place = (region: number): Record<string, number> => {
            const [x, y, z] = points[region] ?? first;
            return { x, y: kindY === "regional" ? y : first[1], z: kindZ === "regional" ? z : first[2] };
          };
          const values = new Map<string, BoundValue>();
          for (const [name, kind, k] of [
            ["y", kindY, 1],
            ["z", kindZ, 2],
          ] as const) {
            if (kind === "one") values.set(name, first[k]);
            if (kind === "regional")
              values.set(
                name,
                Float64Array.from(points, (p) => p[k]),
              );
          }
          const made = bind(g, [whole], values, regions);
          for (const region of [0, 1, 2]) {
            const p = place(region);
            const parts = partsOf(g, whole, p);
            // Divisions may be regrouped: then the reciprocal of each part counts as well.
            if (!parts.every((v) => Math.abs(v) < 1e4)) continue;
            const size = parts.reduce(
              (most, v) => most * (1 + Math.abs(v) + (v === 0 ? 0 : Math.min(1e3, 1 / Math.abs(v)))),
              1,
            );
            if (!(size < 1e9)) continue;
            compared++;
            expect(Math.abs(boundValue(g, made, region, p) - valueOf(g, whole, p))).toBeLessThanOrEqual(1e-14 * size);
          }
        },
      ),
      { numRuns: 1500 },
    );
    expect(compared).toBeGreaterThan(1000);
  });
  type Kind = fc.Arbitrary<"free" | "one" | "regional">;

  it("with regional values is, region by region, binding the region's own values", () => {
    fc.assert(
      fc.property(
        samples({ elementary: true, jumps: true }),
        fc.array(point, { minLength: regions, maxLength: regions }),
        (sample, points) => {
          const g = graph();
          const whole = parseEquation(g, sample.text, scopeOf(g));
          const all = bind(g, [whole], new Map([["y", Float64Array.from(points, (p) => p[1])], ["z", Float64Array.from(points, (p) => p[2])]]), regions); // prettier-ignore
          points.forEach((p, region) => {
            const parts = partsOf(g, whole, at(p));
            if (!parts.every((v) => Math.abs(v) < 1e4)) return;
            const size = parts.reduce(
              (most, v) => most * (1 + Math.abs(v) + (v === 0 ? 0 : Math.min(1e3, 1 / Math.abs(v)))),
              1,
            );
            // A jump may fall to either side when what decides is all rounding.
            if (!(size < 1e9) || !sample.smooth) return;
            const alone = bind(g, [whole], new Map([["y", p[1]], ["z", p[2]]]), 1); // prettier-ignore
            const difference = boundValue(g, all, region, at(p)) - boundValue(g, alone, 0, at(p));
            expect(Math.abs(difference)).toBeLessThanOrEqual(1e-14 * size);
          });
        },
      ),
      { numRuns: 500 },
    );
  });

  it("chooses by regional conditions", () => {
    const { g, made } = bound("select(y < 0, x, -x) + (z == 2 ? 10 : 0)", {
      y: Float64Array.of(-1, 1, 0),
      z: Float64Array.of(2, 2, 3),
    });
    expect([0, 1, 2].map((region) => boundValue(g, made, region, { x: 5 }))).toEqual([15, 5, -5]);
  });

  it.each<[string, Record<string, number>, string]>([
    ["x * y", { y: 0 }, "0"],
    ["x * y", { y: 1 }, "x"],
    ["x + y * exp(x)", { y: 0 }, "x"],
    ["(x + y) / z", { y: 0, z: 1 }, "x"],
    ["x^y", { y: 2 }, "x * x"],
    ["select(y > 0, x, exp(x))", { y: 1 }, "x"],
    ["x / z", { z: 4 }, "0.25 * x"],
    ["(x / y) / z", { y: 2, z: 4 }, "0.125 * x"],
    ["y * (x * z)", { y: 3, z: 5 }, "15 * x"],
    ["(x + y) + z", { y: 3, z: 5 }, "x + 8"],
    ["x - (y - z)", { y: 3, z: 5 }, "x + 2"],
  ])("%s with %j is %s", (text, values, expected) => {
    const { node, text: read } = bound(text, values);
    expect(node).toBe(read(expected));
  });

  it("takes everything out of the step that does not change, once", () => {
    const values = { y: Float64Array.of(1, 2, 3), z: Float64Array.of(0.1, 0.2, 0.3) };
    const { made, node } = bound("x * exp(y) / (1 + z) + sin(y * z) - tanh(x) * exp(y)", values);
    expect(
      calls(node)
        .filter((op) => op !== "tanh")
        .toSorted(),
    ).toEqual(["add", "mul", "mul", "sub"]);
    expect(symbolsOf([node]).toSorted()).toEqual(["regional.0", "regional.1", "regional.2", "x"]);
    expect(made.regional.length).toBe(3);
    const constant = bound("x * exp(2) / (1 + 3)", {});
    expect(calls(constant.node)).toEqual(["mul"]);
  });

  it("shares an array between outputs that need it", () => {
    const g = graph();
    const read = (text: string) => parseEquation(g, text, scopeOf(g));
    const { regional } = bind(
      g,
      [read("x * exp(y)"), read("tanh(x) + exp(y)")],
      new Map([["y", Float64Array.of(1, 2, 3)]]),
      regions,
    );
    expect(regional.map((r) => [...r])).toEqual([[1, 2, 3].map((y) => valueOf(g, read("exp(y)"), { y }))]);
  });

  it("leaves an expression of parameters alone as a number or an array", () => {
    expect(bound("y * z", { y: 3, z: 5 }).node).toMatchObject({ kind: "const", value: 15 });
    const { node, made } = bound("y * z", { y: Float64Array.of(1, 2, 3), z: 5 });
    expect(node).toMatchObject({ kind: "symbol", name: "regional.0" });
    expect([...(made.regional[0] ?? [])]).toEqual([5, 10, 15]);
  });
});

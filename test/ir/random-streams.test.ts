import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import { evaluator } from "../../src/ir/evaluate.js";
import { graph, onlyPrimitives, symbolsOf } from "../../src/ir/graph.js";
import { drawSymbols, drawWords, gaussian, gaussianQuadGraph, streams, uniform } from "../../src/ir/random/streams.js";

const natural = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const large = fc.maxSafeNat();
const stream = fc.constantFrom(...Object.values(streams));
const draw = fc.tuple(large, stream, natural, natural, natural, large);

describe("streams of random numbers", () => {
  it("have the agreed numbers", () => {
    expect(streams).toEqual({ initial: 1, dynamics: 2, observation: 3 });
  });

  it("are graphs of primitives of the agreed symbols", () => {
    const outputs = gaussianQuadGraph(graph());
    expect(onlyPrimitives(outputs)).toBe(true);
    expect(symbolsOf(outputs).toSorted()).toEqual(drawSymbols.toSorted());
  });

  it("key a draw by [seed low, seed high, stream, run] and [quad low, quad high, node, variable]", () => {
    const words = drawWords({
      seed: 2 ** 40 + 5,
      stream: streams.dynamics,
      run: 9,
      node: 3,
      variable: 4,
      step: 4 * (2 ** 33 + 6) + 1,
    });
    expect(words).toEqual([5, 2 ** 8, 2, 9, 6, 2, 3, 4]);
  });

  it("take the normal of step s from output s mod 4 of quad floor(s / 4)", () => {
    const { inputs, outputs, registers, run } = evaluator(gaussianQuadGraph(graph()), "f32");
    fc.assert(
      fc.property(draw, ([seed, of, job, node, variable, step]) => {
        drawWords({ seed, stream: of, run: job, node, variable, step }).forEach((word, k) => {
          registers[inputs.get(drawSymbols[k] ?? "") ?? 0] = word;
        });
        run();
        const expected = registers[outputs[step % 4] ?? 0];
        return (
          Object.is(gaussian(seed, of, job, node, variable, step), expected) &&
          Math.fround(expected ?? NaN) === expected
        );
      }),
      { seed: 2 },
    );
  });

  it("give a uniform number inside (0, 1), the same each time", () => {
    fc.assert(
      fc.property(draw, (key) => {
        const value = uniform(...key);
        return value > 0 && value < 1 && uniform(...key) === value;
      }),
      { seed: 3, numRuns: 1000 },
    );
  });

  it("change with every part of the name", () => {
    const key = [2 ** 35 + 17, streams.dynamics, 2, 3, 4, 2 ** 36] as const;
    const [seed, of, job, node, variable, step] = key;
    const others = [
      uniform(seed + 1, of, job, node, variable, step),
      uniform(seed + 2 ** 32, of, job, node, variable, step),
      uniform(seed, streams.initial, job, node, variable, step),
      uniform(seed, of, job + 1, node, variable, step),
      uniform(seed, of, job, node + 1, variable, step),
      uniform(seed, of, job, node, variable + 1, step),
      uniform(seed, of, job, node, variable, step + 1),
      uniform(seed, of, job, node, variable, step + 4),
      uniform(seed, of, job, node, variable, step + 2 ** 34),
      // Neighbouring words must not be exchangeable.
      uniform(seed, of, job, variable, node, step),
    ];
    expect(new Set([...others, uniform(...key)]).size).toBe(others.length + 1);
  });

  it("are uniform: mean, variance and chi-square of 64 bins (seed 11, four standard errors)", () => {
    const count = 100_000;
    const bins = new Float64Array(64);
    let [sum, squares] = [0, 0];
    for (let step = 0; step < count; step++) {
      const u = uniform(11, streams.initial, 0, step % 76, 0, Math.floor(step / 76));
      sum += u;
      squares += (u - 0.5) ** 2;
      const bin = Math.floor(u * 64);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    expect(Math.abs(sum / count - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / count));
    expect(Math.abs(squares / count - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / count));
    const chiSquare = bins.reduce((total, n) => total + (n - count / 64) ** 2 / (count / 64), 0);
    // Mean 63, variance 126.
    expect(Math.abs(chiSquare - 63)).toBeLessThan(4 * Math.sqrt(126));
  });

  it.each([
    ["seed", [-1, 1, 0, 0, 0, 0]],
    ["seed", [0.5, 1, 0, 0, 0, 0]],
    ["run", [0, 1, 2 ** 32, 0, 0, 0]],
    ["node", [0, 1, 0, NaN, 0, 0]],
    ["step", [0, 1, 0, 0, 0, 2 ** 54]],
  ] as const)("refuse a %s that cannot be a key", (name, [seed, of, run, node, variable, step]) => {
    const refused = (): number => gaussian(seed, of, run, node, variable, step);
    expect(refused).toThrow(Fault);
    expect(refused).toThrow(name);
  });
});

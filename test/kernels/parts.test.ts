import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import type { Graph } from "../../src/ir/graph.js";
import { backends } from "../../src/kernels/index.js";
import { firstDifference } from "../laws/first-difference.js";
import { edgesOf, handProgram, still, type Hand } from "./hand-program.js";
import { fillDrives, randomProgram, randomStart, rowsOf, shapes } from "./random-program.js";

/** Steps that the host takes in parts. All numbers of the hand-made programs are exact in binary. */

const x = (g: Graph) => g.symbol("state.0");
const size = (g: Graph) => g.symbol("part.size");

describe.each(Object.values(backends))("parts in $id", (backend) => {
  const make = (hand: Hand, state: readonly number[]) => {
    const program = handProgram({ ...hand, parts: true, observe: (g) => [x(g)] });
    return backend.compile(program, still(program, Float64Array.from(state)), { slots: 0 });
  };
  const decay: Hand = { regions: 3, next: (g) => [g.sub(x(g), g.mul(size(g), x(g)))] };

  it("shrink by their own size, and are undone back to the start of the step", async () => {
    const kernel = await make(decay, [1, 2, 4]);
    kernel.part(0, 0.5);
    kernel.part(0.5, 0.25);
    expect([...kernel.state()]).toEqual([0.375, 0.75, 1.5]);
    kernel.undo();
    expect([...kernel.state()]).toEqual([1, 2, 4]);
    kernel.part(0, 0.75);
    expect(kernel.step()).toBe(0);
    expect(kernel.commit()).toBeUndefined();
    expect(kernel.step()).toBe(1);
    expect([...kernel.state()]).toEqual([0.25, 0.5, 1]);
    kernel.undo();
    expect([...kernel.state()]).toEqual([0.25, 0.5, 1]);
    const { data, offset } = kernel.observed(0);
    expect([...data.subarray(offset, offset + 3)]).toEqual([0.25, 0.5, 1]);
  });

  it("know where in the step they begin, and take a whole step when asked to advance", async () => {
    const kernel = await make(
      { regions: 2, next: (g) => [g.add(x(g), g.add(g.symbol("part.from"), size(g)))] },
      [0, 1],
    );
    expect(kernel.blockSteps).toBe(1);
    kernel.part(0, 0.25);
    kernel.part(0.25, 0.75);
    expect([...kernel.state()]).toEqual([1.25, 2.25]);
    kernel.commit();
    expect(kernel.advance(1)).toBeUndefined();
    expect([...kernel.state()]).toEqual([2.25, 3.25]);
    expect(() => kernel.advance(2)).toThrow(Fault);
  });

  it("see the delayed sums of the whole step, and those without delay as they are now", async () => {
    // Region 1 receives from 0: half of what it sent two steps ago; or of what it sends now.
    const next = (symbol: string) => (g: Graph) => [
      g.add(g.add(x(g), g.symbol(symbol)), g.mul(g.constant(0), size(g))),
    ];
    const delayed = edgesOf(2, [[1, 0, 2, 0.5]]);
    const late = await make({ regions: 2, edges: delayed, next: next("sum.0.0") }, [8, 0]);
    late.part(0, 0.5);
    late.part(0.5, 0.5);
    expect([...late.state()]).toEqual([8, 8]);
    late.commit();
    const now = await make(
      {
        regions: 2,
        instant: edgesOf(2, [
          [0, 1, 0, 1],
          [1, 0, 0, 0.5],
        ]),
        next: next("instant.0"),
      },
      [8, 0],
    );
    // (8, 0) → (8 + 0, 0 + 4) → (8 + 4, 4 + 4) → (12 + 8, 8 + 6)
    now.part(0, 0.5);
    expect([...now.state()]).toEqual([8, 4]);
    now.part(0.5, 0.5);
    expect([...now.state()]).toEqual([12, 8]);
    now.undo();
    now.part(0, 0.5);
    expect([...now.state()]).toEqual([8, 4]);
    now.part(0.5, 0.5);
    now.commit();
    now.part(0, 1);
    expect([...now.state()]).toEqual([20, 14]);
  });

  it("send once per step: delays are counted in steps, not in parts", async () => {
    // Region 0 counts parts; region 1 takes what region 0 was two steps ago.
    const program = handProgram({
      regions: 2,
      parts: true,
      edges: edgesOf(2, [[1, 0, 2, 1]]),
      next: (g) => [
        g.select(g.call("lt", [g.symbol("state.1"), g.constant(0.5)]), g.add(x(g), g.constant(1)), g.symbol("sum.0.0")),
        g.symbol("state.1"),
      ],
    });
    const kernel = await backend.compile(program, still(program, Float64Array.of(0, 0, 0, 1)), { slots: 0 });
    const seen: number[] = [];
    for (let step = 0; step < 5; step++) {
      for (let k = 0; k <= step; k++) kernel.part(k / 8, 1 / 8);
      kernel.commit();
      seen.push(kernel.state()[1] ?? NaN);
    }
    // After steps 0 … 4 region 0 has counted 1, 3, 6, 10, 15; the step s reads it as it was before step s - 1.
    expect(seen).toEqual([0, 0, 0, 1, 3]);
  });

  it("tell at the end of the step what is not finite", async () => {
    const kernel = await make({ regions: 3, next: (g) => [g.div(x(g), g.sub(x(g), g.constant(2)))] }, [1, 2, 4]);
    kernel.part(0, 1);
    expect(kernel.commit()).toEqual({ step: 1, region: 1, variable: 0, lastGood: [2] });
  });

  it("are for programs that say so, and have no noise", async () => {
    const program = handProgram({ ...decay, next: (g) => [x(g)] });
    const start = still(program, Float64Array.of(1, 2, 3));
    const kernel = await backend.compile(program, start, { slots: 0 });
    expect(() => kernel.part(0, 1)).toThrow(Fault);
    expect(() => kernel.commit()).toThrow(Fault);
    const noisy = { ...program, parts: true, noise: [0] };
    await expect((async () => backend.compile(noisy, start, { slots: 0 }))()).rejects.toThrow(Fault);
  });
});

describe("both back ends", () => {
  const actions = fc.array(
    fc.oneof(
      fc.record({ from: fc.constantFrom(0, 0.1, 0.7), size: fc.constantFrom(1, 0.3, 1e-3) }),
      fc.constantFrom("undo" as const, "commit" as const),
    ),
    { minLength: 1, maxLength: 40 },
  );

  it("take the same parts, undo and commit alike, and undo is exact", async () => {
    await fc.assert(
      fc.asyncProperty(shapes({ parts: true }), actions, async (shape, list) => {
        const program = randomProgram(shape);
        const traces = await Promise.all(
          Object.values(backends).map(async (backend) => {
            const kernel = await backend.compile(program, randomStart(program, shape.seed, 3), { slots: 0 });
            const out: number[] = [];
            let before = kernel.state();
            fillDrives(kernel, program, 1);
            for (const action of list) {
              if (action === "undo") {
                kernel.undo();
                expect(firstDifference(before, kernel.state())).toBeUndefined();
              } else if (action === "commit") {
                expect(kernel.commit()).toBeUndefined();
                before = kernel.state();
                out.push(...rowsOf(kernel, program, 1), ...kernel.past());
                fillDrives(kernel, program, 1);
              } else kernel.part(action.from, action.size);
              out.push(...kernel.state());
            }
            return out;
          }),
        );
        expect(firstDifference(traces[0] ?? [], traces[1] ?? [])).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it("take one whole part as the step of a program without parts", async () => {
    await fc.assert(
      fc.asyncProperty(shapes({ parts: false }), async (shape) => {
        const program = randomProgram({ ...shape, noisy: false });
        const start = randomStart(program, shape.seed, 0);
        const traces = await Promise.all(
          [false, true].flatMap((parts) =>
            Object.values(backends).map(async (backend) => {
              const kernel = await backend.compile({ ...program, parts }, start, { slots: 0 });
              const out: number[] = [];
              for (let step = 0; step < 12; step++) {
                fillDrives(kernel, program, 1);
                kernel.advance(1);
                out.push(...rowsOf(kernel, program, 1), ...kernel.state());
              }
              return [...out, ...kernel.past()];
            }),
          ),
        );
        for (const other of traces) expect(firstDifference(traces[0] ?? [], other)).toBeUndefined();
      }),
      { numRuns: 25 },
    );
  });
});

import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import { model } from "../../src/ir/form.js";
import { backends } from "../../src/kernels/index.js";
import type { Kernel } from "../../src/kernels/kernel.js";
import { wasm } from "../../src/kernels/wasm/kernel.js";
import { defaultVariant, variants } from "../../src/kernels/wasm/variants.js";
import { compile, matrix, networkOf, prepare, setupOf, type SetupChange } from "../engine/support.js";
import { trace } from "../laws/bits.js";
import { firstDifference } from "../laws/first-difference.js";
import { mulberry32, uniform } from "../golden/generator.js";

/** What a kernel promises whatever it computes (src/kernels/kernel.ts). */

function noisyNetwork(regions: number, change: SetupChange = {}) {
  const draw = mulberry32(regions);
  return prepare(
    setupOf({
      model: "sup-hopf",
      connectome: networkOf(
        matrix(regions, (i, j) => (i === j || draw() < 0.3 ? 0 : uniform(draw, -0.2, 0.4))),
        matrix(regions, () => Math.floor(uniform(draw, 1, 30))),
      ),
      coupling: "linear",
      couplingParameters: { a: 1 },
      scheme: "heun-stochastic",
      noise: { x: 1e-3, y: 1e-3 },
      parameters: { a: 0.1 },
      conductionSpeed: 100,
      dtMs: 0.01,
      ...change,
    }),
  );
}

const steps = 260;
const everything = (kernel: Kernel, prepared: ReturnType<typeof noisyNetwork>, next: (call: number) => number) => {
  const { rows, states, sums } = trace(kernel, prepared, steps, next);
  return [...rows, ...sums, states.get(steps) ?? []].flatMap((values) => [...Array.from(values)]);
};

describe.each(["f32", "f64"] as const)("%s", (precision) => {
  it("has the same bytes on repeat, in every variant that is ever tried, and however steps are split", async () => {
    const prepared = noisyNetwork(13, { precision });
    const tried = [...variants(prepared.program), { block: 4, groups: 1 }, { block: 128, groups: 2 }];
    expect(tried[0]).toEqual(defaultVariant(prepared.program));
    const wanted = everything(await compile(wasm, prepared, { slots: 2 }), prepared, () => 1);
    for (const variant of tried)
      for (const next of [() => Infinity, (call: number) => 1 + ((call * 5) % 17)]) {
        const kernel = await compile(wasm, prepared, { slots: 2, variant });
        expect(firstDifference(wanted, everything(kernel, prepared, next)), JSON.stringify(variant)).toBeUndefined();
      }
  });

  it("equals the reference for every number of regions from 1 to 18: lanes beyond the last one do not show", async () => {
    for (let regions = 1; regions <= 18; regions++) {
      const prepared = noisyNetwork(regions, { precision });
      const [a, b] = await Promise.all(
        Object.values(backends).map(async (backend) =>
          everything(await compile(backend, prepared, { slots: 2 }), prepared, () => Infinity),
        ),
      );
      expect(firstDifference(a ?? [], b ?? []), `${regions} regions`).toBeUndefined();
    }
  });
});

describe.each(Object.values(backends))("$id", (backend) => {
  it("counts absolute steps and keeps nothing of other kernels of the same program", async () => {
    const prepared = noisyNetwork(5);
    const late = { ...prepared, start: { ...prepared.start, step: 1001 } };
    const [one, other, third] = [
      await compile(backend, late),
      await compile(backend, prepared),
      await compile(backend, late),
    ];
    one.advance(7);
    other.advance(3);
    third.advance(7);
    expect([one.step(), other.step()]).toEqual([1008, 3]);
    expect([...third.state()]).toEqual([...one.state()]);
    expect([...other.state()]).not.toEqual([...one.state()]);
  });

  it("gives copies: what a caller writes into a state or a sum changes nothing", async () => {
    const prepared = noisyNetwork(3);
    const kernel = await compile(backend, prepared, { slots: 1 });
    kernel.advance(2);
    kernel.accumulate(0, 0, 2);
    const [state, sums] = [kernel.state(), kernel.drain(0)];
    const before = [...state];
    state.fill(NaN);
    sums.fill(NaN);
    expect([...kernel.state()]).toEqual(before);
    expect(kernel.drain(0).every((x) => x === 0)).toBe(true);
    expect(kernel.advance(1)).toBeUndefined();
  });

  it("leaves the start it was given as it was", async () => {
    const prepared = noisyNetwork(4);
    const before = [...prepared.start.state, ...prepared.start.past];
    (await compile(backend, prepared)).advance(8);
    expect([...prepared.start.state, ...prepared.start.past]).toEqual(before);
  });

  it("adds up in f64 what it computes in f32", async () => {
    const prepared = noisyNetwork(3, { precision: "f32" });
    const kernel = await compile(backend, prepared, { slots: 1 });
    const wanted = new Float64Array(6);
    for (let call = 0; call < 40; call++) {
      kernel.advance(8);
      for (let row = 0; row < 8; row++)
        prepared.program.observe.forEach((_, o) => {
          const { data, offset, stride } = kernel.observed(o);
          for (let i = 0; i < 3; i++)
            wanted[o * 3 + i] = (wanted[o * 3 + i] ?? NaN) + (data[offset + row * stride + i] ?? NaN);
        });
      kernel.accumulate(0, 0, 3);
      kernel.accumulate(0, 3, 8);
    }
    expect([...kernel.drain(0)]).toEqual([...wanted]);
  });

  it("carries a sum that overflows as infinity, not as NaN, to those it reaches and to no others", async () => {
    // What is sent overflows in f32 though the state is finite; tanh brings the input back to a number.
    const sender = model({
      id: "sender",
      about: "Sends a power of its state.",
      papers: [],
      time: "dimensionless",
      state: { x: { unit: "1", start: [0, 1], about: "state" } },
      parameters: {},
      sends: ["x * x"],
      inputs: { c: { unit: "1", about: "input" } },
      equations: { x: "tanh(c)" },
      observe: ["x"],
    });
    // Region 0 receives from 3 and 4, region 1 from 3 alone, region 2 from none.
    const weights = matrix(5, (i, j) => (i === 0 && j >= 3 ? 1 : i === 1 && j === 3 ? 1 : 0));
    for (const delay of [0, 1, 40]) {
      const prepared = prepare(
        setupOf({
          model: sender,
          connectome: networkOf(
            weights,
            matrix(5, () => delay),
          ),
          couplingParameters: { a: 1 },
          conductionSpeed: 1,
          dtMs: 1,
          precision: "f32",
          scheme: "heun",
          initial: { kind: "state", values: Float64Array.of(0, 0, 0, 1e30, 0) },
        }),
      );
      for (const block of [4, 16]) {
        const kernel = await compile(backend, prepared, { variant: { block, groups: 1 } });
        expect(kernel.advance(4)).toBeUndefined();
        expect([...kernel.state()], `delay ${delay}`).toEqual([4, 4, 0, Math.fround(1e30), 0]);
      }
    }
  });
});

describe("wasm", () => {
  it("takes one step at least and a block at most", async () => {
    const kernel = await compile(wasm, noisyNetwork(2), { variant: { block: 8, groups: 1 } });
    for (const count of [0, -1, 9, 1.5, NaN]) expect(() => kernel.advance(count)).toThrow(Fault);
    expect(kernel.step()).toBe(0);
  });

  it("says how it was built and how much memory it holds", async () => {
    const kernel = await compile(wasm, noisyNetwork(9), { variant: { block: 32, groups: 2 } });
    expect(kernel.variant).toBe("block 32, 2 groups");
    expect(kernel.bytes % 65536).toBe(0);
    expect(kernel.bytes).toBeGreaterThan(0);
  });
});

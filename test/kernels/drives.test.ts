import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import type { Program } from "../../src/ir/program.js";
import { backends } from "../../src/kernels/index.js";
import { handProgram, still } from "./hand-program.js";

/** What the host gives for every step reaches that step, whatever the blocks. */

const build = (program: Program, state: readonly number[]) => ({
  program,
  start: still(program, Float64Array.from(state)),
  options: { slots: 0, variant: { block: 8, groups: 1 } },
});

describe.each(Object.values(backends))("drives in $id", (backend) => {
  it.each(["f32", "f64"] as const)(
    "are one value for all, or one for each region, of this step (%s)",
    async (precision) => {
      const regions = 5;
      const program = handProgram({
        precision,
        regions,
        drives: [{ uniform: true }, { uniform: false }],
        next: (g) => [g.add(g.symbol("state.0"), g.add(g.symbol("drive.0"), g.symbol("drive.1")))],
        observe: (g) => [g.symbol("state.0"), g.symbol("drive.1")],
      });
      const { start, options } = build(program, [0, 0, 0, 0, 0]);
      const kernel = await backend.compile(program, start, options);
      // Multiples of 1/8: every sum is exact, so the truth needs no rounding.
      const uniformAt = (step: number) => step / 8;
      const regionalAt = (step: number, i: number) => i * 4 + (step % 3);
      const wanted = new Float64Array(regions);
      for (const count of [1, 8, 3, 8, 5]) {
        const first = kernel.step();
        const [uniform, regional] = [kernel.drive(0), kernel.drive(1)];
        expect(uniform.stride).toBe(1);
        expect(uniform.data).toBeInstanceOf(precision === "f32" ? Float32Array : Float64Array);
        for (let row = 0; row < count; row++) {
          uniform.data[uniform.offset + row] = uniformAt(first + row);
          for (let i = 0; i < regions; i++)
            regional.data[regional.offset + row * regional.stride + i] = regionalAt(first + row, i);
        }
        expect(kernel.advance(count)).toBeUndefined();
        for (let row = 0; row < count; row++) {
          for (let i = 0; i < regions; i++)
            wanted[i] = (wanted[i] ?? 0) + uniformAt(first + row) + regionalAt(first + row, i);
          const [x, seen] = [kernel.observed(0), kernel.observed(1)];
          const at = (rows: typeof x) => [...rows.data.subarray(rows.offset + row * rows.stride).subarray(0, regions)];
          expect(at(x)).toEqual([...wanted]);
          expect(at(seen)).toEqual(Array.from({ length: regions }, (_, i) => regionalAt(first + row, i)));
        }
      }
      expect([...kernel.state()]).toEqual([...wanted]);
    },
  );

  it("keep lanes that stand for no region as tame as the last region", async () => {
    const program = handProgram({
      regions: 5,
      drives: [{ uniform: false }],
      next: (g) => [g.div(g.symbol("state.0"), g.symbol("drive.0"))],
      observe: (g) => [g.symbol("state.0")],
    });
    const { start, options } = build(program, [1, 1, 1, 1, 0]);
    const kernel = await backend.compile(program, start, options);
    const { data, offset, stride } = kernel.drive(0);
    for (let row = 0; row < 8; row++) data.fill(2, offset + row * stride, offset + row * stride + 5);
    expect(kernel.advance(8)).toBeUndefined();
    const seen = kernel.observed(0);
    expect(seen.data.subarray(seen.offset, seen.offset + 8 * seen.stride).every(Number.isFinite)).toBe(true);
  });

  it.each([true, false])("name the step that blows up by its own row (uniform: %s)", async (uniform) => {
    const program = handProgram({
      regions: 3,
      drives: [{ uniform }],
      next: (g) => [g.add(g.symbol("state.0"), g.symbol("drive.0"))],
      observe: () => [],
    });
    const { start, options } = build(program, [1, 2, 3]);
    const kernel = await backend.compile(program, start, options);
    const { data, offset, stride } = kernel.drive(0);
    // 1, 2, 4, … and infinity in row 5, for region 1 alone where there is one value per region.
    for (let row = 0; row < 8; row++)
      for (let i = 0; i < (uniform ? 1 : 3); i++)
        data[offset + row * stride + i] = row === 5 && (uniform || i === 1) ? Infinity : 2 ** row;
    expect(kernel.advance(8)).toEqual({
      step: 6,
      region: uniform ? 0 : 1,
      variable: 0,
      lastGood: [(uniform ? 1 : 2) + 31],
    });
  });

  it("refuse to be sent, and numbers that do not exist", async () => {
    const program = handProgram({ regions: 1, drives: [{ uniform: true }], next: (g) => [g.symbol("drive.0")] });
    const { start, options } = build(program, [0]);
    const kernel = await backend.compile(program, start, options);
    expect(() => kernel.drive(1)).toThrow(Fault);
    const sending = { ...program, channels: 1, send: [program.graph.symbol("drive.0")] };
    await expect((async () => backend.compile(sending, start, options))()).rejects.toThrow("may not read drive.0");
  });
});

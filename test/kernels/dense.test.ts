import { describe, expect, it } from "vitest";
import { backends } from "../../src/kernels/index.js";
import { mulberry32, uniform } from "../golden/generator.js";
import { edgesOf, handProgram, still } from "./hand-program.js";

/** x_i = sum over j of w_ij x_j / 8: networks in which most regions are linked, without delay. */
const network = (regions: number, linked: (target: number, source: number) => boolean, precision: "f32" | "f64") => {
  const draw = mulberry32(regions);
  const list = Array.from({ length: regions * regions }, (_, k) => [Math.floor(k / regions), k % regions] as const)
    .filter(([target, source]) => linked(target, source))
    .map(([target, source]) => [target, source, 0, Math.fround(uniform(draw, -1, 1))] as const);
  const next = (g: Parameters<Parameters<typeof handProgram>[0]["next"]>[0]) => [
    g.mul(g.constant(1 / 8), g.symbol("instant.0")),
  ];
  return { list, program: handProgram({ regions, next, instant: edgesOf(regions, list), precision }) };
};

describe.each(Object.values(backends))("sums over dense undelayed links, $id", (backend) => {
  it.each([
    [1, "f64"],
    [5, "f64"],
    [27, "f64"],
    [30, "f32"],
    [61, "f32"],
    [111, "f32"],
  ] as const)("are added in the order of sources: %i regions, %s", async (regions, precision) => {
    const round = precision === "f32" ? Math.fround : (x: number) => x;
    const { list, program } = network(regions, (i, j) => (i * 7 + j * 3) % 5 !== 0, precision);
    const draw = mulberry32(1);
    let state = Float64Array.from({ length: regions }, () => Math.fround(uniform(draw, -1, 1)));
    const kernel = await backend.compile(program, still(program, state), { slots: 0 });
    for (let step = 0; step < 3; step++) {
      const sums = new Float64Array(regions);
      for (const [i, j, , weight] of list) sums[i] = round((sums[i] ?? 0) + round(weight * (state[j] ?? 0)));
      state = sums.map((sum) => sum / 8);
      kernel.advance(1);
    }
    expect([...kernel.state()]).toEqual([...state]);
  });

  it("take nothing from a region that is not linked, infinite as it may be", async () => {
    const regions = 9;
    const { program } = network(regions, (i, j) => i !== 3 || j !== 0, "f32");
    const state = Float64Array.from({ length: regions }, (_, i) => (i === 0 ? Infinity : 0.5));
    const kernel = await backend.compile(program, still(program, state), { slots: 0, guard: false });
    kernel.advance(1);
    expect([...kernel.state()].map((x) => Number.isFinite(x))).toEqual(
      Array.from({ length: regions }, (_, i) => i === 3),
    );
  });
});

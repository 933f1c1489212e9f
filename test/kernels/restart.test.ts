import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backends } from "../../src/kernels/index.js";
import { firstDifference } from "../laws/first-difference.js";
import { compileFor, randomInPieces } from "./cut.js";
import { randomProgram, randomStart, shapes } from "./random-program.js";

/** A run that is cut and goes on from `step`, `state`, `past` and its sums has the bits of the whole run. */

describe("a run in pieces", () => {
  it("equals the whole run: random programs, both back ends, any cut", async () => {
    await randomInPieces(100);
  });

  it("may go on with other equations for what is sent: the start's row is what its state sends now", async () => {
    const shape = fc.sample(shapes({ parts: false }), 1)[0];
    if (!shape) throw new Error("no sample");
    const program = randomProgram({ ...shape, regions: 5, maxDelay: 12, phases: 2, numpy: false, drives: [] });
    const other = { ...program, send: program.send.map((e) => program.graph.mul(program.graph.constant(0.5), e)) };
    const start = randomStart(program, 3, 0);
    const kernels = await Promise.all(
      Object.keys(backends).map((backend) => compileFor(other, start, { backend, steps: 0, block: 4 })),
    );
    const pasts = kernels.map((kernel) => [...kernel.past()]);
    expect(firstDifference(pasts[0] ?? [], pasts[1] ?? [])).toBeUndefined();
    for (const kernel of kernels) kernel.advance(4);
    expect(firstDifference(kernels[0]?.state() ?? [], kernels[1]?.state() ?? [])).toBeUndefined();
  });
});

import { describe, it } from "vitest";
import { randomInPieces } from "../kernels/cut.js";
import { registeredInPieces } from "../kernels/registered-in-pieces.js";

/** As test/kernels/restart*.test.ts, over many more programs and cuts. */
describe("a run in pieces equals the whole run", () => {
  it("for random programs", () => randomInPieces(3000));

  it("for registered models, couplings and schemes", () => registeredInPieces(300));
});

import { describe, it } from "vitest";
import { registeredInPieces } from "./registered-in-pieces.js";

describe("a run in pieces", () => {
  it("equals the whole run: registered models, couplings and schemes", async () => {
    await registeredInPieces(12);
  });
});

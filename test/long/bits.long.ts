import { describe, expect, it } from "vitest";
import { checkCase, factors, fits, type BitsCase } from "../laws/bits.js";

/**
 * Every model with every coupling, scheme, precision and mode, each on three networks, by turns with the other factors:
 * the product of what test/laws/bits.test.ts covers by pairs.
 */
const turn = <T>(list: readonly T[], k: number): T => list[k % list.length] as T;

describe.each(factors.model)("%s", (model) => {
  it.each(factors.coupling.filter((coupling) => fits({ model, coupling })))("with %s", async (coupling) => {
    let k = model.length + coupling.length;
    let [runs, finished] = [0, 0];
    for (const scheme of factors.scheme)
      for (const precision of factors.precision)
        for (const compat of factors.compat)
          for (let repeat = 0; repeat < 3; repeat++) {
            k++;
            const c: BitsCase = {
              model,
              coupling,
              scheme,
              precision,
              compat,
              network: turn(factors.network, k),
              // Lists of different lengths, so that their combinations turn too.
              variant: turn(factors.variant, k),
              advance: turn(factors.advance, Math.floor(k / 2)),
              initial: turn(factors.initial, Math.floor(k / 5)),
              startStep: turn(factors.startStep, Math.floor(k / 7)),
              parameters: turn(factors.parameters, Math.floor(k / 11)),
              noise: turn(factors.noise, Math.floor(k / 13)),
            };
            const { steps, of } = await checkCase(c).catch((error: unknown) => {
              throw new Error(`${Object.values(c).join(", ")}: ${String(error)}`);
            });
            runs++;
            if (steps === of) finished++;
          }
    expect(finished / runs).toBeGreaterThan(0.8);
  });
});

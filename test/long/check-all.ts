import { expect } from "vitest";
import { checkCase, type BitsCase, type tally } from "../laws/bits.js";

/** Checks cases, naming the one that fails; asserts that there were so many, and what they showed. */
export async function checkAll(
  cases: readonly BitsCase[],
  wanted: number,
  shown: ReturnType<typeof tally>,
): Promise<void> {
  expect(cases.length).toBe(wanted);
  for (const c of cases)
    shown.add(
      c,
      await checkCase(c).catch((error: unknown) => {
        throw new Error(`${Object.values(c).join(", ")}: ${String(error)}`);
      }),
    );
}

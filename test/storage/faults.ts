import { expect } from "vitest";
import type { FaultCode } from "../../src/core/fault.js";
import { Fault } from "../../src/core/fault.js";

/** The Fault that the work ends in; anything else, success too, fails the test. */
export async function faultFrom(work: () => unknown): Promise<Fault> {
  let result: unknown;
  try {
    result = await work();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error(`expected a Fault, got ${String(result)}`);
}

/** Asserts code and words of the Fault that the work ends in. */
export async function expectFault(work: () => unknown, code: FaultCode, words: RegExp): Promise<void> {
  const fault = await faultFrom(work);
  expect(fault.message).toMatch(words);
  expect(fault.code).toBe(code);
}

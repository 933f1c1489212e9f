import { parseQuantity } from "../core/units.js";
import { faultAt } from "./context.js";
import type { Path } from "./parse.js";
import type { Quantity } from "./types.js";
import { pathText, type Locate } from "./validate.js";

/** Steps are counted in 32 bits by the random numbers' key. */
const maxSteps = 2 ** 32 - 1;
/** Decimal steps such as 0.1 ms are not exact in binary: a quotient this near (relative) to a whole number is one. */
const tolerance = 1e-12;

/** Milliseconds. @throws Fault UNIT, or RANGE unless at least `least` (above it when `strict`) and finite */
export function milliseconds(value: Quantity, path: Path, locate: Locate, strict: boolean): number {
  const ms = parseQuantity(value, "ms", locate(path));
  if (!Number.isFinite(ms) || ms < 0 || (strict && ms === 0))
    faultAt(
      locate,
      path,
      "RANGE",
      `${pathText(path)} must be ${strict ? "above" : "at least"} 0 and finite, not ${value}`,
    );
  return ms;
}

/**
 * A time as a whole number of steps.
 * @throws Fault MISMATCH, naming the two nearest times that are, or LIMIT
 */
export function wholeSteps(ms: number, dtMs: number, path: Path, locate: Locate): number {
  const quotient = ms / dtMs;
  const steps = Math.round(quotient);
  if (Math.abs(quotient - steps) > tolerance * Math.max(1, quotient) || (ms > 0 && steps === 0)) {
    const below = Math.floor(quotient);
    const near = [below, below + 1].filter((n) => n > 0).map((n) => `${tidy(n * dtMs)} ms`);
    faultAt(
      locate,
      path,
      "MISMATCH",
      `${pathText(path)} = ${tidy(ms)} ms is not a whole number of steps of ${tidy(dtMs)} ms`,
      {
        next: `nearest: ${near.join(" or ")}; or change integrator.dt`,
        data: { ms, dtMs },
      },
    );
  }
  if (steps > maxSteps)
    faultAt(locate, path, "LIMIT", `${pathText(path)} is ${steps} steps; a run has at most ${maxSteps}`, {
      next: "a larger integrator.dt, or several runs",
    });
  return steps;
}

/** A number without the noise of binary fractions: 0.30000000000000004 → "0.3". */
export const tidy = (value: number): string => String(Number(value.toPrecision(12)));

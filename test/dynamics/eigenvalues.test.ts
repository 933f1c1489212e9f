import fc from "fast-check";
import { describe, expect, it } from "vitest";
import golden from "../golden/dynamics-eigenvalues.json" with { type: "json" };
import { eigenvalues, type Complex } from "../../src/dynamics/eigenvalues.js";
import { determinantSign, factorise, nullVector, norm, solve } from "../../src/dynamics/linear.js";

/** Largest distance when each wanted value is given its nearest found one. */
function farthest(found: readonly Complex[], wanted: readonly Complex[]): number {
  const left = [...found];
  return Math.max(
    ...wanted.map((w) => {
      const distances = left.map((f) => Math.hypot(f.re - w.re, f.im - w.im));
      const nearest = Math.min(...distances);
      left.splice(distances.indexOf(nearest), 1);
      return nearest;
    }),
  );
}

describe("eigenvalues", () => {
  it.each(golden.cases)(
    "of $name, $n x $n, come as near to 60 digits as LAPACK's",
    ({ matrix, re, im, lapackError }) => {
      const found = eigenvalues(Float64Array.from(matrix));
      const wanted = re.map((r, k) => ({ re: r, im: im[k] ?? NaN }));
      const size = Math.max(...wanted.map((w) => Math.hypot(w.re, w.im)));
      expect(found.length).toBe(re.length);
      expect(farthest(found, wanted)).toBeLessThanOrEqual(10 * lapackError + 1e-13 * size);
    },
  );

  it("sum up to the trace, come in conjugate pairs, by falling real part", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }).chain((n) =>
          fc.array(fc.oneof(fc.constant(0), fc.double({ min: -1e3, max: 1e3, noNaN: true })), {
            minLength: n * n,
            maxLength: n * n,
          }),
        ),
        (values) => {
          const n = Math.sqrt(values.length);
          const found = eigenvalues(Float64Array.from(values));
          const trace = values.filter((_, k) => k % (n + 1) === 0).reduce((a, b) => a + b, 0);
          const size = Math.max(1e-300, ...values.map(Math.abs));
          expect(Math.abs(found.reduce((a, { re }) => a + re, 0) - trace)).toBeLessThan(1e-11 * size * n);
          expect(Math.abs(found.reduce((a, { im }) => a + im, 0))).toBeLessThan(1e-12 * size * n);
          found.forEach(({ re }, k) => expect(k === 0 || re <= (found[k - 1]?.re ?? NaN)).toBe(true));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("linear systems", () => {
  it("are solved although rows differ by 24 orders of magnitude", () => {
    const [a, x] = [Float64Array.of(1e-12, 2e-12, 3e12, -1e12), [3, -4]];
    const b = [a[0]! * 3 + a[1]! * -4, a[2]! * 3 + a[3]! * -4];
    solve(a, b).forEach((v, k) => expect(v).toBeCloseTo(x[k] ?? NaN, 12));
    expect(determinantSign(factorise(a, 2))).toBe(-1);
    expect(determinantSign(factorise(Float64Array.of(1, 2, 2, 4), 2))).toBe(0);
  });

  it("tell what a singular matrix takes to zero", () => {
    const v = nullVector(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), 3);
    expect(norm(v)).toBeCloseTo(1, 14);
    // (1, -2, 1) / sqrt 6
    [1, -2, 1].forEach((w, k) => expect(Math.abs((v[k] ?? NaN) * Math.sqrt(6))).toBeCloseTo(Math.abs(w), 12));
  });
});

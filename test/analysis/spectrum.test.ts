import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fft } from "../../src/analysis/fft.js";
import { peakFrequency, powerSpectrum } from "../../src/analysis/spectrum.js";
import { Fault } from "../../src/core/fault.js";
import { golden, goldenSignals, relativeError, signals } from "./golden.js";

describe("fft", () => {
  test.each(golden.fft)("length $length agrees with numpy.fft", ({ length, x, re, im }) => {
    const real = Float64Array.from(x[0]);
    const imaginary = Float64Array.from(x[1]);
    fft(length).transform(real, imaginary);
    expect(relativeError(real, re)).toBeLessThan(1e-13);
    expect(relativeError(imaginary, im)).toBeLessThan(1e-13);
  });

  test("keeps energy (Parseval) at every length up to 200", () => {
    const length = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(length, fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true })), (n, stream) => {
        const re = Float64Array.from({ length: n }, () => stream.next().value as number);
        const im = Float64Array.from({ length: n }, () => stream.next().value as number);
        const energy = (a: Float64Array, b: Float64Array) => a.reduce((s, v, k) => s + v * v + (b[k] ?? 0) ** 2, 0);
        const before = energy(re, im);
        fft(n).transform(re, im);
        expect(Math.abs(energy(re, im) / n - before)).toBeLessThan(1e-10 * (1 + before));
      }),
    );
  });
});

describe("powerSpectrum", () => {
  test.each(golden.welch)("segments of $segment agree with scipy.signal.welch", ({ segment, frequencies, density }) => {
    const result = powerSpectrum(goldenSignals, segment);
    expect(relativeError(result.frequencies, frequencies)).toBeLessThan(1e-14);
    density.forEach((wanted, region) =>
      expect(relativeError(result.density[region] ?? [], wanted)).toBeLessThan(1e-10),
    );
  });

  test("a sine of amplitude A carries A²/2 at its own frequency", () => {
    const sine = Array.from({ length: 4000 }, (_, k) => 7 + 3 * Math.sin(2 * Math.PI * 0.01 * k));
    const { frequencies, density, segments } = powerSpectrum(signals([sine]), 1000);
    const power = (density[0] ?? new Float64Array()).reduce((sum, p) => sum + p, 0) * (frequencies[1] ?? 0);
    expect(power).toBeCloseTo(4.5, 10);
    expect(peakFrequency(frequencies, density[0] ?? new Float64Array())).toBeCloseTo(10, 12);
    expect(segments).toBe(7);
  });

  test("short recordings are one segment; fewer than two samples, NaN and bad segments are faults", () => {
    expect(powerSpectrum(signals([[1, 2, 0]])).segmentSamples).toBe(3);
    expect(() => powerSpectrum(signals([[1]]))).toThrow(Fault);
    expect(() => powerSpectrum(signals([[1, NaN, 2]]))).toThrow(/sample 1 is NaN/);
    for (const segment of [0, 1, 2.5, NaN]) expect(() => powerSpectrum(goldenSignals, segment)).toThrow(/USAGE/);
  });

  test("a constant has no peak", () => {
    const { frequencies, density } = powerSpectrum(signals([new Array<number>(64).fill(2)]));
    expect(peakFrequency(frequencies, density[0] ?? new Float64Array())).toBeUndefined();
  });
});

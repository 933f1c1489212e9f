import { describe, expect, it } from "vitest";
import { peakFrequency, powerSpectrum } from "../../src/analysis/spectrum.js";
import type { Experiment } from "../../src/experiment/types.js";
import { simulate } from "../../src/simulate.js";

/** What noise makes of models beyond TVB, against closed forms and against what papers show. Whole runs of the library. */

interface Wanted {
  readonly parameters?: Readonly<Record<string, number>>;
  readonly noise: Readonly<Record<string, number>>;
  readonly observe: string;
  readonly duration: number;
  readonly dt: number;
  readonly period: number;
  readonly regions?: number;
  readonly initial?: Experiment["initial"];
}

/** One series per region; regions are alone. */
async function series(id: string, wanted: Wanted): Promise<Float64Array[]> {
  const { parameters = {}, noise, observe, duration, dt, period, regions = 16, initial } = wanted;
  const { recordings } = await simulate({
    connectome: { synthetic: { regions, seed: 1 } },
    model: { id, parameters },
    coupling: { id: "linear", parameters: { a: 0 } },
    integrator: { dt, noise: { id: "additive", D: noise } },
    ...(initial === undefined ? {} : { initial }),
    duration,
    transient: 2000,
    seed: 5,
    monitors: [{ id: "subsample", period, variables: [observe] }],
  });
  const [recording] = Object.values(recordings);
  if (!recording) throw new Error("nothing was recorded");
  return Array.from({ length: regions }, (_, k) =>
    Float64Array.from(recording.time, (_, t) => Number(recording.data.data[t * regions + k])),
  );
}

/** Mean spectrum over regions: its peak, and the share of power from 15 Hz on. */
function spectrumOf(all: readonly Float64Array[], periodMs: number): { peak: number; fast: number } {
  const { frequencies, density } = powerSpectrum({ regions: all.map((_, k) => `r${k}`), series: all, periodMs }, 256);
  const mean = frequencies.map((_, k) => density.reduce((sum, d) => sum + (d[k] ?? NaN), 0));
  mean[0] = 0;
  const total = mean.reduce((a, b) => a + b, 0);
  const fast = mean.filter((_, k) => (frequencies[k] ?? 0) >= 15).reduce((a, b) => a + b, 0);
  return { peak: peakFrequency(frequencies, mean) ?? NaN, fast: fast / total };
}

const rises = (all: readonly Float64Array[], level: number): number =>
  all.reduce((sum, x) => sum + x.filter((v, t) => t > 0 && v >= level && (x[t - 1] ?? NaN) < level).length, 0);

describe("ornstein-uhlenbeck", () => {
  it("has the variance D tau, the mean mu, and a correlation that decays as exp(-lag / tau)", async () => {
    const [D, tau, mu] = [0.05, 20, 3];
    const all = await series("ornstein-uhlenbeck", {
      parameters: { tau, mu },
      noise: { x: D },
      observe: "x",
      duration: 20_000,
      dt: 0.5,
      period: 5,
      regions: 64,
    });
    const values = all.flatMap((x) => [...x]);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const covariance = (lag: number): number => {
      const products = all.flatMap((x) => [...x.subarray(lag)].map((v, t) => (v - mean) * ((x[t] ?? NaN) - mean)));
      return products.reduce((a, b) => a + b, 0) / products.length;
    };
    // 64 runs of 1,000 correlation times: standard errors sqrt(2 tau / T) of the mean, sqrt(2 tau / T) of squares.
    const error = Math.sqrt((2 * tau) / (64 * 20_000));
    expect(Math.abs(mean - mu)).toBeLessThan(4 * error);
    expect(Math.abs(covariance(0) / (D * tau) - 1)).toBeLessThan(4 * error);
    for (const lag of [2, 4, 8]) {
      const correlation = covariance(lag) / covariance(0);
      expect(Math.abs(correlation - Math.exp((-5 * lag) / tau))).toBeLessThan(4 * error);
    }
  });
});

describe("wendling: types of activity by (B, G)", () => {
  const activity = (B: number, G: number) =>
    series("wendling", {
      parameters: { B, G },
      noise: { y6: 1e-4 },
      observe: "y1 - y2 - y3",
      duration: 16_000,
      dt: 0.5,
      period: 4,
    });
  const seconds = 16 * 16;

  it("1 background, 2 sporadic and 3 sustained spikes", async () => {
    expect(rises(await activity(50, 15), 8)).toBe(0);
    const sporadic = rises(await activity(40, 15), 8) / seconds;
    expect(sporadic).toBeGreaterThan(0.02);
    expect(sporadic).toBeLessThan(0.5);
    const sustained = rises(await activity(25, 15), 8) / seconds;
    expect(sustained).toBeGreaterThan(3);
    expect(sustained).toBeLessThan(6);
  });

  it("4 slow rhythm, in the alpha band; 5 fast activity of low voltage; 6 quasi-sinusoidal", async () => {
    const slow = spectrumOf(await activity(10, 15), 4);
    expect(slow.peak).toBeGreaterThan(8);
    expect(slow.peak).toBeLessThan(12);
    const fast = spectrumOf(await activity(5, 25), 4);
    expect(fast.peak).toBeGreaterThan(13);
    expect(fast.fast).toBeGreaterThan(2 * slow.fast);
    const sine = spectrumOf(await activity(15, 0), 4);
    expect(sine.peak).toBeGreaterThan(9);
    expect(sine.peak).toBeLessThan(12);
    expect(sine.fast).toBeLessThan(0.01);
  });
});

it("liley: the resting patch makes alpha of white noise", async () => {
  const rest = { h_e: -60.1465715, h_i: -54.0334819, I_ee: 45.940323, I_ei: 27.6004, I_ie: 10.951315, I_ii: 4.0068715 };
  const rates = { J_ee: 0, J_ei: 0, J_ie: 0, J_ii: 0, phi_e: 2.52984963, phi_i: 2.16894994, psi_e: 0, psi_i: 0 };
  const all = await series("liley", {
    noise: { J_ee: 1e-6 },
    observe: "h_e",
    duration: 8000,
    dt: 0.2,
    period: 4,
    initial: { state: { ...rest, ...rates } },
  });
  const { peak, fast } = spectrumOf(all, 4);
  expect(peak).toBeGreaterThan(8);
  expect(peak).toBeLessThan(13);
  expect(fast).toBeLessThan(0.2);
});

describe("dynamic-mean-field-fic on a connectome", () => {
  const opened = async (
    parameters: Readonly<Record<string, number | number[]>>,
    duration: number,
  ): Promise<number[]> => {
    const { recordings } = await simulate({
      connectome: { synthetic: { regions: 30, seed: 2 } },
      normalise: "region",
      model: { id: "dynamic-mean-field-fic", parameters },
      coupling: { id: "linear", parameters: { a: 1 } },
      integrator: { dt: 1 },
      conduction_speed: "inf",
      initial: { state: { S_e: 0.16, S_i: 0.04, J_p: 0 } },
      duration,
      monitors: [{ id: "subsample", period: duration, variables: ["S_e"] }],
    });
    return [...(Object.values(recordings)[0]?.data.data ?? [])].map(Number);
  };
  const atBalance = (3 * 0.0641) / (1 + 3 * 0.0641);
  const worst = (all: readonly number[]) => Math.max(...all.map((s) => Math.abs(s - atBalance)));

  it("is thrown off balance by the network, and learns back to 3 Hz in every region", async () => {
    expect(worst(await opened({ G: 1, eta: 0 }, 20_000))).toBeGreaterThan(0.1);
    expect(worst(await opened({ G: 1, eta: 0.0002 }, 60_000))).toBeLessThan(1e-4);
  });

  it("is held near it by the linear rule of Herzog et al. with each region's strength", async () => {
    const { setup } = await simulate({
      connectome: { synthetic: { regions: 30, seed: 2 } },
      normalise: "region",
      model: "dynamic-mean-field-fic",
      duration: 1,
    });
    const strength = setup.connectome.labels.map((_, i) =>
      setup.connectome.weights.subarray(30 * i, 30 * (i + 1)).reduce((a, b) => a + b, 0),
    );
    expect(worst(await opened({ G: 1, eta: 0, strength }, 20_000))).toBeLessThan(0.05);
  });
});

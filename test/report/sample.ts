import type { Connectome } from "../../src/core/connectome.js";
import { ndarray } from "../../src/core/ndarray.js";
import type { Recording } from "../../src/engine/setup.js";

/** Uniform numbers in [0, 1) from a 32-bit linear congruence: enough for pictures. */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

const gaussian = (next: () => number) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

/** Two half ellipsoids of regions; weights fall with distance, and a third of the pairs have none. */
export function sampleConnectome(half = 24, more: Partial<Connectome> = {}): Connectome {
  const count = 2 * half;
  const next = uniform(7);
  const centres = new Float64Array(3 * count);
  const hemispheres = new Uint8Array(count);
  for (let k = 0; k < half; k++) {
    // A golden spiral over the half ellipsoid.
    const up = 1 - (2 * (k + 0.5)) / half;
    const turn = (Math.sqrt(1 - up * up) * 1 + 0) as number;
    const angle = (k * 2.399963) % Math.PI;
    const place = [8 + 55 * turn * Math.sin(angle), 80 * turn * Math.cos(angle), 55 * up];
    centres.set([-(place[0] ?? 0), place[1] ?? 0, place[2] ?? 0], 3 * k);
    centres.set(place, 3 * (k + half));
    hemispheres[k + half] = 1;
  }
  const weights = new Float64Array(count * count);
  const tractLengths = new Float64Array(count * count);
  for (let i = 0; i < count; i++)
    for (let j = 0; j < i; j++) {
      const distance = Math.hypot(...[0, 1, 2].map((d) => (centres[3 * i + d] ?? 0) - (centres[3 * j + d] ?? 0)));
      const mirrored = Math.abs(i - j) === half;
      const weight = mirrored ? 0.3 : next() < 0.35 ? 0 : Math.exp(-distance / 22 + 0.9 * gaussian(next));
      weights[i * count + j] = weights[j * count + i] = weight;
      tractLengths[i * count + j] = tractLengths[j * count + i] = distance * (1.15 + 0.3 * next());
    }
  return {
    labels: Array.from(
      { length: count },
      (_, k) => `${k < half ? "l" : "r"}R${String((k % half) + 1).padStart(2, "0")}`,
    ),
    weights,
    tractLengths,
    centres,
    orientations: undefined,
    areas: undefined,
    hemispheres,
    cortical: new Uint8Array(count).fill(1),
    source: "synthetic sample",
    ...more,
  };
}

/**
 * Damped 10 Hz oscillators driven by noise: a shared source with weight `shared`, and each region's own. Regions of one
 * hemisphere share a source, so they correlate at shared² within it and not across.
 */
export function sampleRecording(
  connectome: Connectome,
  more: Partial<Recording> = {},
  samples = 5000,
  shared = 0.8,
): Recording {
  const { labels, hemispheres } = connectome;
  const count = labels.length;
  const next = uniform(11);
  const periodMs = 2;
  const oscillators = Array.from({ length: count + 2 }, () => ({ x: 0, y: 0 }));
  const [decay, turn] = [Math.exp(-periodMs / 150), (2 * Math.PI * 10 * periodMs) / 1000];
  const values = new Float64Array(samples * 2 * count);
  for (let t = -500; t < samples; t++) {
    for (const o of oscillators) {
      const x = decay * (o.x * Math.cos(turn) - o.y * Math.sin(turn)) + 0.1 * gaussian(next);
      o.y = decay * (o.x * Math.sin(turn) + o.y * Math.cos(turn)) + 0.1 * gaussian(next);
      o.x = x;
    }
    if (t < 0) continue;
    for (let k = 0; k < count; k++) {
      const source = oscillators[count + (hemispheres?.[k] ?? 0)] ?? { x: 0, y: 0 };
      const own = oscillators[k] ?? { x: 0, y: 0 };
      const mix = (axis: "x" | "y") => shared * source[axis] + Math.sqrt(1 - shared * shared) * own[axis];
      values[(t * 2 + 0) * count + k] = (1 + k / count) * mix("x") - 0.5;
      values[(t * 2 + 1) * count + k] = mix("y");
    }
  }
  return {
    name: "temporal-average",
    monitor: "temporal-average",
    periodMs,
    variables: ["V", "r"],
    units: ["mV", "1/ms"],
    regions: labels,
    time: Float64Array.from({ length: samples }, (_, t) => 1000 + (t + 1) * periodMs),
    window: undefined,
    data: ndarray(values, [samples, 2, count]),
    ...more,
  };
}

export const sampleProvenance = {
  laennec: "0.1.0",
  program: "sha256:5e0f…",
  seed: 7,
  backend: { asked: "auto", used: "wasm", precision: "f32" },
  inputs: { "connectivity_76.zip": "sha256:ab12…" },
  deviations: ["Delays are rounded to whole steps of 0.1 ms."],
  compat: [],
};

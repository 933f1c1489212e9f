/**
 * The pseudo-random numbers of the golden values, the same as in generator.py: mulberry32, keyed by a name.
 * Not for simulations.
 */

/** 32-bit hash of a name: the seed of its numbers. */
export function fnv1a(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}

/** Floats in [0, 1), multiples of 2^-32. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const uniform = (stream: () => number, low: number, high: number): number => low + (high - low) * stream();

/** Little-endian f64 in base64. */
export function decode(base64: string): Float64Array {
  const bytes = Uint8Array.from(Buffer.from(base64, "base64"));
  return new Float64Array(bytes.buffer);
}

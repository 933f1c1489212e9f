import type { Setup } from "../engine/setup.js";
import { kernelOf } from "./runs.js";

export interface Extremes {
  /** Of the second half of what is recorded. */
  readonly least: number;
  readonly most: number;
  /** most - least of the first half. */
  readonly earlier: number;
  readonly passages: number;
  /** Between the first and the last passage. */
  readonly steps: number;
}

/** Extremes of the first observable in both halves after a transient, and how often it passed the middle in the second. */
export async function watch(setup: Setup, transient: number, steps: number, copies: number): Promise<Extremes[]> {
  const kernel = await kernelOf(setup, { guard: false });
  try {
    const least = new Float64Array(copies).fill(Infinity);
    const most = new Float64Array(copies).fill(-Infinity);
    const middle = new Float64Array(copies);
    const earlier = new Float64Array(copies);
    const low = new Uint8Array(copies);
    const passages = new Uint32Array(copies);
    const [first, last] = [new Float64Array(copies), new Float64Array(copies)];
    const half = transient + Math.floor(steps / 2);
    for (let done = 0; done < transient + steps;) {
      const end = done < transient ? transient : done < half ? half : transient + steps;
      const count = Math.min(kernel.blockSteps, end - done);
      kernel.advance(count);
      const { data, offset, stride } = kernel.observed(0);
      if (done === half)
        for (let i = 0; i < copies; i++) {
          middle[i] = ((least[i] as number) + (most[i] as number)) / 2;
          earlier[i] = (most[i] as number) - (least[i] as number);
          [least[i], most[i]] = [Infinity, -Infinity];
        }
      if (done >= transient)
        for (let row = 0; row < count; row++)
          for (let i = 0; i < copies; i++) {
            const value = data[offset + row * stride + i] as number;
            if (!(value >= (least[i] as number))) least[i] = value;
            if (!(value <= (most[i] as number))) most[i] = value;
            if (done < half) continue;
            // An eighth of the range below the middle arms the next passage, so that ripples do not count.
            const below = (middle[i] as number) - (earlier[i] as number) / 8;
            if (value < below) low[i] = 1;
            else if (low[i] === 1 && value > (middle[i] as number)) {
              low[i] = 0;
              if (passages[i] === 0) first[i] = done + row;
              last[i] = done + row;
              passages[i] = (passages[i] as number) + 1;
            }
          }
      done += count;
    }
    return Array.from(least, (value, i) => ({
      least: value,
      most: most[i] as number,
      earlier: earlier[i] as number,
      passages: passages[i] as number,
      steps: (last[i] as number) - (first[i] as number),
    }));
  } finally {
    kernel.dispose();
  }
}

import type { Kernel } from "../../kernels/kernel.js";
import type { Held } from "../checkpoint.js";

/** Means over windows of steps, and moments when a row is due, met in order while a kernel advances. */
export interface Windows {
  readonly look: (kernel: Kernel, first: number, count: number) => void;
  readonly hold: (kernel: Kernel) => Held;
  readonly release: (kernel: Kernel, held: Held) => void;
}

export interface WindowOptions {
  /** Accumulator. */
  readonly slot: number;
  /** Steps of a window. */
  readonly size: number;
  /** Steps of a row. */
  readonly period: number;
  /** A recorded step (it may be below 0) after which a window begins. */
  readonly origin: number;
  /** Observables that are looked at, and how many there are. */
  readonly picks: readonly number[];
  readonly observables: number;
  readonly regions: number;
  /** Gets the means [observable][region] over the window that ends with recorded step `end`. */
  readonly onMean: (means: readonly (Float32Array | Float64Array)[], end: number) => void;
  /** A row ends with recorded step `end`; the window that ends there has been met. */
  readonly onRow: (end: number) => void;
}

const modulo = (a: number, b: number): number => ((a % b) + b) % b;

/** Steps below 0 precede the recording: they count in windows, and end no row. */
export function windows(options: WindowOptions): Windows {
  const { slot, size, period, origin, picks, observables, regions, onMean, onRow } = options;
  /** Steps of the current window that the accumulator holds. A window that began unseen is not begun. */
  let filled = 0;
  return {
    look: (kernel, first, count) => {
      for (let from = 0; from < count;) {
        const into = modulo(first + from - origin, size);
        const to = Math.min(count, from + size - into, from + period - modulo(first + from, period));
        if (filled > 0 || into === 0) {
          kernel.accumulate(slot, from, to);
          filled += to - from;
        }
        from = to;
        const end = first + to;
        if (filled === size) {
          filled = 0;
          onMean(kernel.mean(slot, size), end);
        }
        if (end > 0 && end % period === 0) onRow(end);
      }
    },
    hold: (kernel) => {
      const sums = kernel.accumulated(slot);
      return {
        filled: Float64Array.of(filled),
        sums: Float64Array.from(picks.flatMap((o) => [...sums.subarray(o * regions, (o + 1) * regions)])),
      };
    },
    release: (kernel, held) => {
      filled = held["filled"]?.[0] ?? 0;
      const all = new Float64Array(observables * regions);
      picks.forEach((o, k) => {
        const own = held["sums"]?.subarray(k * regions, (k + 1) * regions);
        if (own) all.set(own, o * regions);
      });
      kernel.setAccumulated(slot, all);
    },
  };
}

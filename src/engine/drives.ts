import type { Kernel } from "../kernels/kernel.js";
import { isUniform, sampler, type DriveSource, type Sampler } from "./stimulus.js";

/** Writes what a program's drives are during the coming steps. */
export interface DriveFeed {
  /**
   * @param step absolute number of the first step
   * @param rows number of rows to fill; row k belongs to step + k
   * @param part of the step that row 0 is for, when a step is taken in parts: times at stages lie within it
   */
  readonly fill: (
    kernel: Kernel,
    step: number,
    rows: number,
    part?: { readonly from: number; readonly size: number },
  ) => void;
}

const wholeStep = { from: 0, size: 1 };

export function driveFeed(sources: readonly DriveSource[], dtMs: number, regions: number): DriveFeed {
  const values = new Float64Array(Math.max(1, regions));
  const samplers = new Map(sources.map(({ signal }): [DriveSource["signal"], Sampler] => [signal, sampler(signal)]));
  return {
    fill: (kernel, step, rows, { from, size } = wholeStep) => {
      sources.forEach(({ signal, at }, j) => {
        const sample = samplers.get(signal);
        const { data, offset, stride } = kernel.drive(j);
        const width = isUniform(signal) ? 1 : regions;
        for (let row = 0; row < rows; row++) {
          sample?.((step + row + from + at * size) * dtMs, values);
          for (let i = 0; i < width; i++) data[offset + row * stride + i] = values[i] ?? 0;
        }
      });
    },
  };
}

import { ndarray } from "../core/ndarray.js";
import type { Observer } from "./observe.js";
import type { Block } from "./setup.js";

/** Rows of a monitor that wait to be taken. */
export interface Rows {
  /** Numbers of one row. */
  readonly width: number;
  readonly count: () => number;
  /** Makes a row that ends with a step; `write` gets where it begins. */
  readonly add: (end: number, write: (rows: Float32Array | Float64Array, offset: number) => void) => void;
  /** All rows so far; they are no longer held. */
  readonly take: () => { readonly ends: readonly number[]; readonly data: Float32Array | Float64Array };
}

export function waitingRows(width: number, single: boolean): Rows {
  const array = (length: number) => (single ? new Float32Array(length) : new Float64Array(length));
  let data = array(width * 64);
  let ends: number[] = [];
  return {
    width,
    count: () => ends.length,
    add: (end, write) => {
      const offset = ends.length * width;
      if (offset + width > data.length) {
        const larger = array(data.length * 2);
        larger.set(data);
        data = larger;
      }
      ends.push(end);
      write(data, offset);
    },
    take: () => {
      const taken = { ends, data: data.subarray(0, ends.length * width) };
      data = array(width * 64);
      ends = [];
      return taken;
    },
  };
}

/**
 * What an observer gives of its rows.
 * @param shape of one row
 * @param times of rows that end with these steps
 */
export const rowsOf = (
  name: string,
  rows: Rows,
  shape: readonly [number, number],
  times: (ends: readonly number[]) => Pick<Block, "time" | "window">,
): Pick<Observer, "name" | "waiting" | "take"> => ({
  name,
  waiting: () => rows.count() * rows.width,
  take: () => {
    if (rows.count() === 0) return undefined;
    const { ends, data } = rows.take();
    return { monitor: name, ...times(ends), data: ndarray(data, [ends.length, ...shape]) };
  },
});

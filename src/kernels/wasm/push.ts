import type { Program } from "../../ir/program.js";
import type { Fn, Local, ModuleBuilder } from "./encode.js";
import { forLoop, get, i32, i32Const, load, set, shuffle, storeLane, storeUnaligned } from "./instructions.js";
import type { Layout } from "./layout.js";

/**
 * Moves sent values into the ring: `(from row, to row, ring position of the first)`. Rows hold neighbouring regions,
 * the ring neighbouring steps, so squares of vectors are transposed. A ring row is written in one go, which caches
 * like better than one value of each row after every step. The positions must not wrap.
 */
export function pushFunction(module: ModuleBuilder, program: Program, layout: Layout): Fn {
  const { elementBytes: B, lanes, padded, ringRow, recentRows, recentDepth, at } = layout;
  const fn = module.fn("push", ["i32", "i32", "i32"], { exported: true });
  const [from, to, position] = fn.params as [Local, Local, Local];
  const rowBytes = padded * B;
  const region = fn.local("i32");
  const row = fn.local("i32");
  const whole = fn.local("i32");
  const source = fn.local("i32");
  const out = fn.local("i32");
  const rows = Array.from({ length: lanes }, () => fn.local("v128"));
  // Rows that fill squares; the rest are written value by value.
  fn.emit(get(to), get(to), get(from), i32.sub, i32Const(lanes - 1), i32.and, i32.sub, set(whole));
  for (let c = 0; c < program.channels; c++) {
    const sent = at.recent + (c * recentRows + recentDepth + 1) * rowBytes;
    const ring = at.ring + c * padded * ringRow;
    forLoop(fn, region, i32Const(0), i32Const(rowBytes), 16, () => {
      // region / B * ringRow + (position - from + row) * B
      fn.emit(
        get(region),
        i32Const(ringRow / B),
        i32.mul,
        get(position),
        i32Const(Math.log2(B)),
        i32.shl,
        i32.add,
        set(out),
      );
      forLoop(fn, row, get(from), get(whole), lanes, () => {
        fn.emit(get(row), i32Const(rowBytes), i32.mul, get(region), i32.add, set(source));
        rows.forEach((local, k) => fn.emit(get(source), load(sent + k * rowBytes), set(local)));
        transpose(fn, rows).forEach((local, lane) =>
          fn.emit(get(out), get(local), storeUnaligned(B, ring + lane * ringRow)),
        );
        fn.emit(get(out), i32Const(16), i32.add, set(out));
      });
      forLoop(fn, row, get(whole), get(to), 1, () => {
        const [value] = rows as [Local];
        fn.emit(get(row), i32Const(rowBytes), i32.mul, get(region), i32.add, load(sent), set(value));
        for (let lane = 0; lane < lanes; lane++)
          fn.emit(get(out), get(value), storeLane(B, lane, ring + lane * ringRow));
        fn.emit(get(out), i32Const(B), i32.add, set(out));
      });
    });
  }
  return fn;
}

/** Locals that hold the columns of the square whose rows are given. */
function transpose(fn: Fn, rows: readonly Local[]): Local[] {
  const mixed = (a: Local | undefined, b: Local | undefined, lanes: readonly number[]): Local => {
    const local = fn.local("v128");
    if (a && b) fn.emit(get(a), get(b), shuffle(16 / lanes.length, lanes), set(local));
    return local;
  };
  const [a, b, c, d] = rows;
  if (rows.length === 2) return [mixed(a, b, [0, 2]), mixed(a, b, [1, 3])];
  const [low1, low2] = [mixed(a, b, [0, 4, 1, 5]), mixed(c, d, [0, 4, 1, 5])];
  const [high1, high2] = [mixed(a, b, [2, 6, 3, 7]), mixed(c, d, [2, 6, 3, 7])];
  return [
    mixed(low1, low2, [0, 1, 4, 5]),
    mixed(low1, low2, [2, 3, 6, 7]),
    mixed(high1, high2, [0, 1, 4, 5]),
    mixed(high1, high2, [2, 3, 6, 7]),
  ];
}

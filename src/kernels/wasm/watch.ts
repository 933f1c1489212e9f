import type { Program } from "../../ir/program.js";
import type { Fn, Local, ModuleBuilder } from "./encode.js";
import {
  floatOp,
  forLoop,
  get,
  i32,
  i32Const,
  load,
  set,
  shuffle,
  store,
  upperHalf,
  v,
  v128Zero,
} from "./instructions.js";
import type { Layout } from "./layout.js";

/** 1 when some state variable of some lane is not finite. */
export function checkFunction(module: ModuleBuilder, program: Program, layout: Layout): Fn {
  const fn = module.fn("check", [], { exported: true, result: "i32" });
  const at = fn.local("i32");
  const bad = fn.local("v128");
  const difference = fn.local("v128");
  const B = layout.elementBytes;
  fn.emit(v128Zero, set(bad));
  forLoop(fn, at, i32Const(0), i32Const(program.stateNames.length * layout.padded * B), 16, () => {
    // x - x is 0 for finite x and NaN otherwise.
    fn.emit(get(at), load(layout.at.state), get(at), load(layout.at.state), floatOp(B, "sub"), set(difference));
    fn.emit(get(difference), get(difference), floatOp(B, "ne"), get(bad), v.or, set(bad));
  });
  fn.emit(get(bad), v.anyTrue);
  return fn;
}

/** Adds rows of every observable to f64 accumulators: `(accumulator byte offset, from row, to row)`. */
export function accumulateFunction(module: ModuleBuilder, program: Program, layout: Layout): Fn {
  const fn = module.fn("accumulate", ["i32", "i32", "i32"], { exported: true });
  const [slot, from, to] = fn.params as [Local, Local, Local];
  const { elementBytes: B, padded, block, at } = layout;
  const rowBytes = padded * B;
  const region = fn.local("i32");
  const row = fn.local("i32");
  const address = fn.local("i32");
  const sums = Array.from({ length: B === 4 ? 2 : 1 }, () => fn.local("v128"));
  const value = fn.local("v128");
  program.observe.forEach((_, o) => {
    const base = at.accumulators + o * padded * 8;
    forLoop(fn, region, i32Const(0), i32Const(padded * 8), 16 * sums.length, () => {
      sums.forEach((sum, k) => fn.emit(get(slot), get(region), i32.add, load(base + k * 16), set(sum)));
      forLoop(fn, row, get(from), get(to), 1, () => {
        fn.emit(
          get(row),
          i32Const(rowBytes),
          i32.mul,
          get(region),
          ...(B === 4 ? [i32Const(1), i32.shrU] : []),
          i32.add,
          set(address),
        );
        fn.emit(get(address), load(at.observed + o * block * rowBytes), set(value));
        const [first, second] = sums as [Local, Local | undefined];
        fn.emit(get(first), get(value), ...(B === 4 ? [v.promoteLow] : []), v.f64Add, set(first));
        if (second) fn.emit(get(second), get(value), get(value), upperHalf, v.promoteLow, v.f64Add, set(second));
      });
      sums.forEach((sum, k) => fn.emit(get(slot), get(region), i32.add, get(sum), store(base + k * 16)));
    });
  });
  return fn;
}

/** Divides an accumulator, rounds to the working precision, and sets it to zero: `(accumulator byte offset, divisor)`. */
export function meanFunction(module: ModuleBuilder, program: Program, layout: Layout): Fn {
  const fn = module.fn("mean", ["i32", "f64"], { exported: true });
  const [slot, divisor] = fn.params as [Local, Local];
  const { elementBytes: B, padded, at } = layout;
  const region = fn.local("i32");
  const out = fn.local("i32");
  const by = fn.local("v128");
  const halves = Array.from({ length: B === 4 ? 2 : 1 }, () => fn.local("v128"));
  fn.emit(get(divisor), v.f64Splat, set(by));
  program.observe.forEach((_, o) => {
    const base = at.accumulators + o * padded * 8;
    forLoop(fn, region, i32Const(0), i32Const(padded * 8), 16 * halves.length, () => {
      halves.forEach((half, k) => {
        fn.emit(get(slot), get(region), i32.add, load(base + k * 16), get(by), floatOp(8, "div"));
        fn.emit(...(B === 4 ? [v.demoteZero] : []), set(half));
        fn.emit(get(slot), get(region), i32.add, v128Zero, store(base + k * 16));
      });
      const [first, second] = halves as [Local, Local | undefined];
      fn.emit(get(region), ...(B === 4 ? [i32Const(1), i32.shrU] : []), set(out), get(out), get(first));
      if (second) fn.emit(get(second), shuffle(8, [0, 2]));
      fn.emit(store(at.means + o * padded * B));
    });
  });
  return fn;
}

import type { Program } from "../../ir/program.js";
import { heldSums } from "./dense.js";
import type { Fn, Local, ModuleBuilder } from "./encode.js";
import {
  floatOp,
  forLoop,
  get,
  i32,
  i32Const,
  load,
  loadLane,
  loadSplat,
  loadUnaligned,
  set,
  store,
  storeLane,
  v,
  v128Zero,
} from "./instructions.js";
import { sideParts, type Layout, type Plan, type SideBySide } from "./layout.js";

/**
 * Sums over edges whose delay is at least a block: the whole block depends on the past only. Each edge loads
 * neighbouring steps of its source's ring row, whatever its delay, and adds them to accumulators held in registers.
 * `far(position)`: position of the block's first summed step in the ring; rows from `lookahead` on are written.
 */
export function farFunction(module: ModuleBuilder, program: Program, plan: Plan): Fn {
  const { layout, farCount } = plan;
  const { elementBytes: B, lanes, block, padded, ringRow, at } = layout;
  const fn = module.fn("far", ["i32"], { exported: true });
  const [position] = fn.params as [Local];
  const k = fn.local("i32");

  // Addresses first, four edges at a time: (position - delay) mod ring, times the element size, plus the row.
  const ringVector = fn.local("v128");
  const positionVector = fn.local("v128");
  const difference = fn.local("v128");
  fn.emit(i32Const(layout.ring), v.i32Splat, set(ringVector), get(position), v.i32Splat, set(positionVector));
  forLoop(fn, k, i32Const(0), i32Const(Math.ceil(farCount / 4) * 16), 16, () => {
    fn.emit(get(positionVector), get(k), load(at.farDelay), v.i32Sub, set(difference));
    fn.emit(get(k));
    fn.emit(get(difference), get(difference), i32Const(31), v.i32ShrS, get(ringVector), v.and, v.i32Add);
    fn.emit(i32Const(Math.log2(B)), v.i32Shl, get(k), load(at.farRow), v.i32Add, store(at.farAddress));
  });

  const target = fn.local("i32");
  const edge = fn.local("i32");
  const end = fn.local("i32");
  const from = fn.local("i32");
  const address = fn.local("i32");
  const weight = fn.local("v128");
  const out = fn.local("i32");
  const vectors = block / lanes;
  const held = heldSums(vectors);
  const sums = Array.from({ length: held }, () => fn.local("v128"));
  const rowBytes = padded * B;
  forLoop(fn, target, i32Const(0), i32Const(program.regions * 4), 4, () => {
    fn.emit(get(target), i32.load(at.farStart), set(from), get(target), i32.load(at.farStart + 4), set(end));
    for (let c = 0; c < program.channels; c++)
      for (let first = 0; first < vectors; first += held) {
        const count = Math.min(held, vectors - first);
        for (let a = 0; a < count; a++) fn.emit(v128Zero, set(sums[a] as Local));
        forLoop(fn, edge, get(from), get(end), 4, () => {
          fn.emit(get(edge), i32.load(at.farAddress), set(address));
          if (B === 8) fn.emit(get(edge), i32Const(1), i32.shl, loadSplat(8, at.farWeight), set(weight));
          else fn.emit(get(edge), loadSplat(4, at.farWeight), set(weight));
          for (let a = 0; a < count; a++) {
            const offset = at.ring + c * padded * ringRow + (first + a) * 16;
            fn.emit(
              get(sums[a] as Local),
              get(weight),
              get(address),
              loadUnaligned(B, offset),
              floatOp(B, "mul"),
              floatOp(B, "add"),
              set(sums[a] as Local),
            );
          }
        });
        // Written with time running over rows, so that the step can load neighbouring regions.
        fn.emit(get(target), ...(B === 8 ? [i32Const(1), i32.shl] : []), set(out));
        for (let a = 0; a < count; a++)
          for (let lane = 0; lane < lanes; lane++) {
            const row = (first + a) * lanes + lane + program.lookahead;
            fn.emit(get(out), get(sums[a] as Local), storeLane(B, lane, at.sums + (c * (block + 1) + row) * rowBytes));
          }
      }
  });
  return fn;
}

/**
 * Sums over edges stored side by side, for one step: `(base)` is added to every source offset, `(row)` is the byte
 * offset of the output row. The sum goes on from what the row holds, so the order of edges is kept.
 */
export function sideFunction(
  module: ModuleBuilder,
  name: string,
  list: SideBySide,
  options: {
    readonly layout: Layout;
    readonly channels: number;
    readonly edgesAt: number;
    readonly sourceAt: number;
    readonly sourceChannel: number;
    readonly outAt: number;
    readonly outChannel: number;
    readonly continues: boolean;
  },
): Fn {
  const { layout, channels, edgesAt, sourceAt, sourceChannel, outAt, outChannel, continues } = options;
  const { elementBytes: B, lanes } = layout;
  const fn = module.fn(name, ["i32", "i32"], { exported: true });
  const [base, row] = fn.params as [Local, Local];
  const parts = sideParts(list, B);
  const [offsetsAt, weightsAt, masksAt] = [edgesAt + parts.offsets, edgesAt + parts.weights, edgesAt + parts.masks];
  const someIdle = list.idle.includes(1);
  const vector = fn.local("i32");
  const slot = fn.local("i32");
  const from = fn.local("i32");
  const middle = fn.local("i32");
  const end = fn.local("i32");
  const out = fn.local("i32");
  const gathered = fn.local("v128");
  const sums = Array.from({ length: channels }, () => fn.local("v128"));
  forLoop(fn, vector, i32Const(0), i32Const((list.start.length - 1) * 4), 4, () => {
    fn.emit(get(vector), i32Const(2), i32.shl, get(row), i32.add, set(out));
    sums.forEach((sum, c) => fn.emit(...(continues ? [get(out), load(outAt + c * outChannel)] : [v128Zero]), set(sum)));
    // One slot is `lanes` offsets of four bytes and `lanes` weights of B bytes: 16 bytes of weights.
    fn.emit(get(vector), i32.load(edgesAt), i32Const(4), i32.shl, set(from));
    fn.emit(get(vector), i32.load(edgesAt + 4), i32Const(4), i32.shl, set(end));
    fn.emit(get(vector), i32.load(edgesAt + parts.padsFrom), i32Const(4), i32.shl, set(middle));
    const addSlots = (first: Local, beyond: Local, masked: boolean) =>
      forLoop(fn, slot, get(first), get(beyond), 16, () => {
        sums.forEach((sum, c) => {
          fn.emit(v128Zero, set(gathered));
          for (let lane = 0; lane < lanes; lane++) {
            fn.emit(
              get(slot),
              ...(B === 8 ? [i32Const(1), i32.shrU] : []),
              i32.load(offsetsAt + lane * 4),
              get(base),
              i32.add,
            );
            fn.emit(get(gathered), loadLane(B, lane, sourceAt + c * sourceChannel), set(gathered));
          }
          fn.emit(get(sum), get(slot), load(weightsAt), get(gathered), floatOp(B, "mul"));
          if (masked) fn.emit(get(slot), load(weightsAt), v128Zero, floatOp(B, "ne"), v.and);
          fn.emit(floatOp(B, "add"), set(sum));
        });
      });
    addSlots(from, middle, false);
    addSlots(middle, end, true);
    sums.forEach((sum, c) => {
      fn.emit(get(out));
      if (someIdle) {
        // Lanes without edges keep what they had.
        fn.emit(...(continues ? [get(out), load(outAt + c * outChannel)] : [v128Zero]), get(sum));
        fn.emit(get(vector), i32Const(2), i32.shl, load(masksAt), v.bitselect);
      } else fn.emit(get(sum));
      fn.emit(store(outAt + c * outChannel));
    });
  });
  return fn;
}

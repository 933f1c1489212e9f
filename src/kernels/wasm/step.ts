import { graph as newGraph, rewrite, symbolsOf, type Expr } from "../../ir/graph.js";
import type { Phase, Program } from "../../ir/program.js";
import { gaussianQuadGraph } from "../../ir/random/streams.js";
import { fault } from "../../core/fault.js";
import { emitter, type ConstantPool } from "./emit.js";
import type { Fn, Local, ModuleBuilder } from "./encode.js";
import {
  floatOp,
  forLoop,
  get,
  i32,
  i32Const,
  load,
  load64Zero,
  set,
  shuffle,
  store,
  upperHalf,
  v,
  v128Zero,
} from "./instructions.js";
import type { Layout } from "./layout.js";

/**
 * Standard normal draws for every noisy variable: `(first quad low, high, quads)`; a quad is four steps. Rows of the
 * noise area follow each other from the first quad's first step.
 */
export function noiseFunction(module: ModuleBuilder, program: Program, layout: Layout, pool: ConstantPool): Fn {
  const fn = module.fn("noise", ["i32", "i32", "i32"], { exported: true });
  const [quadLow, quadHigh, quads] = fn.params as [Local, Local, Local];
  const outputs = gaussianQuadGraph(newGraph());
  const { emit } = fn;
  const work = emitter(fn, pool, 4);
  work.preload(outputs);
  const vector = () => fn.local("v128");
  const key = program.key.map((word) => {
    const local = vector();
    emit(i32Const(0), load(pool.u32(word)), set(local));
    return local;
  });
  const laneNumbers = vector();
  emit(i32Const(0), load(pool.address(new Uint8Array(Uint32Array.of(0, 1, 2, 3).buffer))), set(laneNumbers));
  const [low, high, variable] = [vector(), vector(), vector()];
  const quad = fn.local("i32");
  const word = fn.local("i32");
  const region = fn.local("i32");
  const out = fn.local("i32");
  const copies = layout.padded % 8 === 0 ? 2 : 1;
  const nodes = Array.from({ length: copies }, vector);
  const rowBytes = layout.padded * 4;
  forLoop(fn, quad, i32Const(0), get(quads), 1, () => {
    emit(get(quadLow), get(quad), i32.add, set(word), get(word), v.i32Splat, set(low));
    // The high word takes the carry of the low one.
    emit(get(quadHigh), get(word), get(quadLow), [0x49], i32.add, v.i32Splat, set(high));
    program.noise.forEach((stateVariable, k) => {
      emit(i32Const(0), load(pool.u32(stateVariable)), set(variable));
      forLoop(fn, region, i32Const(0), i32Const(layout.padded), 4 * copies, () => {
        nodes.forEach((node, copy) =>
          emit(get(region), i32Const(copy * 4), i32.add, v.i32Splat, get(laneNumbers), v.i32Add, set(node)),
        );
        const named: Readonly<Record<string, Local>> = { "quad.lo": low, "quad.hi": high, variable };
        const draws = work.expressions(
          outputs,
          (name, copy) => {
            const local =
              name === "node" ? nodes[copy] : name.startsWith("key.") ? key[Number(name.slice(4))] : named[name];
            if (!local) throw fault("BUG", `the noise graph reads ${name}`);
            return local;
          },
          copies,
        );
        emit(get(quad), i32Const(4 * rowBytes), i32.mul, get(region), i32Const(2), i32.shl, i32.add, set(out));
        draws.forEach((perCopy, step) =>
          perCopy.forEach((draw, copy) =>
            emit(get(out), get(draw), store(layout.at.noise + (k * layout.noiseRows + step) * rowBytes + copy * 16)),
          ),
        );
      });
    });
  });
  return fn;
}

/**
 * One phase of the step for all regions, for rows [from, to): `(from, to, noiseRow)`. Regions are taken in
 * groups of vectors; a group keeps its state in registers over the rows. The last phase writes state, sent
 * values and observables.
 */
export function stepFunction(
  module: ModuleBuilder,
  program: Program,
  phase: Phase,
  options: { readonly layout: Layout; readonly pool: ConstantPool; readonly name: string },
): Fn {
  const { layout, pool, name } = options;
  const { elementBytes: B, groups, padded, block, recentDepth, at } = layout;
  const rowBytes = padded * B;
  const fn = module.fn(name, ["i32", "i32", "i32"], { exported: true });
  const [fromRow, toRow, noiseRow] = fn.params as [Local, Local, Local];
  const { emit } = fn;
  const last = phase.next.length > 0;
  const sends = last && layout.recentRows > 0 ? program.send : [];
  const own = withoutSent(program, phase, sends);
  const after = last ? [...sends, ...program.observe] : [];
  const work = emitter(fn, pool, B);
  work.preload([...own, ...after]);
  const vectorPerCopy = (): Local[] => Array.from({ length: groups }, () => fn.local("v128"));
  const loadEach = (locals: readonly Local[], address: Local, base: number) =>
    locals.forEach((local, copy) => emit(get(address), load(base + copy * 16), set(local)));

  const group = fn.local("i32");
  const row = fn.local("i32");
  const here = fn.local("i32");
  const noiseAt = fn.local("i32");
  const state = program.stateNames.map(vectorPerCopy);
  const reads = new Map<string, Local[]>();
  const inputNames = new Set([...symbolsOf(own), ...symbolsOf(after)]);
  for (const symbol of inputNames) {
    const [kind, index] = symbol.split(".");
    reads.set(symbol, (kind === "state" ? state[Number(index)] : undefined) ?? vectorPerCopy());
  }
  const localOf = (symbol: string): Local[] => {
    const found = reads.get(symbol);
    if (!found) throw fault("BUG", `${symbol} is not read`);
    return found;
  };
  const each = (kind: string, action: (symbol: string, index: number, second: number) => void) => {
    for (const symbol of inputNames) {
      const [k, index, second] = symbol.split(".");
      if (k === kind) action(symbol, Number(index), Number(second ?? 0));
    }
  };

  forLoop(fn, group, i32Const(0), i32Const(rowBytes), groups * 16, () => {
    state.forEach((locals, variable) => loadEach(locals, group, at.state + variable * rowBytes));
    each("regional", (symbol, k) => loadEach(localOf(symbol), group, at.regional + k * rowBytes));
    forLoop(fn, row, get(fromRow), get(toRow), 1, () => {
      emit(get(row), i32Const(rowBytes), i32.mul, get(group), i32.add, set(here));
      each("sum", (symbol, channel, end) =>
        loadEach(localOf(symbol), here, at.sums + (channel * (block + 1) + end) * rowBytes),
      );
      each("sentNow", (symbol, channel) =>
        loadEach(localOf(symbol), here, at.recent + (channel * layout.recentRows + recentDepth) * rowBytes),
      );
      each("instant", (symbol, channel) => loadEach(localOf(symbol), group, at.instant + channel * rowBytes));
      each("carry", (symbol, slot) => loadEach(localOf(symbol), group, at.carry + slot * rowBytes));
      if (program.noise.length > 0) {
        emit(
          get(noiseRow),
          get(row),
          i32.add,
          i32Const(padded * 4),
          i32.mul,
          get(group),
          ...(B === 8 ? [i32Const(1), i32.shrU] : []),
          i32.add,
          set(noiseAt),
        );
        each("noise", (symbol, k) =>
          localOf(symbol).forEach((local, copy) => {
            const base = at.noise + k * layout.noiseRows * padded * 4;
            // Draws are made in f32 for both precisions, so that both follow the same path.
            if (B === 4) emit(get(noiseAt), load(base + copy * 16), set(local));
            else emit(get(noiseAt), load64Zero(base + copy * 8), v.promoteLow, set(local));
          }),
        );
      }
      const values = work.expressions(own, (symbol, copy) => localOf(symbol)[copy] as Local, groups);
      const store16 = (locals: readonly Local[], address: Local, base: number) =>
        locals.forEach((local, copy) => emit(get(address), get(local), store(base + copy * 16)));
      phase.carry.forEach(({ slot }, k) =>
        store16(values[phase.next.length + k] ?? [], group, at.carry + slot * rowBytes),
      );
      phase.send.forEach((_, c) =>
        store16(values[phase.next.length + phase.carry.length + c] ?? [], group, at.sent + c * rowBytes),
      );
      if (!last) return;

      // A new state that is another variable's old one must be copied before that variable changes.
      const fresh = phase.next.map((expression, variable) => {
        const made = values[variable] ?? [];
        return expression.kind === "symbol" ? made.map((local) => copyOf(fn, local)) : made;
      });
      const afterValues = work.expressions(
        after,
        (symbol, copy) => {
          const [kind, index] = symbol.split(".");
          return (kind === "state" ? fresh[Number(index)]?.[copy] : localOf(symbol)[copy]) as Local;
        },
        groups,
      );
      sends.forEach((_, c) =>
        store16(afterValues[c] ?? [], here, at.recent + (c * layout.recentRows + recentDepth + 1) * rowBytes),
      );
      program.observe.forEach((_, o) =>
        store16(afterValues[sends.length + o] ?? [], here, at.observed + o * block * rowBytes),
      );
      fresh.forEach((locals, variable) =>
        locals.forEach((local, copy) => emit(get(local), set(state[variable]?.[copy] as Local))),
      );
    });
    if (last)
      state.forEach((locals, variable) =>
        locals.forEach((local, copy) =>
          emit(get(group), get(local), store(at.state + variable * rowBytes + copy * 16)),
        ),
      );
  });
  return fn;
}

/**
 * The phase's expressions, with what a region sends at the start of the step as `sentNow.c`: it was computed at the end of
 * the step before and lies in the recent rows.
 */
function withoutSent(program: Program, phase: Phase, sends: readonly Expr[]): Expr[] {
  const { graph } = program;
  const own = [...phase.next, ...phase.carry.map((c) => c.value), ...phase.send];
  if (program.phases.length > 1) return own;
  const known = new Map(
    sends.flatMap((e, c): [Expr, Expr][] => (e.kind === "call" ? [[e, graph.symbol(`sentNow.${c}`)]] : [])),
  );
  return rewrite(own, (node, args) => known.get(node) ?? (node.kind === "call" ? graph.call(node.op, args) : node));
}

function copyOf(fn: Fn, local: Local): Local {
  const copy = fn.local("v128");
  fn.emit(get(local), set(copy));
  return copy;
}

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

import { fault } from "../../core/fault.js";
import { rewrite, symbolsOf, type Expr } from "../../ir/graph.js";
import type { Phase, Program } from "../../ir/program.js";
import { emitter, type ConstantPool } from "./emit.js";
import type { Fn, Local, ModuleBuilder } from "./encode.js";
import { forLoop, get, i32, i32Const, load, load64Zero, loadSplat, set, store, v } from "./instructions.js";
import type { Layout } from "./layout.js";

/**
 * One phase of the step for all regions, for rows [from, to): `(from, to, noiseRow)`. Regions are taken in
 * groups of vectors; a group keeps its state in registers over the rows. The last phase writes state and, where
 * it ends the step, sent values and observables.
 */
export function stepFunction(
  module: ModuleBuilder,
  program: Program,
  phase: Phase,
  options: {
    readonly layout: Layout;
    readonly pool: ConstantPool;
    readonly name: string;
    /** Undelayed edges need what the new state sends. */
    readonly exchanges: boolean;
    /** The last phase is the end of the step, not of a part of it. */
    readonly ends: boolean;
  },
): Fn {
  const { layout, pool, name, exchanges } = options;
  const { elementBytes: B, groups, padded, block, recentDepth, at } = layout;
  const rowBytes = padded * B;
  const fn = module.fn(name, ["i32", "i32", "i32"], { exported: true });
  const [fromRow, toRow, noiseRow] = fn.params as [Local, Local, Local];
  const { emit } = fn;
  const last = phase.next.length > 0;
  const ends = last && options.ends;
  const keepsSent = ends && layout.recentRows > 0;
  const sends = keepsSent || (last && exchanges) ? program.send : [];
  const own = withoutSent(program, phase, keepsSent ? sends : []);
  const observe = ends ? program.observe : [];
  const after = [...sends, ...observe];
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
    const same = kind === "part" || (kind === "drive" && program.drives[Number(index)]?.uniform);
    reads.set(
      symbol,
      (kind === "state" ? state[Number(index)] : undefined) ??
        (same ? new Array<Local>(groups).fill(fn.local("v128")) : vectorPerCopy()),
    );
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

  each("part", (symbol) => {
    const [local] = localOf(symbol) as [Local];
    emit(i32Const(0), loadSplat(B, at.part + (symbol === "part.from" ? 0 : B)), set(local));
  });
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
      each("drive", (symbol, j) => {
        const drive = layout.drives[j];
        const [local] = localOf(symbol);
        if (!drive || !local) throw fault("BUG", `there is no ${symbol}`);
        if (program.drives[j]?.uniform) emit(get(row), i32Const(B), i32.mul, loadSplat(B, drive.at), set(local));
        else loadEach(localOf(symbol), here, drive.at);
      });
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
      sends.forEach((_, c) => {
        const values = afterValues[c] ?? [];
        if (keepsSent) store16(values, here, at.recent + (c * layout.recentRows + recentDepth + 1) * rowBytes);
        if (exchanges) store16(values, group, at.sent + c * rowBytes);
      });
      observe.forEach((_, o) => store16(afterValues[sends.length + o] ?? [], here, at.observed + o * block * rowBytes));
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

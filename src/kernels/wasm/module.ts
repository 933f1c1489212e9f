import { fault } from "../../core/fault.js";
import type { Program } from "../../ir/program.js";
import type { Variant } from "../kernel.js";
import { farFunction, sideFunction } from "./couple.js";
import { denseFunction } from "./dense.js";
import { pushFunction } from "./push.js";
import { constantPool } from "./emit.js";
import { moduleBuilder, type Fn, type Local, type ModuleBuilder } from "./encode.js";
import { call, forLoop, get, i32, i32Const, memoryCopy } from "./instructions.js";
import { planMemory, type Plan } from "./layout.js";
import { noiseFunction } from "./noise.js";
import { stepFunction } from "./step.js";
import { accumulateFunction, checkFunction, meanFunction } from "./watch.js";

/** Room for 16-byte constants; the largest models of the field use a few hundred. */
const constantBytes = 64 * 1024;

export interface KernelModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly constants: Uint8Array;
  readonly plan: Plan;
  readonly pages: number;
}

/** Writes the WebAssembly module of a program. */
export function kernelModule(program: Program, variant: Variant, slots: number): KernelModule {
  const plan = planMemory(program, variant, slots, constantBytes);
  const { layout } = plan;
  const { at, padded, elementBytes: B, block } = layout;
  const pages = Math.ceil(layout.bytes / 65536);
  if (pages > 65535)
    throw fault("LIMIT", `the kernel needs ${(layout.bytes / 2 ** 30).toFixed(1)} GiB, WebAssembly can address 4`, {
      why: "the delay history holds maximum delay / dt steps of every region",
      next: "use precision f32, a larger dt, or a higher conduction speed",
    });
  const module = moduleBuilder();
  const pool = constantPool(at.constants, plan.tables);
  const rowBytes = padded * B;
  if (program.noise.length > 0) noiseFunction(module, program, layout, pool);
  if (plan.farCount > 0) farFunction(module, program, plan);
  const side = { layout, channels: program.channels };
  const near =
    plan.near.slots > 0
      ? sideFunction(module, "near", plan.near, {
          ...side,
          edgesAt: at.near,
          sourceAt: at.recent,
          sourceChannel: layout.recentRows * rowBytes,
          outAt: at.sums,
          outChannel: (block + 1) * rowBytes,
          continues: plan.farCount > 0,
        })
      : undefined;
  const sides =
    plan.instant.slots > 0
      ? sideFunction(module, "instant", plan.instant, {
          ...side,
          edgesAt: at.instantEdges,
          sourceAt: at.sent,
          sourceChannel: rowBytes,
          outAt: at.instant,
          outChannel: rowBytes,
          continues: false,
        })
      : undefined;
  const instant = sides && plan.dense ? denseFunction(module, program, layout, plan.dense, sides) : sides;
  const exchanges = instant !== undefined;
  const phases = program.phases.map((phase, p) =>
    stepFunction(module, program, phase, { layout, pool, name: `phase${p}`, exchanges, ends: !program.parts }),
  );
  if (program.parts) {
    partFunction(module, { instant, phases });
    const unchanged = program.stateNames.map((_, k) => program.graph.symbol(`state.${k}`));
    const end = { next: unchanged, carry: [], send: [] };
    stepFunction(module, program, end, { layout, pool, name: "commit", exchanges: false, ends: true });
  } else rowsFunction(module, plan, program, { near, instant, phases });
  checkFunction(module, program, layout);
  accumulateFunction(module, program, layout);
  meanFunction(module, program, layout);
  if (layout.ring > 0) {
    pushFunction(module, program, layout);
    mirrorFunction(module, program, plan);
  }
  const bytes = module.bytes(pages);
  const constants = pool.data();
  if (constants.length > constantBytes) throw fault("LIMIT", "the equations hold too many constants");
  return { bytes, constants, plan, pages };
}

/** Rows [from, to) of a block: `(from, to, noise row of row 0)`. One call per step only where regions depend on each other within the block. */
function rowsFunction(
  module: ModuleBuilder,
  plan: Plan,
  program: Program,
  parts: { near: Fn | undefined; instant: Fn | undefined; phases: readonly Fn[] },
): void {
  const { layout } = plan;
  const fn = module.fn("rows", ["i32", "i32", "i32"], { exported: true });
  const [from, to, noiseRow] = fn.params as [Local, Local, Local];
  const { near, instant, phases } = parts;
  if (!near && !instant && phases.length === 1) {
    phases.forEach((phase) => fn.emit(get(from), get(to), get(noiseRow), call(phase)));
    return;
  }
  const row = fn.local("i32");
  const rowBytes = layout.padded * layout.elementBytes;
  forLoop(fn, row, get(from), get(to), 1, () => {
    const summed = [get(row), i32Const(program.lookahead), i32.add, i32Const(rowBytes), i32.mul];
    if (near) fn.emit(...summed, ...summed, call(near));
    for (const phase of phases) {
      if (instant) fn.emit(i32Const(0), i32Const(0), call(instant));
      fn.emit(get(row), get(row), i32Const(1), i32.add, get(noiseRow), call(phase));
    }
  });
}

/** A part of the step under way: all phases, on row 0. */
function partFunction(module: ModuleBuilder, parts: { instant: Fn | undefined; phases: readonly Fn[] }): void {
  const fn = module.fn("part", [], { exported: true });
  for (const phase of parts.phases) {
    if (parts.instant) fn.emit(i32Const(0), i32Const(0), call(parts.instant));
    fn.emit(i32Const(0), i32Const(1), i32Const(0), call(phase));
  }
}

/** Copies the first steps of every ring row behind its end, so that a block read there needs no wrap. */
function mirrorFunction(module: ModuleBuilder, program: Program, { layout }: Plan): void {
  const fn = module.fn("mirror", [], { exported: true });
  const row = fn.local("i32");
  const { at, ring, ringRow, elementBytes: B, block, padded } = layout;
  forLoop(fn, row, i32Const(at.ring), i32Const(at.ring + program.channels * padded * ringRow), ringRow, () => {
    fn.emit(get(row), i32Const(ring * B), i32.add, get(row), i32Const(block * B), memoryCopy);
  });
}

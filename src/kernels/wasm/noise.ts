import { fault } from "../../core/fault.js";
import { graph as newGraph } from "../../ir/graph.js";
import type { Program } from "../../ir/program.js";
import { gaussianQuadGraph } from "../../ir/random/streams.js";
import { emitter, type ConstantPool } from "./emit.js";
import type { Fn, Local, ModuleBuilder } from "./encode.js";
import { forLoop, get, i32, i32Const, load, set, store, v } from "./instructions.js";
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

import { fault } from "../../core/fault.js";
import { topological, type Expr } from "../../ir/graph.js";
import { isPrimitive, type Primitive } from "../../ir/ops.js";
import type { Table } from "../../ir/tables.js";
import type { Code, Fn, Local } from "./encode.js";
import {
  extractLane,
  floatOp,
  get,
  i32Const,
  load,
  loadLane,
  loadZero,
  set,
  truncate,
  v,
  type FloatOp,
} from "./instructions.js";

/** 16-byte constants, each stored once in memory; kernels load them before their loops. */
export interface ConstantPool {
  /** Byte address of a vector that repeats the element. */
  readonly address: (bytes: Uint8Array) => number;
  readonly float: (value: number, elementBytes: number) => number;
  readonly u32: (value: number) => number;
  /** Of a table's first value. */
  readonly table: (table: Table) => number;
  readonly data: () => Uint8Array;
}

export function constantPool(base: number, tables: ReadonlyMap<Table, number>): ConstantPool {
  const known = new Map<string, number>();
  const data: number[] = [];
  const address = (bytes: Uint8Array): number => {
    const key = bytes.join();
    let at = known.get(key);
    if (at === undefined) {
      at = base + data.length;
      known.set(key, at);
      for (let k = 0; k < 16; k++) data.push(bytes[k % bytes.length] ?? 0);
    }
    return at;
  };
  return {
    address,
    float: (value, elementBytes) =>
      address(new Uint8Array((elementBytes === 4 ? Float32Array.of(value) : Float64Array.of(value)).buffer)),
    u32: (value) => address(new Uint8Array(Uint32Array.of(value).buffer)),
    table: (table) => {
      const at = tables.get(table);
      if (at === undefined) throw fault("BUG", `the table ${table.name} is not in memory`);
      return at;
    },
    data: () => Uint8Array.from(data),
  };
}

const bytes64 = (high: number, low: number): Uint8Array => new Uint8Array(Uint32Array.of(low, high).buffer);
const bytes32 = (word: number): Uint8Array => new Uint8Array(Uint32Array.of(word).buffer);

const direct: Partial<Record<Primitive, FloatOp>> = {
  add: "add",
  sub: "sub",
  mul: "mul",
  div: "div",
  neg: "neg",
  abs: "abs",
  sqrt: "sqrt",
  min: "pmin",
  max: "pmax",
  floor: "floor",
  nearest: "nearest",
  lt: "lt",
  le: "le",
  gt: "gt",
  ge: "ge",
  eq: "eq",
  ne: "ne",
};

/** Values of the symbols of an expression, one local per side-by-side copy. */
export type Inputs = (name: string, copy: number) => Local;

export interface Emitter {
  /** Makes the constants of these expressions available; call before the loop in which they are used. */
  readonly preload: (outputs: readonly Expr[]) => void;
  /** Emits the expressions for each copy and returns, per output and copy, the local that holds it. */
  readonly expressions: (outputs: readonly Expr[], inputs: Inputs, copies: number) => Local[][];
}

/** Emits expression graphs into one function. */
export function emitter(fn: Fn, pool: ConstantPool, elementBytes: 4 | 8): Emitter {
  const constants = new Map<number, Local>();
  const constant = (address: number): Code => {
    let local = constants.get(address);
    if (!local) {
      local = fn.local("v128");
      constants.set(address, local);
      fn.emit(i32Const(0), load(address), set(local));
    }
    return get(local);
  };
  const float = (value: number): number => pool.float(value, elementBytes);
  const single = elementBytes === 4;

  /** Addresses of the bit patterns that a primitive needs besides its operands. */
  const patterns = (op: Primitive): number[] => {
    switch (op) {
      case "copysign":
        return [pool.address(single ? bytes32(0x80000000) : bytes64(0x80000000, 0))];
      case "pow2":
        return [float(single ? 12582912 + 127 : 6755399441055744 + 1023)];
      case "exponent":
        return single
          ? [pool.u32(0xff), float(127)]
          : [pool.address(bytes64(0, 0x7ff)), pool.address(bytes64(0x43300000, 0)), float(4503599627370496 + 1023)];
      case "mantissa":
        return single
          ? [pool.u32(0x7fffff), pool.u32(0x3f800000)]
          : [pool.address(bytes64(0xfffff, 0xffffffff)), pool.address(bytes64(0x3ff00000, 0))];
      default:
        return [];
    }
  };
  const constantAddress = (node: Expr): number | undefined =>
    node.kind !== "const" ? undefined : node.type === "u32" ? pool.u32(node.value) : float(node.value);

  const instruction = (op: Primitive, args: readonly Code[], nodes: readonly Expr[]): Code => {
    const [a = [], b = [], c = []] = args;
    const plain = direct[op];
    if (plain) return [...a, ...b, ...floatOp(elementBytes, plain)];
    const [p0 = [], p1 = [], p2 = []] = patterns(op).map(constant);
    const count = nodes[1]?.kind === "const" ? nodes[1].value : 0;
    switch (op) {
      case "copysign":
        return [...b, ...a, ...p0, ...v.bitselect];
      case "pow2":
        return [
          ...a,
          ...p0,
          ...floatOp(elementBytes, "add"),
          ...i32Const(single ? 23 : 52),
          ...(single ? v.i32Shl : v.i64Shl),
        ];
      case "exponent":
        return single
          ? [...a, ...i32Const(23), ...v.i32ShrU, ...p0, ...v.and, ...v.convertSigned, ...p1, ...floatOp(4, "sub")]
          : [...a, ...i32Const(52), ...v.i64ShrU, ...p0, ...v.and, ...p1, ...v.or, ...p2, ...floatOp(8, "sub")];
      case "mantissa":
        return [...a, ...p0, ...v.and, ...p1, ...v.or];
      case "and":
      case "uand":
        return [...a, ...b, ...v.and];
      case "or":
      case "uor":
        return [...a, ...b, ...v.or];
      case "not":
        return [...a, ...v.not];
      case "select":
        return [...b, ...c, ...a, ...v.bitselect];
      case "uadd":
        return [...a, ...b, ...v.i32Add];
      case "uxor":
        return [...a, ...b, ...v.xor];
      case "ushl":
        return [...a, ...i32Const(count), ...v.i32Shl];
      case "ushr":
        return [...a, ...i32Const(count), ...v.i32ShrU];
      case "urotl":
        return [...a, ...i32Const(count), ...v.i32Shl, ...a, ...i32Const(32 - count), ...v.i32ShrU, ...v.or];
      case "single":
        return single ? a : [...a, ...v.demoteZero, ...v.promoteLow];
      case "signedToFloat":
        return [...a, ...v.convertSigned];
      default:
        throw fault("BUG", `no WebAssembly for ${op}`);
    }
  };

  const spare: Local[] = [];
  const taken = (): Local => spare.pop() ?? fn.local("v128");

  /** One value per lane, at byte offsets that are given. */
  const lookup = (offsets: Local, at: number): Local => {
    const found = taken();
    for (let lane = 0; lane < 16 / elementBytes; lane++) {
      const place: Code = [...get(offsets), ...extractLane(lane)];
      if (lane === 0) fn.emit(place, loadZero(elementBytes, at), set(found));
      else fn.emit(place, get(found), loadLane(elementBytes, lane, at), set(found));
    }
    return found;
  };

  return {
    preload: (outputs) => {
      for (const node of topological(outputs)) {
        const address = constantAddress(node);
        if (address !== undefined) constant(address);
        if (node.kind === "call" && isPrimitive(node.op)) patterns(node.op).forEach(constant);
      }
    },
    expressions: (outputs, inputs, copies) => {
      const values = Array.from({ length: copies }, () => new Map<Expr, Local>());
      const codeOf = (node: Expr, copy: number): Code => {
        const address = constantAddress(node);
        if (address !== undefined) return constant(address);
        if (node.kind === "symbol") return get(inputs(node.name, copy));
        const local = values[copy]?.get(node);
        if (!local) throw fault("BUG", "a value was used before it was computed");
        return get(local);
      };
      // Tables of one grid are looked up at the same places.
      const offsets = Array.from({ length: copies }, () => new Map<Expr, Local>());
      const offsetsOf = (index: Expr, copy: number): Local => {
        const known = offsets[copy]?.get(index);
        if (known) return known;
        const made = fn.local("v128");
        fn.emit(codeOf(index, copy), truncate(elementBytes), i32Const(Math.log2(elementBytes)), v.i32Shl, set(made));
        offsets[copy]?.set(index, made);
        return made;
      };
      // A local whose value no later node reads is taken again: a function may have 50 000.
      const order = topological(outputs);
      const readers = new Map<Expr, number>(outputs.map((node) => [node, Infinity]));
      for (const node of order)
        if (node.kind === "call") for (const a of node.args) readers.set(a, (readers.get(a) ?? 0) + 1);
      const done = (node: Expr) => {
        const left = (readers.get(node) ?? 0) - 1;
        readers.set(node, left);
        if (left === 0)
          for (const made of values) {
            const local = made.get(node);
            if (local) spare.push(local);
          }
      };
      for (const node of order) {
        if (node.kind !== "call") continue;
        if (node.op === "lookup") {
          const [table, index] = node.args;
          if (table?.kind !== "table" || !index) throw fault("BUG", "a lookup without a table");
          for (let copy = 0; copy < copies; copy++)
            values[copy]?.set(node, lookup(offsetsOf(index, copy), pool.table(table.table)));
          done(index);
          continue;
        }
        if (!isPrimitive(node.op)) throw fault("BUG", `${node.op} was not lowered`);
        for (let copy = 0; copy < copies; copy++) {
          const local = taken();
          fn.emit(
            instruction(
              node.op,
              node.args.map((a) => codeOf(a, copy)),
              node.args,
            ),
            set(local),
          );
          values[copy]?.set(node, local);
        }
        node.args.forEach(done);
      }
      return outputs.map((node) =>
        Array.from({ length: copies }, (_, copy) => {
          if (node.kind === "symbol") return inputs(node.name, copy);
          const known = values[copy]?.get(node);
          if (known) return known;
          const local = fn.local("v128");
          fn.emit(codeOf(node, copy), set(local));
          return local;
        }),
      );
    },
  };
}

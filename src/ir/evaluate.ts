import { fault } from "../core/fault.js";
import { nearestEven } from "../core/round.js";
import { topological, type Expr, type Precision } from "./graph.js";
import { isPrimitive, type Primitive } from "./ops.js";
import { valuesIn } from "./tables.js";

/**
 * Plain-JavaScript meaning of the primitives: the truth that every back end is held to, to the last bit.
 * Numbers carry floats and unsigned integers; booleans are 0 and 1.
 */
type Apply = (a: number, b: number, c: number) => number;

const bits64 = new Float64Array(1);
const words64 = new Uint32Array(bits64.buffer); // little-endian: [low, high]; checked below
const bits32 = new Float32Array(1);
const words32 = new Uint32Array(bits32.buffer);
const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

const highWord = (x: number): number => {
  bits64[0] = x;
  return words64[littleEndian ? 1 : 0] ?? 0;
};
const withHighWord = (x: number, high: number): number => {
  bits64[0] = x;
  words64[littleEndian ? 1 : 0] = high;
  return bits64[0];
};
const word32 = (x: number): number => {
  bits32[0] = x;
  return words32[0] ?? 0;
};
const float32 = (word: number): number => {
  words32[0] = word;
  return bits32[0] ?? 0;
};

const truth = (condition: boolean): number => (condition ? 1 : 0);

type Arithmetic = Exclude<Primitive, "lookup">;

const exact: Readonly<Record<Arithmetic, Apply>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  neg: (a) => -a,
  abs: (a) => Math.abs(a),
  sqrt: (a) => Math.sqrt(a),
  min: (a, b) => (b < a ? b : a),
  max: (a, b) => (a < b ? b : a),
  floor: (a) => Math.floor(a),
  nearest: nearestEven,
  single: Math.fround,
  copysign: (a, b) => (highWord(b) >>> 31 ? -Math.abs(a) : Math.abs(a)),
  pow2: (n) => withHighWord(0, ((n + 1023) << 20) >>> 0),
  exponent: (x) => ((highWord(x) >>> 20) & 0x7ff) - 1023,
  mantissa: (x) => withHighWord(x, (highWord(x) & 0xfffff) | 0x3ff00000),
  lt: (a, b) => truth(a < b),
  le: (a, b) => truth(a <= b),
  gt: (a, b) => truth(a > b),
  ge: (a, b) => truth(a >= b),
  eq: (a, b) => truth(a === b),
  ne: (a, b) => truth(a !== b),
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  not: (a) => 1 - a,
  select: (c, a, b) => (c ? a : b),
  uadd: (a, b) => (a + b) >>> 0,
  uxor: (a, b) => (a ^ b) >>> 0,
  uor: (a, b) => (a | b) >>> 0,
  uand: (a, b) => (a & b) >>> 0,
  ushl: (a, n) => (a << n) >>> 0,
  ushr: (a, n) => a >>> n,
  urotl: (a, n) => ((a << n) | (a >>> (32 - n))) >>> 0,
  signedToFloat: (a) => Math.fround(a | 0),
};

/** In f32 each arithmetic result is rounded once more; double rounding is innocuous for + - × ÷ √ of f32 operands. */
const single: Readonly<Record<Arithmetic, Apply>> = {
  ...exact,
  add: (a, b) => Math.fround(a + b),
  sub: (a, b) => Math.fround(a - b),
  mul: (a, b) => Math.fround(a * b),
  div: (a, b) => Math.fround(a / b),
  sqrt: (a) => Math.fround(Math.sqrt(a)),
  pow2: (n) => float32(((n + 127) << 23) >>> 0),
  exponent: (x) => ((word32(x) >>> 23) & 0xff) - 127,
  mantissa: (x) => float32((word32(x) & 0x7fffff) | 0x3f800000),
};

export const applyPrimitive = (op: Arithmetic, precision: Precision): Apply =>
  precision === "f32" ? single[op] : exact[op];

/** A graph ready to be evaluated many times. */
export interface Evaluator {
  /** Slot of each input symbol in `registers`; write inputs there. */
  readonly inputs: ReadonlyMap<string, number>;
  readonly outputs: readonly number[];
  readonly registers: Float64Array;
  readonly run: () => void;
}

/**
 * Prepares primitive expressions for repeated evaluation in plain JavaScript.
 * @throws Fault BUG when an elementary function was not lowered.
 */
export function evaluator(outputs: readonly Expr[], precision: Precision): Evaluator {
  const order = topological(outputs);
  const slot = new Map(order.map((node, k) => [node, k]));
  const registers = new Float64Array(order.length);
  const inputs = new Map<string, number>();
  const code: { apply: Apply; a: number; b: number; c: number; to: number }[] = [];
  const slotOf = (node: Expr | undefined): number => (node === undefined ? 0 : (slot.get(node) ?? 0));
  order.forEach((node, to) => {
    if (node.kind === "const")
      registers[to] = precision === "f32" && node.type === "float" ? Math.fround(node.value) : node.value;
    else if (node.kind === "symbol") inputs.set(node.name, to);
    else if (node.kind === "table") return;
    else if (node.op === "lookup") {
      const [table, index] = node.args;
      if (table?.kind !== "table") throw fault("BUG", "a lookup without a table");
      const values = valuesIn(table.table, precision);
      const from = slotOf(index);
      code.push({ apply: (k) => values[k | 0] ?? NaN, a: from, b: from, c: from, to });
    } else if (!isPrimitive(node.op)) throw fault("BUG", `${node.op} was not lowered`);
    else {
      const [a, b, c] = node.args;
      code.push({ apply: applyPrimitive(node.op, precision), a: slotOf(a), b: slotOf(b), c: slotOf(c), to });
    }
  });
  const run = () => {
    for (const { apply, a, b, c, to } of code)
      registers[to] = apply(registers[a] as number, registers[b] as number, registers[c] as number);
  };
  return { inputs, outputs: outputs.map(slotOf), registers, run };
}

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { elementary, lower } from "../../src/ir/elementary/index.js";
import { evaluator } from "../../src/ir/evaluate.js";
import { graph, onlyPrimitives, topological, type Precision } from "../../src/ir/graph.js";
import { elementaries, opShape, type Elementary } from "../../src/ir/ops.js";

/** Columns of test/golden/elementary.json: see the script beside it. */
interface Table {
  readonly x: readonly (number | string)[];
  readonly p?: readonly (number | string)[];
  readonly y: readonly (number | string)[];
  readonly d: readonly number[];
}
// Denser tables may be given, made by the same script.
const given = process.env["LAENNEC_ELEMENTARY_TABLES"];
const folder = given === undefined ? new URL("../golden/", import.meta.url) : pathToFileURL(`${given}/`);
const tables = (file: string) => (JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Golden).functions;
type Golden = { functions: Record<Elementary, Record<Precision, Table>> };
const golden = { functions: { ...tables("elementary.json"), ...tables("elementary-more.json") } };

const names = Object.keys(elementaries) as Elementary[];
const precisions: readonly Precision[] = ["f32", "f64"];
const each = names.flatMap((name) => precisions.map((precision) => ({ name, precision })));

function compiled(name: Elementary, precision: Precision) {
  const made = graph();
  const args = opShape(name).args.map((_, k) => made.symbol(`x${k}`));
  const lowered = lower(graph(), [made.call(name, args)], precision);
  const { inputs, outputs, registers, run } = evaluator(lowered, precision);
  const round = precision === "f32" ? Math.fround : (x: number) => x;
  const call = (...values: number[]): number => {
    values.forEach((value, k) => (registers[inputs.get(`x${k}`) ?? 0] = round(value)));
    run();
    return registers[outputs[0] ?? 0] ?? NaN;
  };
  const operations = topological(lowered).filter((node) => node.kind === "call").length;
  return { call, lowered, operations };
}

const formats = { f32: { bits: 24, least: -126 }, f64: { bits: 53, least: -1022 } } as const;

/** Spacing of floats just above |y|. */
function spacing(y: number, precision: Precision): number {
  const { bits, least } = formats[precision];
  let exponent = Math.max(least, Math.floor(Math.log2(Math.abs(y))));
  // log2 may round up to the next power of two.
  if (exponent > least && 2 ** exponent > Math.abs(y)) exponent--;
  return 2 ** (exponent - bits + 1);
}

/** Error of `got` in ULP, fractions included. */
function ulps(got: number, y: number, thousandths: number, precision: Precision): number {
  if (Object.is(got, y) && thousandths === 0) return 0;
  if (!Number.isFinite(got) || !Number.isFinite(y)) return got === y ? 0 : Infinity;
  const below = y !== 0 && thousandths * Math.sign(y) < 0 && Math.abs(y) === 2 ** Math.round(Math.log2(Math.abs(y)));
  const unit = spacing(y, precision);
  // Below a power of two floats are twice as dense: there `d` counts the finer spacing.
  const finer = below && unit > 2 ** (formats[precision].least - formats[precision].bits + 1) ? unit / 2 : unit;
  return Math.abs((got - y) / finer - thousandths / 1000);
}

describe("elementary functions against mpmath at 50 digits", () => {
  it("has a lowering and a table for every elementary function", () => {
    expect(Object.keys(elementary).toSorted()).toEqual(names.toSorted());
    expect(Object.keys(golden.functions).toSorted()).toEqual(names.toSorted());
  });

  it.each(each)("$name in $precision is within 2 ULP", ({ name, precision }) => {
    const { call, lowered, operations } = compiled(name, precision);
    expect(onlyPrimitives(lowered)).toBe(true);
    const { x, p, y, d } = golden.functions[name][precision];
    expect(x.length).toBeGreaterThan(150);
    let worst = { error: -1, x: NaN, p: NaN, got: NaN, y: NaN };
    const round = precision === "f32" ? Math.fround : (value: number) => value;
    x.forEach((value, k) => {
      const [a, b, truth] = [round(Number(value)), round(Number(p?.[k] ?? NaN)), round(Number(y[k]))];
      const got = p === undefined ? call(a) : call(a, b);
      // Documented: a logistic that would be denormal may be 0, and is never above the smallest normal number.
      if (name === "logistic" && truth < 2 ** formats[precision].least) {
        expect(got).toBeGreaterThanOrEqual(0);
        expect(got).toBeLessThan(2 ** formats[precision].least);
        return;
      }
      const error = ulps(got, truth, d[k] ?? NaN, precision);
      if (!(error <= worst.error)) worst = { error, x: a, p: b, got, y: truth };
    });
    process.stdout.write(
      `${name.padEnd(10)} ${precision} ${String(operations).padStart(4)} operations, worst ${worst.error.toFixed(3)} ULP at ${worst.x}${p ? ` ^ ${worst.p}` : ""} (${worst.got}, ${worst.y})\n`,
    );
    expect(worst.error).toBeLessThanOrEqual(2);
  });
});

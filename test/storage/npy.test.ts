import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/fault.js";
import type { NdArray } from "../../src/core/ndarray.js";
import { ndarray, toFloat64 } from "../../src/core/ndarray.js";
import { readNpy, writeNpy } from "../../src/storage/npy.js";
import { readNpz, writeNpz } from "../../src/storage/npz.js";
import golden from "../golden/storage.json" with { type: "json" };
import { expectFault } from "./faults.js";

const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"));

/** An .npy file with any header over any number of data bytes. */
function withHeader(header: string, dataBytes = 48, version = 1): Uint8Array {
  const text = new TextEncoder().encode(header);
  const prefix = version === 1 ? 10 : 12;
  const out = new Uint8Array(prefix + text.length + dataBytes);
  out.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  const view = new DataView(out.buffer);
  if (version === 1) view.setUint16(8, text.length, true);
  else view.setUint32(8, text.length, true);
  out.set(text, prefix);
  return out;
}
const header = (descr: string, order: string, shape: string) =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }\n`;

describe("npy", () => {
  it.each(golden.npy.map((row) => [row.name, row] as const))("reads what numpy wrote: %s", (_, row) => {
    const array = readNpy(bytesOf(row.bytes));
    expect(array.shape).toEqual(row.shape);
    expect([...toFloat64(array)]).toEqual(row.values);
  });

  it("writes byte for byte what numpy.save writes", () => {
    const same = golden.npy.filter((row) => row.same);
    expect(same.length).toBeGreaterThan(8);
    for (const row of same)
      expect(Buffer.from(writeNpy(readNpy(bytesOf(row.bytes)))).toString("base64")).toBe(row.bytes);
  });

  it("gives back any f64 array, bit for bit", () => {
    fc.assert(
      fc.property(fc.float64Array({ maxLength: 40 }), (values) => {
        const back = readNpy(writeNpy(ndarray(values, [values.length])));
        return back.data.every((value, k) => Object.is(value, values[k])) && back.data.length === values.length;
      }),
    );
  });

  it("writes strided views in C order", () => {
    const view = { data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2], stride: [1, 3], offset: 0 };
    expect([...readNpy(writeNpy(view)).data]).toEqual([1, 4, 2, 5, 3, 6]);
  });

  const hostile: [string, Uint8Array][] = [
    ["nothing", new Uint8Array(0)],
    ["other magic", new TextEncoder().encode("PK\u0003\u0004 is no npy file")],
    ["version 4", withHeader(header("'<f8'", "False", "(6,)"), 48, 4)],
    ["objects (pickle)", withHeader(header("'|O'", "False", "(6,)"))],
    ["strings", withHeader(header("'<U8'", "False", "(6,)"))],
    ["complex", withHeader(header("'<c16'", "False", "(3,)"))],
    ["half floats", withHeader(header("'<f2'", "False", "(24,)"))],
    ["structured", withHeader(header("[('a', '<f8')]", "False", "(6,)"))],
    ["prototype as type", withHeader(header("'<__proto__'", "False", "(6,)"))],
    ["more values than bytes", withHeader(header("'<f8'", "False", "(7,)"))],
    ["fewer values than bytes", withHeader(header("'<f8'", "False", "(5,)"))],
    ["a petabyte", withHeader(header("'<f8'", "False", "(1000000000, 1000000)"))],
    ["overflowing shape", withHeader(header("'<f8'", "False", "(4294967296, 4294967296, 4294967296)"))],
    ["unsafe extent", withHeader(header("'<f8'", "False", "(99999999999999999999,)"))],
    ["negative extent", withHeader(header("'<f8'", "False", "(-6,)"))],
    ["fractional extent", withHeader(header("'<f8'", "False", "(6.0,)"))],
    ["too many axes", withHeader(header("'<f8'", "False", `(${"1, ".repeat(70)}6)`))],
    [
      "code in the header",
      withHeader("{'descr': __import__('os').system('x'), 'fortran_order': False, 'shape': (6,)}"),
    ],
    ["order is no boolean", withHeader(header("'<f8'", "'False'", "(6,)"))],
    ["missing shape", withHeader("{'descr': '<f8', 'fortran_order': False}\n")],
    ["key twice", withHeader("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (6,)}")],
    ["further key", withHeader("{'descr': '<f8', 'fortran_order': False, 'shape': (6,), 'x': True}")],
    ["not a dict", withHeader("['<f8', False, (6,)]")],
    ["header beyond the file", withHeader("x").fill(0xff, 8, 10)],
    ["header of 4 GB", withHeader(header("'<f8'", "False", "(6,)"), 48, 2).fill(0xff, 8, 12)],
    ["unclosed", withHeader("{'descr': '<f8', 'fortran_order': False, 'shape': (6,")],
    ["integers too large for f64", withHeader(header("'<u8'", "False", "(1,)"), 8).fill(0xff, -8)],
  ];
  it.each(hostile)("refuses: %s", async (_, bytes) => expectFault(() => readNpy(bytes), "DATA", /DATA/));

  it("refuses a file cut off at any byte", async () => {
    const whole = writeNpy(ndarray(Float64Array.of(1, 2, 3, 4, 5, 6), [2, 3]));
    for (let length = 0; length < whole.length; length++)
      await expectFault(() => readNpy(whole.subarray(0, length)), "DATA", /npy/);
  });

  it("ends in an array or a Fault for any changed byte", () => {
    const whole = writeNpy(ndarray(Float64Array.of(1, 2, 3, 4, 5, 6), [2, 3]));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const changed = whole.slice();
        changed[at] = byte;
        try {
          const { data, shape } = readNpy(changed);
          return data.length === shape.reduce((n, extent) => n * extent, 1);
        } catch (error) {
          return error instanceof Fault;
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe("npz", () => {
  it("gives back its arrays, packed or stored, with the same bytes each time", () => {
    const arrays = new Map<string, NdArray>([
      ["weights", ndarray(Float64Array.of(1, 2, 3, 4), [2, 2])],
      ["flags", ndarray(Uint8Array.of(0, 1), [2])],
    ]);
    for (const compress of [false, true]) {
      const bytes = writeNpz(arrays, { compress });
      const back = readNpz(bytes);
      expect([...back.keys()]).toEqual(["weights", "flags"]);
      expect(back.get("weights")?.data).toEqual(Float64Array.of(1, 2, 3, 4));
      expect(back.get("flags")?.data).toEqual(Uint8Array.of(0, 1));
      expect(writeNpz(arrays, { compress })).toEqual(bytes);
    }
  });

  it.each(["../x", "a/../b", "/etc/x", "", "a\\b", "a\0b", "__proto__/../x"])(
    "refuses to write an array called %j",
    (name) => expectFault(() => writeNpz(new Map([[name, ndarray(new Float64Array(1), [1])]])), "USAGE", /name/),
  );
});

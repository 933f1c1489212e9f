import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseUnit } from "../../src/core/units.js";
import { unitOf } from "../../src/ir/check-units.js";
import { bind } from "../../src/ir/bind.js";
import { programHash } from "../../src/engine/hash.js";
import { matchChannels } from "../../src/ir/compose/channels.js";
import { compose } from "../../src/ir/compose/compose.js";
import { partParameter, type Part } from "../../src/ir/compose/parts.js";
import type { Model, TableDeclaration } from "../../src/ir/declare.js";
import { differentiate } from "../../src/ir/differentiate.js";
import { lower } from "../../src/ir/elementary/index.js";
import { evaluator } from "../../src/ir/evaluate.js";
import { graph, type Expr, type Graph, type Precision } from "../../src/ir/graph.js";
import { parseEquation } from "../../src/ir/parse.js";
import { printLatex, printText } from "../../src/ir/print.js";
import { tableProblems, tablesIn } from "../../src/ir/tables.js";
import { reference } from "../../src/kernels/reference/kernel.js";
import { wasm } from "../../src/kernels/wasm/kernel.js";
import { endOf, modelOf, networkOf, prepare, setupOf } from "../engine/support.js";
import { handProgram, still } from "../kernels/hand-program.js";

fc.configureGlobal({ seed: Number(process.env["LAENNEC_FUZZ_SEED"] ?? 1) });

const axis = (from: number, step: number, count: number, unit = "1") => ({ from, step, count, unit, about: "" });
/** A bilinear function is its own interpolation. */
const plane = (x: number, y: number): number => 2 + 3 * x - 0.5 * y + 0.25 * x * y;
const tables: Record<string, TableDeclaration> = {
  plane: {
    axes: [axis(-1, 0.5, 5, "mV"), axis(0.5, 0.25, 9, "ms")],
    unit: "kHz",
    values: Float64Array.from({ length: 45 }, (_, k) => plane(-1 + 0.5 * Math.floor(k / 9), 0.5 + 0.25 * (k % 9))),
    about: "",
  },
  hat: { axes: [axis(0, 1, 3)], unit: "1", values: Float64Array.of(0, 1, 0.1), about: "" },
};

function read(g: Graph, text: string): Expr {
  const scope = new Map([...tablesIn(g, { tables }), ...["x", "y"].map((n): [string, Expr] => [n, g.symbol(n)])]);
  return parseEquation(g, text, scope);
}

function valueOf(
  text: string,
  at: Readonly<Record<string, number>>,
  by?: string,
  precision: Precision = "f64",
): number {
  const g = graph();
  const parsed = read(g, text);
  const { inputs, outputs, registers, run } = evaluator(
    lower(g, [by === undefined ? parsed : differentiate(g, parsed, by)], precision),
    precision,
  );
  for (const [name, slot] of inputs) registers[slot] = at[name] ?? NaN;
  run();
  return registers[outputs[0] ?? 0] ?? NaN;
}

const inside = { x: fc.double({ min: -1, max: 1, noNaN: true }), y: fc.double({ min: 0.5, max: 2.5, noNaN: true }) };

describe("tables in equations", () => {
  it("read a bilinear function as it is", () => {
    fc.assert(
      fc.property(inside.x, inside.y, (x, y) => {
        expect(valueOf("plane(x, y)", { x, y })).toBeCloseTo(plane(x, y), 13);
      }),
    );
  });

  it("are linear between places, exact at them, and flat beyond the ends", () => {
    const hat = (x: number) => valueOf("hat(x)", { x });
    expect([0, 1, 2, 0.25, 1.5].map(hat)).toEqual([0, 1, 0.1, 0.25, 0.55]);
    expect([-1e300, -0.1, 2.1, 1e300, Infinity, -Infinity].map(hat)).toEqual([0, 0, 0.1, 0.1, 0.1, 0]);
    expect(valueOf("plane(x, y)", { x: 7, y: 0 })).toBeCloseTo(plane(1, 0.5), 14);
    expect(valueOf("plane(x, y)", { x: -7, y: 1.1 })).toBeCloseTo(plane(-1, 1.1), 14);
    expect(hat(NaN)).toBeNaN();
    expect(valueOf("plane(x, y)", { x: 0, y: NaN })).toBeNaN();
  });

  it("have the slope of the cell, and none beyond the ends", () => {
    fc.assert(
      fc.property(inside.x, inside.y, (x, y) => {
        expect(valueOf("plane(x, y)", { x, y }, "y")).toBeCloseTo(-0.5 + 0.25 * x, 12);
        // The chain rule goes through.
        expect(valueOf("plane(x^2 - 1, y)", { x, y }, "x")).toBeCloseTo(2 * x * (3 + 0.25 * y), 12);
      }),
    );
    expect([0.5, 1.5].map((x) => valueOf("hat(x)", { x }, "x"))).toEqual([1, -0.9]);
    expect([-0.5, 2.5].map((x) => Math.abs(valueOf("hat(x)", { x }, "x")))).toEqual([0, 0]);
  });

  it("fold where nothing changes", () => {
    const g = graph();
    const [folded] = bind(g, [read(g, "hat(x) * y")], new Map([["x", 0.25]]), 1).outputs;
    expect(folded && printText(folded)).toBe("0.25 * y");
  });

  it("print as they are written", () => {
    const g = graph();
    expect(printText(read(g, "plane(x + 1, y) * 2"))).toBe("plane(x + 1, y) * 2");
    expect(printLatex(read(g, "hat(x)"))).toBe("\\mathrm{hat}\\left(x\\right)");
  });

  it("have units", () => {
    const g = graph();
    const units = new Map([
      ["x", parseUnit("mV")],
      ["y", parseUnit("ms")],
    ]);
    expect(unitOf(read(g, "plane(x, y)"), units)).toEqual(parseUnit("1/ms"));
    expect(() => unitOf(read(g, "plane(y, x)"), units)).toThrow(/plane wants mV, not ms/);
  });

  it("say what is wrong with a call or a declaration", () => {
    const g = graph();
    expect(() => read(g, "plane(x)")).toThrow(/takes two numbers/);
    expect(() => read(g, "hat(x < y)")).toThrow(/takes one number/);
    expect(() => read(g, "hat + 1")).toThrow(/called as a function/);
    const wrong = { axes: [axis(0, 0, 1)], unit: "1", values: Float64Array.of(NaN, 1), about: "" };
    expect(tableProblems("t", wrong).join("; ")).toMatch(/a step above 0.*2 values for 1 places.*not finite/);
  });

  it("take little-endian single precision in base64", () => {
    const values = Buffer.from(new Uint8Array([0, 0, 128, 63, 0, 0, 0, 64])).toString("base64");
    const g = graph();
    const [entry] = tablesIn(g, { tables: { one: { axes: [axis(0, 1, 2)], unit: "1", values, about: "" } } });
    expect(entry?.[1].kind === "table" && [...entry[1].table.values]).toEqual([1, 2]);
  });
});

describe("tables in kernels", () => {
  const anywhere = fc.oneof(
    fc.double({ min: -4, max: 4, noNaN: true }),
    fc.constantFrom(-1, -0.5, 0, 0.5, 1, 2, 2.5, -0, 1e30, -1e30, Infinity, -Infinity, NaN),
  );

  it.each(["f32", "f64"] as const)("give the same bits in WebAssembly, and do not trap: %s", async (precision) => {
    const programOf = (regions: number) =>
      handProgram({
        regions,
        precision,
        next: (g) => {
          const scope = new Map([
            ...tablesIn(g, { tables }),
            ["x", g.symbol("state.0")] as const,
            ["y", g.symbol("state.1")] as const,
          ]);
          const lowered = ["plane(x, y)", "plane(y, x) + hat(x) - hat(y * 0.3)"].map((text) => {
            const parsed = parseEquation(g, text, scope);
            return g.add(parsed, differentiate(g, parsed, "state.0"));
          });
          return lower(g, lowered, precision);
        },
      });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anywhere, anywhere), { minLength: 1, maxLength: 11 }), async (points) => {
        const program = programOf(points.length);
        const start = still(program, Float64Array.of(...points.map(([x]) => x), ...points.map(([, y]) => y)));
        const states = await Promise.all(
          [reference, wasm].map(async (backend) => {
            const kernel = await backend.compile(program, start, { slots: 0, guard: false });
            kernel.advance(2);
            return [...kernel.state()];
          }),
        );
        expect(states[1]).toEqual(states[0]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("models with tables", () => {
  const withTable = (values: readonly number[], from = 0): Model => ({
    ...modelOf("linear"),
    id: "tabled",
    tables: { force: { axes: [axis(from, 1, 3)], unit: "1", values: Float64Array.from(values), about: "" } },
    equations: { x: "force(x) - x" },
  });
  const initial = { kind: "state", values: Float64Array.of(0.5) } as const;

  it("have another hash with another table, and the same with the same one read again", () => {
    const hashOf = (model: Model) => {
      const { program, start } = prepare(setupOf({ model, initial }));
      return programHash(program, start);
    };
    const hash = hashOf(withTable([1, 2, 4]));
    expect(hashOf(withTable([1, 2, 4]))).toBe(hash);
    expect(hashOf(withTable([1, 2, 4.5]))).not.toBe(hash);
    expect(hashOf(withTable([1, 2, 4], 0.25))).not.toBe(hash);
  });

  it("keep them where regions differ in their model", async () => {
    const parts: Part[] = [
      { name: "first", model: withTable([1, 2, 4]) },
      { name: "second", model: withTable([-1, -2, -4]) },
    ];
    const model = compose(parts, matchChannels(parts).channels);
    const state = await endOf(
      setupOf({
        model,
        connectome: networkOf([
          [0, 0],
          [0, 0],
        ]),
        parameters: { [partParameter]: Float64Array.of(0, 1) },
        initial: { kind: "state", values: Float64Array.of(0.5, 0.5) },
        steps: 1,
      }),
      wasm,
    );
    // Euler, 0.1 ms: 0.5 + 0.1 (force(0.5) - 0.5).
    expect(state[0]).toBeCloseTo(0.5 + 0.1 * (1.5 - 0.5), 14);
    expect(state[1]).toBeCloseTo(0.5 + 0.1 * (-1.5 - 0.5), 14);
  });
});

import fc from "fast-check";
import { lower } from "../../src/ir/elementary/index.js";
import { evaluator } from "../../src/ir/evaluate.js";
import { graph, type Expr, type Graph } from "../../src/ir/graph.js";

// The same expressions at every run; the long suite asks for others.
fc.configureGlobal({ seed: Number(process.env["LAENNEC_FUZZ_SEED"] ?? 1) });

/** Random expressions, as text in which everything stands in parentheses, with their value by JavaScript's own means. */
export interface Sample {
  readonly text: string;
  /** Value for x, y, z. */
  readonly value: (x: number, y: number, z: number) => number;
  /** Without jumps or kinks: a derivative exists wherever the value does. */
  readonly smooth: boolean;
}

export const names = ["x", "y", "z"] as const;

const leaf = (text: string, value: Sample["value"]): Sample => ({ text, value, smooth: true });
const leaves: fc.Arbitrary<Sample> = fc.oneof(
  fc.constantFrom(
    leaf("x", (x) => x),
    leaf("y", (_, y) => y),
    leaf("z", (_, __, z) => z),
    leaf("pi", () => Math.PI),
  ),
  fc
    .oneof(
      fc.integer({ min: 0, max: 20 }),
      fc.double({ min: 1e-3, max: 100, noNaN: true }),
      fc.constantFrom(0, 1, 0.5, 1e-7, 2e21),
    )
    .map((number) => leaf(String(number), () => number)),
);

type Function1 = readonly [string, (a: number) => number, boolean];
const smoothFunctions: readonly Function1[] = [
  ["exp", Math.exp, true],
  ["sin", Math.sin, true],
  ["cos", Math.cos, true],
  ["tanh", Math.tanh, true],
  ["expm1", Math.expm1, true],
  ["logistic", (a) => 1 / (1 + Math.exp(-a)), true],
  ["sinh", Math.sinh, true],
  ["cosh", Math.cosh, true],
  ["atan", Math.atan, true],
];
/** With ends, or with slopes that grow without bound. */
const steepFunctions: readonly Function1[] = [
  ["log", Math.log, true],
  ["log1p", Math.log1p, true],
  ["asin", Math.asin, true],
  ["acos", Math.acos, true],
  ["cbrt", Math.cbrt, true],
];
const roughFunctions: readonly Function1[] = [
  ["sqrt", Math.sqrt, true],
  ["abs", Math.abs, false],
  ["floor", Math.floor, false],
  ["sign", (a) => (a > 0 ? 1 : a < 0 ? -1 : 0), false],
  ["heaviside", (a) => (a >= 0 ? 1 : 0), false],
];
const binary = [
  ["+", (a: number, b: number) => a + b],
  ["-", (a: number, b: number) => a - b],
  ["*", (a: number, b: number) => a * b],
  ["/", (a: number, b: number) => a / b],
] as const;
const comparisons = [
  ["<", (a: number, b: number) => a < b],
  ["<=", (a: number, b: number) => a <= b],
  [">", (a: number, b: number) => a > b],
  [">=", (a: number, b: number) => a >= b],
  ["==", (a: number, b: number) => a === b],
  ["!=", (a: number, b: number) => a !== b],
] as const;

interface Kinds {
  readonly elementary: boolean;
  readonly jumps: boolean;
}

/** @param kinds which functions may occur: elementary ones are within 2 ULP of JavaScript's only, the rest is exact */
export function samples({ elementary, jumps }: Kinds): fc.Arbitrary<Sample> {
  const functions = [...(elementary ? [...smoothFunctions, ...steepFunctions] : []), ...roughFunctions].filter(
    ([, , smooth]) => smooth || jumps,
  );
  return fc.letrec<{ node: Sample; condition: Condition }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 5, depthIdentifier: "samples" },
      { arbitrary: leaves, weight: 3 },
      {
        arbitrary: fc.tuple(fc.constantFrom(...binary), tie("node"), tie("node")).map(([o, a, b]) => joined(o, a, b)),
        weight: 5,
      },
      {
        arbitrary: tie("node").map((a) => ({ ...a, text: `(-${a.text})`, value: (...v: Args) => -a.value(...v) })),
        weight: 1,
      },
      { arbitrary: fc.tuple(tie("node"), fc.integer({ min: 2, max: 3 })).map(([a, n]) => power(a, n)), weight: 1 },
      { arbitrary: fc.tuple(fc.constantFrom(...functions), tie("node")).map(([f, a]) => applied(f, a)), weight: 2 },
      ...(jumps
        ? [
            {
              arbitrary: fc.tuple(tie("condition"), tie("node"), tie("node")).map(([c, a, b]) => chosen(c, a, b)),
              weight: 1,
            },
            {
              arbitrary: fc
                .tuple(fc.constantFrom("min", "max"), tie("node"), tie("node"))
                .map(([f, a, b]) => extreme(f, a, b)),
              weight: 1,
            },
          ]
        : []),
    ),
    condition: fc.oneof(
      { maxDepth: 3, depthIdentifier: "conditions" },
      fc.tuple(fc.constantFrom(...comparisons), tie("node"), tie("node")).map(([[op, of], a, b]) => ({
        text: `(${a.text} ${op} ${b.text})`,
        value: (...v: Args) => of(a.value(...v), b.value(...v)),
      })),
      fc.tuple(fc.constantFrom("and", "or"), tie("condition"), tie("condition")).map(([op, a, b]) => ({
        text: `(${a.text} ${op} ${b.text})`,
        value: (...v: Args) => (op === "and" ? a.value(...v) && b.value(...v) : a.value(...v) || b.value(...v)),
      })),
      tie("condition").map((a) => ({ text: `(not ${a.text})`, value: (...v: Args) => !a.value(...v) })),
    ),
  })).node;
}

type Args = [number, number, number];
interface Condition {
  readonly text: string;
  readonly value: (...v: Args) => boolean;
}

const joined = ([op, of]: (typeof binary)[number], a: Sample, b: Sample): Sample => ({
  text: `(${a.text} ${op} ${b.text})`,
  value: (...v) => of(a.value(...v), b.value(...v)),
  smooth: a.smooth && b.smooth,
});
const power = (a: Sample, n: number): Sample => ({
  text: `(${a.text} ^ ${n})`,
  value: (...v) => a.value(...v) ** n,
  smooth: a.smooth,
});
const applied = ([name, of, smooth]: Function1, a: Sample): Sample => ({
  text: `${name}(${a.text})`,
  value: (...v) => of(a.value(...v)),
  smooth: smooth && a.smooth,
});
const chosen = (c: Condition, a: Sample, b: Sample): Sample => ({
  text: `select(${c.text}, ${a.text}, ${b.text})`,
  value: (...v) => (c.value(...v) ? a.value(...v) : b.value(...v)),
  smooth: false,
});
const extreme = (name: string, a: Sample, b: Sample): Sample => ({
  text: `${name}(${a.text}, ${b.text})`,
  value: (...v) => {
    const [p, q] = [a.value(...v), b.value(...v)];
    return name === "min" ? (q < p ? q : p) : p < q ? q : p;
  },
  smooth: false,
});

// Far from denormal numbers, whose reciprocals overflow.
const coordinate = fc.oneof(
  fc.double({ min: -4, max: 4, noNaN: true }).map((v) => (Math.abs(v) < 1e-6 ? 0 : v)),
  fc.integer({ min: -3, max: 3 }),
);
export const point: fc.Arbitrary<Args> = fc.tuple(coordinate, coordinate, coordinate);

export const scopeOf = (g: Graph): Map<string, Expr> => new Map(names.map((name) => [name, g.symbol(name)]));

/** Values of expressions of x, y, z (or other symbols by name) in f64, by the plain evaluator. */
export function valuesOf(g: Graph, nodes: readonly Expr[], values: Readonly<Record<string, number>>): number[] {
  const { inputs, outputs, registers, run } = evaluator(lower(g, nodes, "f64"), "f64");
  for (const [name, slot] of inputs) registers[slot] = values[name] ?? NaN;
  run();
  return outputs.map((slot) => registers[slot] ?? NaN);
}

/** Expressions made ready once: finite differences ask for many values of one. */
const ready = new WeakMap<Expr, (values: Readonly<Record<string, number>>) => number>();

export function valueOf(g: Graph, node: Expr, values: Readonly<Record<string, number>>): number {
  let of = ready.get(node);
  if (!of) {
    const { inputs, outputs, registers, run } = evaluator(lower(g, [node], "f64"), "f64");
    of = (given) => {
      for (const [name, slot] of inputs) registers[slot] = given[name] ?? NaN;
      run();
      return registers[outputs[0] ?? 0] ?? NaN;
    };
    ready.set(node, of);
  }
  return of(values);
}

export const at = ([x, y, z]: Args): Record<string, number> => ({ x, y, z });
export { graph };

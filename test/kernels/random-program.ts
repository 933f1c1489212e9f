import fc from "fast-check";
import { graph as newGraph, type Expr } from "../../src/ir/graph.js";
import type { Edges, Program, Start } from "../../src/ir/program.js";
import type { Kernel } from "../../src/kernels/kernel.js";
import { mulberry32 } from "../golden/generator.js";

/** Programs that no declaration gives: random expressions of everything that a phase may read. */

export interface Shape {
  readonly seed: number;
  readonly precision: "f32" | "f64";
  readonly regions: number;
  readonly variables: number;
  readonly channels: number;
  /** Longest delay in steps; undefined without delayed edges. */
  readonly maxDelay: number | undefined;
  /** Undelayed edges, between so many phases; 0 without. */
  readonly phases: number;
  readonly lookahead: 0 | 1;
  readonly numpy: boolean;
  readonly noisy: boolean;
  readonly drives: readonly { readonly uniform: boolean }[];
  readonly parts: boolean;
}

export const shapes = (fixed: { readonly parts: boolean }): fc.Arbitrary<Shape> =>
  fc.record({
    seed: fc.nat(),
    precision: fc.constantFrom("f32", "f64"),
    regions: fc.integer({ min: 1, max: 9 }),
    variables: fc.integer({ min: 1, max: 3 }),
    channels: fc.integer({ min: 1, max: 2 }),
    maxDelay: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
    phases: fc.integer({ min: 0, max: 3 }),
    lookahead: fc.constantFrom(0, 1),
    numpy: fc.boolean(),
    noisy: fc.boolean().map((noisy) => noisy && !fixed.parts),
    drives: fc.array(fc.record({ uniform: fc.boolean() }), { maxLength: 2 }),
    parts: fc.constant(fixed.parts),
  });

const noEdges = (regions: number): Edges => ({
  start: new Uint32Array(regions + 1),
  source: new Uint32Array(),
  delay: new Uint32Array(),
  weight: new Float64Array(),
});

function randomEdges(regions: number, draw: () => number, delayOf: () => number, sorted: boolean): Edges {
  const lists = Array.from({ length: regions }, () =>
    Array.from({ length: regions }, (_, source) => ({ source, delay: delayOf(), weight: draw() - 0.4 }))
      .filter(() => draw() < 0.5)
      .sort((a, b) => (sorted ? b.delay - a.delay || a.source - b.source : 0)),
  );
  const start = new Uint32Array(regions + 1);
  lists.forEach((list, i) => (start[i + 1] = (start[i] ?? 0) + list.length));
  const all = lists.flat();
  return {
    start,
    source: Uint32Array.from(all, (e) => e.source),
    delay: Uint32Array.from(all, (e) => e.delay),
    weight: Float64Array.from(all, (e) => e.weight),
  };
}

/** All values stay small, so that a trajectory says something about every step. */
export function randomProgram(shape: Shape): Program {
  const draw = mulberry32(shape.seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T;
  const g = newGraph();
  const { regions, channels, variables, maxDelay, phases: exchanging } = shape;
  const numpy = shape.numpy && exchanging === 0 && maxDelay !== undefined;
  const delayed = maxDelay === undefined ? undefined : maxDelay;
  const edges =
    delayed === undefined
      ? noEdges(regions)
      : randomEdges(
          regions,
          draw,
          () => Math.max(numpy && !shape.lookahead ? 0 : 1, Math.floor(draw() * (delayed + 1))),
          !numpy,
        );
  const instant = exchanging > 0 ? randomEdges(regions, draw, () => 0, false) : noEdges(regions);
  const each = (count: number, name: (k: number) => string): Expr[] =>
    Array.from({ length: count }, (_, k) => g.symbol(name(k)));
  const squash = (x: Expr): Expr => g.div(x, g.add(g.constant(1), g.call("abs", [x])));
  const expression = (leaves: readonly Expr[], depth: number): Expr => {
    if (depth === 0) return draw() < 0.2 ? g.constant(Math.fround(draw() * 2 - 1)) : pick(leaves);
    const of = () => expression(leaves, depth - 1);
    switch (Math.floor(draw() * 7)) {
      case 0:
        return g.mul(of(), of());
      case 1:
        return g.sub(of(), of());
      case 2:
        return squash(of());
      case 3:
        return g.call(pick(["max", "min"] as const), [of(), of()]);
      case 4:
        return g.select(g.call("lt", [of(), of()]), of(), of());
      default:
        return g.add(of(), of());
    }
  };
  const own = [...each(variables, (k) => `state.${k}`), ...each(2, (k) => `regional.${k}`)];
  const drives = each(shape.drives.length, (j) => `drive.${j}`);
  const sums = each(channels, (c) => `sum.${c}.0`);
  if (shape.lookahead) sums.push(...each(channels, (c) => `sum.${c}.1`));
  const noise = shape.noisy ? [variables - 1] : [];
  const list = (count: number, leaves: readonly Expr[]) =>
    Array.from({ length: count }, () => squash(expression(leaves, 3)));
  const send = list(channels, own);
  // What is sent is read within the step too, as couplings with a term of the target do.
  const inside = [...own, ...send, ...drives, ...sums, ...each(noise.length, (k) => `noise.${k}`)];
  if (shape.parts) inside.push(g.symbol("part.from"), g.symbol("part.size"));
  const instants = exchanging > 0 ? each(channels, (c) => `instant.${c}`) : [];
  const carried: Expr[] = [];
  const phases = Array.from({ length: Math.max(1, exchanging) }, (_, p) => {
    const leaves = [...inside, ...instants, ...carried];
    if (p < exchanging - 1) {
      const carry = [{ slot: p, value: expression(leaves, 2) }];
      carried.push(g.symbol(`carry.${p}`));
      return { next: [], carry, send: list(channels, leaves) };
    }
    // Every kind of symbol is read for certain.
    const all = leaves.reduce((sum, leaf, k) => g.add(sum, g.mul(g.constant(1 / (k + 2)), leaf)));
    const next = own.slice(0, variables).map((x, v) => {
      const push = v === 0 ? g.add(all, expression(leaves, 3)) : expression(leaves, 4);
      return g.add(g.mul(g.constant(0.75), x), squash(push));
    });
    return { next, carry: [], send: [] };
  });
  return {
    graph: g,
    precision: shape.precision,
    regions,
    stateNames: Array.from({ length: variables }, (_, v) => `x${v}`),
    channels,
    regional: [0, 1].map(() => Float64Array.from({ length: regions }, () => draw() - 0.5)),
    edges,
    instant,
    maxDelay: edges.delay.reduce((a, b) => Math.max(a, b), 0),
    numpySums: numpy
      ? Array.from({ length: channels }, () => ({ singleProducts: draw() < 0.5, singleSums: draw() < 0.5 }))
      : undefined,
    lookahead: shape.lookahead,
    send,
    phases,
    drives: shape.drives,
    parts: shape.parts,
    noise,
    key: [shape.seed >>> 0, 7, 1, 2],
    observe: [own[0] as Expr, expression([...own, ...drives], 2)],
  };
}

/** A start whose past is another one at every step. */
export function randomStart(program: Program, seed: number, step: number): Start {
  const draw = mulberry32(seed + 1);
  const rows = program.edges.source.length > 0 ? program.maxDelay + 1 : 1;
  const values = (count: number) => Float64Array.from({ length: count }, () => draw() - 0.5);
  return {
    step,
    state: values(program.stateNames.length * program.regions),
    past: values(rows * program.channels * program.regions),
    pastRows: rows,
  };
}

/** What drive j is at an absolute step, so that two runs see the same whatever their calls. */
const driveValue = (step: number, j: number, region: number): number => Math.sin(1 + step + 10 * j + 0.1 * region);

export function fillDrives(kernel: Kernel, program: Program, rows: number): void {
  program.drives.forEach(({ uniform }, j) => {
    const { data, offset, stride } = kernel.drive(j);
    for (let row = 0; row < rows; row++)
      for (let i = 0; i < (uniform ? 1 : program.regions); i++)
        data[offset + row * stride + i] = driveValue(kernel.step() + row, j, i);
  });
}

/** Observables of the first `count` rows, [row][observable][region]. */
export const rowsOf = (kernel: Kernel, program: Program, count: number): number[] =>
  Array.from({ length: count }, (_, row) =>
    program.observe.flatMap((_, o) => {
      const { data, offset, stride } = kernel.observed(o);
      return [...data.subarray(offset + row * stride, offset + row * stride + program.regions)];
    }),
  ).flat();

import { fault } from "../../core/fault.js";
import { evaluator } from "../evaluate.js";
import { graph, type Graph } from "../graph.js";
import { gaussianQuad } from "./gaussian.js";
import { defaultRounds, threefry4x32, type Words } from "./threefry.js";

/** What a number is drawn for: each stream is independent of the others. */
export const streams = { initial: 1, dynamics: 2, observation: 3 } as const;
export type Stream = (typeof streams)[keyof typeof streams];

/** The words of key and counter by name: see {@link gaussianQuadGraph}. */
export const drawSymbols = ["key.0", "key.1", "key.2", "key.3", "quad.lo", "quad.hi", "node", "variable"] as const;

/**
 * Output block of a draw, as expressions of the u32 symbols of {@link drawSymbols}.
 * key = [seed low, seed high, stream, run]; counter = [quad low, quad high, node, variable], where quad = floor(step / 4).
 */
export function wordQuadGraph(made: Graph, rounds: number = defaultRounds): Words {
  const word = (name: (typeof drawSymbols)[number]) => made.symbol(name, "u32");
  const key: Words = [word("key.0"), word("key.1"), word("key.2"), word("key.3")];
  const counter: Words = [word("quad.lo"), word("quad.hi"), word("node"), word("variable")];
  return threefry4x32(made, key, counter, rounds);
}

/** The four standard normals (f32) of steps 4 quad .. 4 quad + 3, so that every back end compiles the same graph. */
export const gaussianQuadGraph = (made: Graph, rounds: number = defaultRounds): Words =>
  gaussianQuad(made, wordQuadGraph(made, rounds));

/** Names one random number. All fields are non-negative integers; `seed` and `step` up to 2^53, the others below 2^32. */
export interface Draw {
  readonly seed: number;
  readonly stream: Stream;
  readonly run: number;
  readonly node: number;
  readonly variable: number;
  readonly step: number;
}

const low = (x: number): number => x % 2 ** 32;
const high = (x: number): number => Math.floor(x / 2 ** 32);

/** Values of {@link drawSymbols} for a draw, in their order. @throws Fault RANGE for what is not an integer in range. */
export function drawWords({ seed, stream, run, node, variable, step }: Draw): number[] {
  for (const [name, value, bound] of [
    ["seed", seed, 2 ** 53],
    ["run", run, 2 ** 32 - 1],
    ["node", node, 2 ** 32 - 1],
    ["variable", variable, 2 ** 32 - 1],
    ["step", step, 2 ** 53],
  ] as const)
    if (!Number.isInteger(value) || value < 0 || value > bound)
      throw fault("RANGE", `${name} ${value} cannot key a random number`, {
        why: `it must be an integer from 0 to ${bound}`,
        next: `give a ${name} in that range`,
      });
  const quad = Math.floor(step / 4);
  return [low(seed), high(seed), stream, run, low(quad), high(quad), node, variable];
}

function drawer(outputs: (made: Graph) => Words): (draw: Draw) => number {
  const { inputs, outputs: slots, registers, run } = evaluator(outputs(graph()), "f32");
  const inputSlots = drawSymbols.map((name) => inputs.get(name) ?? 0);
  return (draw) => {
    drawWords(draw).forEach((word, k) => (registers[inputSlots[k] ?? 0] = word));
    run();
    return registers[slots[draw.step % 4] ?? 0] ?? NaN;
  };
}

const drawGaussian = drawer((made) => gaussianQuadGraph(made));
const drawWord = drawer((made) => wordQuadGraph(made));

/** Uniform in (0, 1), never 0 or 1, in steps of 2^-32: word `step mod 4` of the block of the draw. */
export const uniform = (
  seed: number,
  stream: Stream,
  run: number,
  node: number,
  variable: number,
  step: number,
): number => (drawWord({ seed, stream, run, node, variable, step }) + 0.5) * 2 ** -32;

/** Standard normal (an f32 value): output `step mod 4` of the block of the draw, as in the kernels. */
export const gaussian = (
  seed: number,
  stream: Stream,
  run: number,
  node: number,
  variable: number,
  step: number,
): number => drawGaussian({ seed, stream, run, node, variable, step });

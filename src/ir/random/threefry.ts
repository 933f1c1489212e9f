import type { Expr, Graph } from "../graph.js";

/** Four 32-bit words: a key, a counter, or an output block. */
export type Words = readonly [Expr, Expr, Expr, Expr];

/**
 * Salmon et al. 2011 (doi:10.1145/2063384.2063405, table 2) find 12 rounds of Threefry4x32 to pass all of TestU01's
 * batteries, and the authors' documentation knows of no statistical flaw with 12 or more. We take 13: one round of
 * margin, the first count that mixes after the key injection behind round 12, and a count that has published answers.
 * 20 rounds, the library's cautious default, would cost a third more of every step with noise.
 */
export const defaultRounds = 13;

const rotations = [
  [10, 26],
  [11, 21],
  [13, 27],
  [23, 5],
  [6, 20],
  [17, 11],
  [25, 10],
  [18, 20],
] as const;

const parity = 0x1bd11bda;

/**
 * Threefry4x32 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", 2011): a keyed bijection of
 * counters, made of u32 primitives.
 */
export function threefry4x32(graph: Graph, key: Words, counter: Words, rounds: number = defaultRounds): Words {
  const add = (a: Expr, b: Expr) => graph.call("uadd", [a, b]);
  const xor = (a: Expr, b: Expr) => graph.call("uxor", [a, b]);
  const rotate = (a: Expr, count: number) => graph.call("urotl", [a, graph.u32(count)]);
  const mix = (a: Expr, b: Expr, count: number): [Expr, Expr] => {
    const sum = add(a, b);
    return [sum, xor(rotate(b, count), sum)];
  };
  const last = key.reduce(xor, graph.u32(parity));
  const schedule = [...key, last];
  const scheduled = (k: number): Expr => schedule[k % 5] ?? last;
  // Schedule word plus injection number depends on the key alone, so back ends can lift it out of their loops.
  const inject = ([a, b, c, d]: Words, k: number): Words => [
    add(a, scheduled(k)),
    add(b, scheduled(k + 1)),
    add(c, scheduled(k + 2)),
    add(d, k === 0 ? scheduled(3) : add(scheduled(k + 3), graph.u32(k))),
  ];
  let words = inject(counter, 0);
  for (let round = 0; round < rounds; round++) {
    const [first, second] = rotations[round % 8] ?? rotations[0];
    const [a, b, c, d] = words;
    // Even rounds mix (0,1) and (2,3); odd ones (0,3) and (2,1): the permutation of the cipher, without moving words.
    const [p, q] = round % 2 === 0 ? [b, d] : [d, b];
    const [a2, p2] = mix(a, p, first);
    const [c2, q2] = mix(c, q, second);
    words = round % 2 === 0 ? [a2, p2, c2, q2] : [a2, q2, c2, p2];
    if (round % 4 === 3) words = inject(words, (round + 1) / 4);
  }
  return words;
}

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { evaluator } from "../../src/ir/evaluate.js";
import { graph, topological, type Expr } from "../../src/ir/graph.js";
import { defaultRounds, threefry4x32, type Words } from "../../src/ir/random/threefry.js";

interface Vector {
  readonly rounds: number;
  readonly counter: string;
  readonly key: string;
  readonly answer: string;
}
const golden = JSON.parse(readFileSync(new URL("../golden/threefry.json", import.meta.url), "utf8")) as {
  readonly vectors: readonly Vector[];
};

const words = (text: string): number[] => text.split(" ").map((word) => parseInt(word, 16));

function block(rounds: number): { run: (key: number[], counter: number[]) => number[]; operations: number } {
  const made = graph();
  const four = (name: string): Words => {
    const word = (k: number): Expr => made.symbol(`${name}${k}`, "u32");
    return [word(0), word(1), word(2), word(3)];
  };
  const result = threefry4x32(made, four("key"), four("counter"), rounds);
  const { inputs, outputs, registers, run } = evaluator(result, "f32");
  const operations = topological(result).filter((node) => node.kind === "call").length;
  return {
    operations,
    run: (key, counter) => {
      key.forEach((word, k) => (registers[inputs.get(`key${k}`) ?? 0] = word));
      counter.forEach((word, k) => (registers[inputs.get(`counter${k}`) ?? 0] = word));
      run();
      return outputs.map((slot) => registers[slot] ?? NaN);
    },
  };
}

describe("threefry4x32", () => {
  it.each(golden.vectors)("gives the published answer: $rounds rounds, counter $counter", (vector) => {
    expect(block(vector.rounds).run(words(vector.key), words(vector.counter))).toEqual(words(vector.answer));
  });

  it("takes 13 rounds unless told otherwise", () => {
    expect(defaultRounds).toBe(13);
    expect(block(defaultRounds).operations).toBeLessThanOrEqual(102);
  });

  it("flips half of the bits of each output word when any one input bit flips", () => {
    const { run } = block(defaultRounds);
    const [key, counter] = [words("01234567 89abcdef fedcba98 76543210"), words("00000001 00000000 00000005 00000002")];
    const before = run(key, counter);
    const flips = [0, 0, 0, 0];
    for (let bit = 0; bit < 256; bit++) {
      const [k, c] = [[...key], [...counter]];
      const target = bit < 128 ? k : c;
      const at = (bit % 128) >> 5;
      target[at] = ((target[at] ?? 0) ^ (1 << (bit & 31))) >>> 0;
      run(k, c).forEach((word, w) => {
        for (
          let difference = (word ^ (before[w] ?? 0)) >>> 0;
          difference;
          difference = (difference & (difference - 1)) >>> 0
        )
          flips[w] = (flips[w] ?? 0) + 1;
      });
    }
    // 256 x 32 coin flips: mean 4096, standard deviation 45.25; four of them either side.
    for (const count of flips) expect(Math.abs(count - 4096)).toBeLessThan(181);
  });
});

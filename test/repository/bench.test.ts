import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { dense, synthetic, writeBinary } from "../../bench/connectomes.js";
import type { Context, Workload } from "../../bench/contender.js";
import { judge, judgeMean, median, runRace } from "../../bench/race.js";
import { columns } from "../../bench/table.js";
import { root } from "./sources.js";

const scratch = mkdtempSync(join(tmpdir(), "laennec-bench-test-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const golden = join(process.env["LAENNEC_SHARED"] ?? join(root, "../shared"), "golden/W1const_mpr_dt0.01.npz");
const compiler = spawnSync("cc", ["--version"]).status === 0;

describe("the limit in C", () => {
  it.skipIf(!compiler || !existsSync(golden))(
    "computes TVB's trajectory (skips without a C compiler or the shared golden values)",
    () => {
      const arrays = unzipSync(readFileSync(golden));
      const numbers = (name: string) => npyFloat64(arrays[`${name}.npy`] ?? new Uint8Array());
      const connectome = join(scratch, "golden.bin");
      const weights = numbers("weights");
      const regions = Math.sqrt(weights.length);
      writeFileSync(connectome, bytes([regions], weights, numbers("tract_lengths")));
      const expected = numbers("y");
      const steps = expected.length / (2 * regions);
      expect([regions, steps]).toEqual([76, 1000]);

      // TVB holds its weights, its history and the sums of its coupling in f32: exact sums differ from its own by that much.
      for (const [real, registers, flags, tolerance] of [
        ["double", 2, "-march=native", 5e-8],
        ["double", 4, "-msse4.1", 5e-8],
        ["float", 4, "-msse4.1", 1e-5],
      ] as const) {
        const binary = join(scratch, `mpr-${real}-${registers}`);
        const source = join(root, "bench/limits/mpr.c");
        execFileSync("cc", [
          "-O3",
          flags,
          "-ffast-math",
          `-DREAL=${real}`,
          `-DREGISTERS=${registers}`,
          source,
          "-o",
          binary,
          "-lm",
        ]);
        const dump = join(scratch, "dump.bin");
        execFileSync(binary, [connectome, String(steps), "0", "0.01", "3", dump]);
        const computed = new Float64Array(new Uint8Array(readFileSync(dump)).buffer);
        expect(computed.length).toBe(expected.length);
        const error = computed.reduce((worst, value, k) => Math.max(worst, Math.abs(value - (expected[k] ?? NaN))), 0);
        expect(error).toBeLessThan(tolerance);
      }
    },
  );

  it.skipIf(!compiler)("draws noise of the variance it should: r and V of a region without links", () => {
    // dV = (V^2 + …) dt + sqrt(2 D) dW: over one step the spread of V is that of the noise alone.
    const connectome = join(scratch, "alone.bin");
    const regions = 20_000;
    writeFileSync(connectome, bytes([100], new Float64Array(10_000), new Float64Array(10_000)));
    const binary = join(scratch, "mpr-noise");
    execFileSync("cc", ["-O3", "-DREAL=double", join(root, "bench/limits/mpr.c"), "-o", binary, "-lm"]);
    const dump = join(scratch, "noise.bin");
    execFileSync(binary, [connectome, String(regions / 100), "1", "1e-6", "3", dump]);
    const all = new Float64Array(new Uint8Array(readFileSync(dump)).buffer);
    const increments: number[] = [];
    for (let step = 1; step < regions / 100; step++)
      for (let region = 0; region < 100; region++)
        increments.push((all[step * 200 + 100 + region] ?? NaN) - (all[(step - 1) * 200 + 100 + region] ?? NaN));
    const mean = increments.reduce((a, b) => a + b, 0) / increments.length;
    const variance = increments.reduce((sum, x) => sum + (x - mean) ** 2, 0) / increments.length;
    // 2 D dt with D = 0.02; the standard error of a variance from 19,900 draws is 1 %.
    expect(variance / (2 * 0.02 * 1e-6)).toBeGreaterThan(0.95);
    expect(variance / (2 * 0.02 * 1e-6)).toBeLessThan(1.05);
  });
});

describe("a synthetic connectome", () => {
  it("has the links, lengths and symmetry it says, and the same for the same seed", () => {
    const network = synthetic(100, 400, 7);
    const links = network.weights.filter((weight) => weight !== 0);
    expect(links.length).toBe(800);
    expect(Math.max(...links)).toBe(1);
    expect(Math.min(...network.tractLengths.filter((length) => length !== 0))).toBeGreaterThanOrEqual(5);
    for (let i = 0; i < 100; i++)
      for (let j = 0; j < 100; j++) expect(network.weights[i * 100 + j]).toBe(network.weights[j * 100 + i]);
    expect(synthetic(100, 400, 7)).toEqual(network);
    expect(synthetic(100, 400, 8)).not.toEqual(network);
  });

  it("may link every region to every other", () => {
    const { weights } = dense(9, 1);
    weights.forEach((weight, k) => expect(weight > 0).toBe(k % 10 !== 0));
    for (let i = 0; i < 9; i++) for (let j = 0; j < 9; j++) expect(weights[i * 9 + j]).toBe(weights[j * 9 + i]);
  });

  it("is written as N, weights, lengths", () => {
    const network = synthetic(5, 4, 1);
    const file = join(scratch, "five.bin");
    writeBinary(network, file);
    const values = new Float64Array(new Uint8Array(readFileSync(file)).buffer);
    expect([...values]).toEqual([5, ...network.weights, ...network.tractLengths]);
  });
});

describe("a race", () => {
  const context: Context = { peers: undefined, scratch, sources: "", scale: 1 };

  it("takes turns, counts the median, judges floors round by round, and tells who dropped out", async () => {
    const order: string[] = [];
    const closed: string[] = [];
    const contender = (name: string, role: "ours" | "peer", seconds: readonly number[]) => {
      let turn = 0;
      return {
        name,
        role,
        sample: async () => {
          order.push(name);
          const taken = seconds[turn++];
          if (taken === undefined) throw new Error("fell asleep");
          return { regionSteps: 1e6, seconds: taken };
        },
        close: async () => void closed.push(name),
      };
    };
    const workload: Workload = {
      id: "t",
      title: "test",
      floors: [
        { ours: "a", over: "b", atLeast: 4 },
        { ours: "a", over: "b", atLeast: 6 },
        { ours: "a", over: "c", atLeast: 1 },
      ],
      race: async () => ({
        // The first figure of each is the warm-up.
        contenders: [
          contender("a", "ours", [9, 1, 2, 1]),
          contender("b", "peer", [9, 5, 10, 4]),
          contender("c", "peer", [9, 1]),
        ],
        absent: [{ name: "d", why: "not installed" }],
      }),
    };
    const result = await runRace(workload, context, 3);
    expect(order.join("")).toBe("abcabcabcab");
    expect(closed).toEqual(["a", "b", "c"]);
    expect(result.standings.map(({ name, median: middle }) => [name, middle])).toEqual([
      ["a", 1],
      ["b", 0.2],
    ]);
    expect(result.floors.map(({ ratio, holds }) => [ratio, holds])).toEqual([
      [5, true],
      [5, false],
      [undefined, undefined],
    ]);
    expect(result.absent).toEqual([
      { name: "d", why: "not installed" },
      { name: "c", why: "fell asleep" },
    ]);
  });

  it("calls a floor met only by figures", () => {
    const standing = (name: string, rates: number[]) => ({
      name,
      role: "ours" as const,
      note: undefined,
      rates,
      median: median(rates),
    });
    const floor = { ours: "a", over: "b", atLeast: 1 };
    expect(judge(floor, [standing("a", []), standing("b", [])]).holds).toBe(false);
  });

  it("holds the geometric mean of the ratios that were measured", () => {
    const floor = (ratio: number | undefined) => ({ ours: "a", over: "b", atLeast: 1, ratio, holds: undefined });
    const { ratio, holds } = judgeMean(5, [floor(2), floor(undefined), floor(8)]);
    expect(ratio).toBeCloseTo(4, 12);
    expect(holds).toBe(false);
    expect(judgeMean(5, [floor(undefined)]).holds).toBeUndefined();
  });

  it("knows medians", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBeNaN();
  });

  it("prints columns that stand under each other", () => {
    expect(
      columns([
        ["", "rate", ""],
        ["a", "1", "x"],
        ["long", "12.5", ""],
      ]),
    ).toBe("        rate\n  a        1  x\n  long  12.5");
  });
});

const bytes = (...parts: readonly ArrayLike<number>[]): Uint8Array =>
  new Uint8Array(Float64Array.from(parts.flatMap((part) => Array.from(part))).buffer);

/** The values of a C-ordered little-endian f64 npy file. */
function npyFloat64(file: Uint8Array): Float64Array {
  const header = new DataView(file.buffer, file.byteOffset).getUint16(8, true);
  const text = new TextDecoder().decode(file.subarray(10, 10 + header));
  if (!text.includes("<f8") || !text.includes("'fortran_order': False")) throw new Error(text);
  return new Float64Array(file.slice(10 + header).buffer);
}

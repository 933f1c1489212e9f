import { fault } from "../core/fault.js";
import { evaluator } from "../ir/evaluate.js";
import type { Program } from "../ir/program.js";

/**
 * What states [row][variable][region] send: channel values [row][channel][region], in the program's precision.
 * @param variables of a row; those that nothing is sent of may be left out at the end
 * @throws Fault BUG when something else than states and constants is sent
 */
export function channelsOf(
  program: Program,
  states: Float64Array,
  rows = 1,
  variables = program.stateNames.length,
): Float64Array {
  const { regions: n, channels, precision, regional } = program;
  const { inputs, outputs, registers, run } = evaluator(program.send, precision);
  const round = precision === "f32" ? Math.fround : (x: number) => x;
  const readers = [...inputs].map(([name, slot]) => {
    const [kind, index] = name.split(".");
    if (kind !== "state" && kind !== "regional") throw fault("BUG", `what regions send may not read ${name}`);
    return { slot, own: kind === "state", k: Number(index) };
  });
  const size = variables * n;
  const out = new Float64Array(rows * channels * n);
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < n; i++) {
      for (const { slot, own, k } of readers)
        registers[slot] = round((own ? states[row * size + k * n + i] : regional[k]?.[i]) ?? 0);
      run();
      outputs.forEach((slot, c) => (out[(row * channels + c) * n + i] = registers[slot] ?? NaN));
    }
  return out;
}

/** @throws Fault BUG where a step that is taken in parts has noise: draws belong to whole steps */
export function checkParts({ parts, noise }: Program): void {
  if (parts && noise.length > 0) throw fault("BUG", "a step with noise cannot be taken in parts");
}

/** Rows of the past that a run which goes on needs. */
export const pastRows = (program: Program): number => (program.edges.source.length > 0 ? program.maxDelay + 1 : 1);

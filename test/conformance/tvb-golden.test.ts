import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { toFloat64, type NdArray } from "../../src/core/ndarray.js";
import { couplings } from "../../src/couplings/index.js";
import { assemble } from "../../src/engine/assemble.js";
import type { Setup } from "../../src/engine/setup.js";
import { startOf } from "../../src/engine/start.js";
import { schemes } from "../../src/integrators/index.js";
import { backends } from "../../src/kernels/index.js";
import { models } from "../../src/models/index.js";
import { readNpy } from "../../src/storage/npy.js";

/**
 * Trajectories of stock TVB 2.10.0. They lie in the shared folder, which a user's machine does not have. TVB keeps the
 * coupling history in single precision; `compat: tvb` copies that, or 1e-9 could not be reached.
 */
const folder = join(process.env["LAENNEC_SHARED"] ?? resolve("../shared"), "golden");

const runs = [
  { file: "W1_mpr_dt0.01", model: "montbrio-pazo-roxin", coupling: "linear", couplingNames: ["a", "b"] },
  { file: "W1const_mpr_dt0.01", model: "montbrio-pazo-roxin", coupling: "linear", couplingNames: ["a", "b"] },
  { file: "W1_mpr_dt0.1", model: "montbrio-pazo-roxin", coupling: "linear", couplingNames: ["a", "b"] },
  {
    file: "W2_jansenrit_dt0.5",
    model: "jansen-rit",
    coupling: "sigmoidal-jansen-rit",
    couplingNames: ["a", "cmin", "cmax", "midpoint", "r"],
  },
  { file: "W3_g2do_dt1", model: "generic-2d-oscillator", coupling: "linear", couplingNames: ["a", "b"] },
  { file: "W3_g2do_dt0.0625", model: "generic-2d-oscillator", coupling: "linear", couplingNames: ["a", "b"] },
] as const;

const item = <T>(record: Readonly<Record<string, T>>, id: string): T => {
  const found = record[id];
  if (!found) throw new Error(`no ${id}`);
  return found;
};

async function golden(
  run: (typeof runs)[number],
): Promise<{ setup: Setup; expected: Float64Array; steps: number; size: number }> {
  // Text arrays among them are not read.
  const entries = Object.entries(unzipSync(await readFile(join(folder, `${run.file}.npz`))));
  const wanted = /^(y|weights|tract_lengths|speed|dt|history0|state0|cvar|par_.*|coupling_.*)\.npy$/;
  const arrays = new Map(
    entries
      .filter(([name]) => wanted.test(name))
      .map(([name, bytes]) => [name.replace(".npy", ""), readNpy(bytes, name)]),
  );
  const array = (name: string): NdArray => item(Object.fromEntries(arrays), name);
  const scalar = (name: string): number => toFloat64(array(name))[0] ?? NaN;
  const model = item(models, run.model);
  const names = Object.keys(model.state);
  const weights = toFloat64(array("weights"));
  const n = Math.sqrt(weights.length);
  const past = toFloat64(array("history0"));
  const rows = array("history0").shape[0] ?? 0;
  const state = toFloat64(array("state0"));
  const cvar = [...toFloat64(array("cvar"))];
  // Row `rows - 1` of TVB's buffer is the state at step 0; only coupling variables have a past.
  const history = new Float64Array(rows * names.length * n);
  for (let row = 0; row < rows; row++)
    names.forEach((_, v) => {
      const c = cvar.indexOf(v);
      for (let i = 0; i < n; i++) {
        const old = c >= 0 && row < rows - 1 ? past[(row * cvar.length + c) * n + i] : state[v * n + i];
        history[(row * names.length + v) * n + i] = old ?? NaN;
      }
    });
  const parameters = Object.fromEntries(
    Object.entries(model.parameters).map(([name, p]) => [
      name,
      arrays.has(`par_${name}`) ? scalar(`par_${name}`) : p.default,
    ]),
  );
  const coupling = item(couplings, run.coupling);
  const couplingParameters = Object.fromEntries(
    Object.entries(coupling.parameters).map(([name, p]) => [
      name,
      arrays.has(`coupling_${name}`) ? scalar(`coupling_${name}`) : p.default,
    ]),
  );
  const expected = toFloat64(array("y"));
  const size = names.length * n;
  return {
    setup: {
      connectome: {
        labels: Array.from({ length: n }, (_, i) => `R${i}`),
        weights,
        tractLengths: toFloat64(array("tract_lengths")),
        centres: undefined,
        orientations: undefined,
        areas: undefined,
        hemispheres: undefined,
        cortical: undefined,
        source: "golden",
      },
      model,
      parameters,
      coupling,
      couplingParameters,
      scheme: item(schemes, "heun"),
      dtMs: scalar("dt"),
      noise: undefined,
      conductionSpeed: scalar("speed"),
      steps: expected.length / size,
      transientSteps: 0,
      seed: 0,
      run: 0,
      initial: { kind: "history", values: history, steps: rows },
      monitors: [],
      compatTvb: true,
      precision: "f64",
    },
    expected,
    steps: expected.length / size,
    size,
  };
}

/** Largest error of any variable, as a share of that variable's range. */
function worstError(rows: readonly Float64Array[], expected: Float64Array, size: number, variables: number): number {
  const n = size / variables;
  let worst = 0;
  for (let v = 0; v < variables; v++) {
    let [low, high, error] = [Infinity, -Infinity, 0];
    rows.forEach((row, step) => {
      for (let i = 0; i < n; i++) {
        const want = expected[step * size + v * n + i] ?? NaN;
        low = Math.min(low, want);
        high = Math.max(high, want);
        const difference = Math.abs((row[v * n + i] ?? NaN) - want);
        error = difference <= error ? error : difference;
      }
    });
    worst = Math.max(worst, high > low ? error / (high - low) : error);
  }
  return worst;
}

describe.skipIf(!existsSync(folder))(
  "stock TVB's trajectories, compat: tvb, f64 (skipped without the shared folder)",
  () => {
    it.each(runs.flatMap((run) => Object.values(backends).map((backend) => ({ ...run, backend, id: backend.id }))))(
      "$file on $id: within 1e-9 of each variable's range, to the last step",
      async ({ backend, ...run }) => {
        const { setup, expected, steps, size } = await golden(run);
        const { program } = assemble(setup);
        // The reference takes a tenth of the way where it would take long; both back ends agree to the bit elsewhere.
        const upTo = backend.id === "reference" ? Math.min(steps, 100) : steps;
        const kernel = await backend.compile(program, startOf(setup, program), { slots: 0 });
        const rows: Float64Array[] = [];
        for (let step = 0; step < upTo; step++) {
          expect(kernel.advance(1)).toBeUndefined();
          rows.push(kernel.state());
        }
        const worst = worstError(rows, expected.subarray(0, upTo * size), size, Object.keys(setup.model.state).length);
        expect(worst).toBeLessThan(1e-9);
      },
    );

    it("is sharp: a delay that is one step longer is far outside", async () => {
      const { setup, expected, size } = await golden(runs[0]);
      const { program } = assemble({ ...setup, conductionSpeed: setup.conductionSpeed * 0.999 });
      const kernel = await item(backends, "wasm").compile(
        program,
        startOf({ ...setup, initial: padded(setup) }, program),
        { slots: 0 },
      );
      const rows = Array.from({ length: 100 }, () => {
        kernel.advance(1);
        return kernel.state();
      });
      expect(worstError(rows, expected.subarray(0, 100 * size), size, 2)).toBeGreaterThan(1e-6);
    });
  },
);

/** The same history with its oldest row repeated, for delays that reach a little further back. */
function padded({ initial, model, connectome }: Setup): Setup["initial"] {
  if (initial.kind !== "history") return initial;
  const size = Object.keys(model.state).length * connectome.labels.length;
  const extra = 20;
  const values = new Float64Array((initial.steps + extra) * size);
  for (let row = 0; row < extra; row++) values.set(initial.values.subarray(0, size), row * size);
  values.set(initial.values, extra * size);
  return { kind: "history", values, steps: initial.steps + extra };
}

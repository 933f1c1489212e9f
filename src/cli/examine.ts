import { availableParallelism, totalmem } from "node:os";
import { version } from "../core/version.js";
import { Fault } from "../core/fault.js";
import { memoryLimit } from "../core/limits.js";
import { resolveExperiment } from "../experiment/resolve.js";
import { runSimulation } from "../engine/run.js";
import { hasSimd } from "../kernels/wasm/kernel.js";
import { memoryDisk } from "../storage/disk.js";

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  readonly next?: string;
}

const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

/** Looks at the machine, then runs a small brain on every back end and compares the bits. */
export async function examine(): Promise<Check[]> {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const allowed = memoryLimit();
  const simd = hasSimd();
  return [
    { name: "laennec", ok: true, found: version },
    {
      name: "node",
      ok: major > 20 || (major === 20 && minor >= 19),
      found: process.versions.node,
      next: "laennec needs Node 20.19 or newer",
    },
    {
      name: "simd",
      ok: simd,
      found: simd ? "WebAssembly SIMD" : "no WebAssembly SIMD",
      next: "only --backend reference works here",
    },
    { name: "cores", ok: true, found: String(availableParallelism()) },
    {
      name: "memory",
      ok: allowed > 2 ** 29,
      found: `${gib(allowed)}${allowed < totalmem() ? ` allowed of ${gib(totalmem())}` : ""}`,
      next: "at least half a GiB is needed",
    },
    ...(await backendChecks()),
  ];
}

async function backendChecks(): Promise<Check[]> {
  const checks: Check[] = [];
  for (const precision of ["f64", "f32"] as const) {
    const truth = await smallRun("reference", precision);
    checks.push({ name: "reference", ok: truth.fault === undefined, found: truth.fault ?? `${precision} runs` });
    const wasm = await smallRun("wasm", precision);
    const same =
      wasm.values.length > 0 &&
      wasm.values.length === truth.values.length &&
      wasm.values.every((v, k) => Object.is(v, truth.values[k]));
    checks.push({
      name: "wasm",
      ok: same,
      found:
        wasm.fault ?? (same ? `${precision} gives the reference's bits` : `${precision} differs from the reference`),
      next: "use --backend reference, and please report this",
    });
  }
  return checks;
}

async function smallRun(
  backend: "reference" | "wasm",
  precision: "f32" | "f64",
): Promise<{ values: number[]; fault: string | undefined }> {
  const { setup } = await resolveExperiment(
    {
      connectome: { synthetic: { regions: 9, seed: 1 } },
      model: "montbrio-pazo-roxin",
      integrator: { dt: 0.1, noise: { id: "additive", D: { r: 1e-3, V: 1e-3 } } },
      duration: 50,
      monitors: ["raw"],
      precision,
    },
    { disk: memoryDisk() },
  );
  const values: number[] = [];
  try {
    for await (const { data } of runSimulation(setup, { backend })) for (const value of data.data) values.push(value);
    return { values, fault: undefined };
  } catch (error) {
    return { values: [], fault: error instanceof Fault ? error.what : "it failed" };
  }
}

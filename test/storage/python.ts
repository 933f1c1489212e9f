import { spawnSync } from "node:child_process";

/** A Python with the given modules: LAENNEC_PYTHON, or python3; undefined where there is none. */
export function pythonWith(modules: readonly string[]): string | undefined {
  for (const python of [process.env["LAENNEC_PYTHON"], "python3"]) {
    if (python === undefined) continue;
    const probe = spawnSync(python, ["-c", modules.map((name) => `import ${name}`).join("\n")], { timeout: 60_000 });
    if (probe.status === 0) return python;
  }
  return undefined;
}

/** What a Python program prints; warnings are errors. @throws Error with what it complained about */
export function runPython(python: string, program: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(python, ["-W", "error", "-c", program, ...args], {
    timeout: 60_000,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr.slice(-2000));
  return stdout;
}

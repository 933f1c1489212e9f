import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./sources.js";

/** Builds these sources into a folder of the test's own, inside the repository, so that they find the package's data. */
export function build(name: string): string {
  const folder = `out/test-builds/${name}`;
  execFileSync(process.execPath, ["scripts/build.mjs", "--no-types", `--outdir=${folder}`], {
    cwd: root,
    stdio: "pipe",
  });
  return join(root, folder);
}

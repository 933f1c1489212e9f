import { fault, suggest } from "../core/fault.js";
import type { Program } from "../ir/program.js";
import type { Backend } from "./kernel.js";
import { reference } from "./reference/kernel.js";
import { wasm } from "./wasm/kernel.js";

/** Back ends by id, the one to prefer first. */
export const backends: Readonly<Record<string, Backend>> = { wasm, reference };

/**
 * The back end to use: the asked one, or with "auto" the first that can run the program.
 * @throws Fault BACKEND
 */
export function chooseBackend(asked: string, program: Program): Backend {
  if (asked === "auto") {
    const found = Object.values(backends).find((backend) => backend.refuses(program) === undefined);
    if (found) return found;
    throw fault("BACKEND", "no back end can run here");
  }
  const backend = Object.hasOwn(backends, asked) ? backends[asked] : undefined;
  if (!backend)
    throw fault("BACKEND", `there is no back end "${asked}"`, {
      where: "backend",
      next: suggest(asked, ["auto", ...Object.keys(backends)]),
    });
  const why = backend.refuses(program);
  if (why)
    throw fault("BACKEND", `the ${asked} back end cannot run here`, { where: "backend", why, next: "backend auto" });
  return backend;
}

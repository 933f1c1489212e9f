import { cpus, homedir } from "node:os";
import { join } from "node:path";
import { fault } from "../core/fault.js";
import { version } from "../core/version.js";
import type { Tuning } from "../engine/tune.js";
import { nodeDisk } from "../storage/disk.js";
import { openTuning } from "../storage/tuning.js";
import type { Io } from "./io.js";

/** The real world: this process, its folder, its terminal. */
export function processIo(): Io {
  // A reader such as `head` that closes early is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  return {
    disk: nodeDisk(),
    print: (text) => void process.stdout.write(`${text}\n`),
    warn: (text) => void process.stderr.write(text),
    terminal: process.stderr.isTTY === true,
    readInput,
    tuning,
    interruption: () => {
      const controller = new AbortController();
      // `once`: the second signal meets Node's own handler and ends the process.
      const stops = (["SIGINT", "SIGTERM", "SIGUSR1"] as const).map(
        (name) => [name, () => controller.abort(name)] as const,
      );
      for (const [name, stop] of stops) process.once(name, stop);
      return {
        signal: controller.signal,
        done: () => {
          for (const [name, stop] of stops) process.removeListener(name, stop);
        },
      };
    },
  };
}

/** In the user's cache folder; entries hold for one version on one kind of processor. */
async function tuning(): Promise<Tuning> {
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  const file = await openTuning(nodeDisk(), join(cache, "laennec"));
  const keyed = (shape: string) => [version, process.version, cpus()[0]?.model ?? "", shape].join(" | ");
  return { recall: (shape) => file.recall(keyed(shape)), remember: (shape, v) => file.remember(keyed(shape), v) };
}

async function readInput(maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes)
      throw fault("DATA", `standard input holds more than ${maxBytes} bytes`, { where: "standard input" });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

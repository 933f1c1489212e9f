import { fault } from "../core/fault.js";
import { nodeDisk } from "../storage/disk.js";
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
    interruption: () => {
      const controller = new AbortController();
      const stop = () => controller.abort();
      // `once`: the second Ctrl-C meets Node's own handler and ends the process.
      process.once("SIGINT", stop);
      return { signal: controller.signal, done: () => void process.removeListener("SIGINT", stop) };
    },
  };
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

import type { Argv } from "yargs";
import { parseQuantity } from "../core/units.js";
import { fault } from "../core/fault.js";
import type { Checkpoints } from "./experiment-run.js";

/** Options of commands that run for long. */
export const checkpointOptions = <T>(y: Argv<T>): Argv<T> =>
  y
    .option("checkpoint-every", {
      type: "string",
      default: "10 min",
      describe: "time of the clock between checkpoints, from which laennec resume goes on",
    })
    .option("keep-checkpoint", {
      type: "boolean",
      default: false,
      describe: "keep the checkpoint of the end, for another experiment to go on from",
    }) as unknown as Argv<T>;

/** @throws Fault USAGE for what is no time above 0 */
export function checkpointsOf(args: Readonly<Record<string, unknown>>): Checkpoints {
  const text = String(args["checkpointEvery"] ?? "10 min");
  const ms = parseQuantity(text, "ms", "--checkpoint-every");
  if (!(ms > 0)) throw fault("USAGE", "--checkpoint-every is a time above 0", { next: "such as 10 min" });
  return { checkpointEveryMs: ms, keepCheckpoint: args["keepCheckpoint"] === true };
}

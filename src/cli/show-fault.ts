import { Fault, fault } from "../core/fault.js";

/** Every error as a fault: what is none is a defect of ours, told without the folders of this machine. */
export function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  if (error instanceof RangeError && /allocation failed|invalid array (buffer )?length/i.test(error.message))
    return fault("LIMIT", "there is not enough memory", {
      next: "--dry-run tells what a run needs; a shorter run or a longer period needs less",
    });
  const { name, message, stack } =
    error instanceof Error ? error : { name: "error", message: String(error), stack: undefined };
  const frames = (stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line) && !line.includes("node:"))
    .slice(0, 6)
    .map((line) => withoutFolders(line.trim()));
  return fault("BUG", withoutFolders(`${name}: ${message.split("\n")[0] ?? ""}`).slice(0, 300), {
    why: frames.length > 0 ? frames.join("\n         ") : undefined,
    next: "this is a defect of laennec: please report it with these lines",
  });
}

/** Absolute paths and file addresses by their last part. */
export const withoutFolders = (text: string): string =>
  text.replaceAll(/(?:file:\/\/)?(?:[A-Za-z]:)?(?:[/\\][^\s/\\:'"()<>|]+)+[/\\]([^\s/\\:'"()<>|]+)/g, "$1");

/** A fault for a program to read. */
export const faultJson = ({ code, what, where, why, next, data, exitStatus }: Fault): string =>
  JSON.stringify({ fault: { code, what, where, why, next, data, exit: exitStatus } });

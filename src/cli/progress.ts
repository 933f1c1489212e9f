import type { Io } from "./io.js";

/** Milliseconds between two drawings of the line. */
const interval = 100;

/** A line on standard error that shows how far a run is; nothing when that is no terminal. */
export function progressLine(
  io: Io,
  quiet: boolean,
): { show: (done: number, total: number) => void; clear: () => void } {
  if (!io.terminal || quiet) return { show: () => undefined, clear: () => undefined };
  const started = performance.now();
  let last = -Infinity;
  return {
    show(done, total) {
      const now = performance.now();
      if (now - last < interval && done < total) return;
      last = now;
      const share = total > 0 ? done / total : 1;
      const left = share > 0 ? ((now - started) / 1000) * (1 / share - 1) : NaN;
      const bar = "#".repeat(Math.round(share * 30)).padEnd(30, ".");
      io.warn(
        `\r[${bar}] ${(share * 100).toFixed(0).padStart(3)} %  ${Number.isFinite(left) ? `${left.toFixed(0)} s left` : ""}\u001b[K`,
      );
    },
    clear: () => io.warn("\r\u001b[K"),
  };
}

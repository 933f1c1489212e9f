import type { MakeCommand } from "./run.js";

/** laennec doctor: what this machine offers, and whether the back ends compute rightly on it. */
const doctor: MakeCommand = (io, exit) => ({
  command: "doctor",
  describe: "check this machine: Node, SIMD, cores, memory, and the back ends against each other",
  handler: async (args) => {
    const { examine } = await import("./examine.js");
    const checks = await examine();
    if (args["json"] === true) io.print(JSON.stringify({ checks }));
    else
      io.print(
        checks
          .map(
            ({ ok, name, found, next }) =>
              `${ok ? "ok  " : "FAIL"}  ${name.padEnd(12)}  ${found}${ok || next === undefined ? "" : `\n      ${next}`}`,
          )
          .join("\n"),
      );
    exit(checks.every(({ ok }) => ok) ? 0 : 1);
  },
});

export default doctor;

import type { MakeCommand } from "./run.js";

/** laennec demo: the main job on embedded data. */
const demo: MakeCommand = (io, exit) => ({
  command: "demo",
  describe: "simulate the embedded default brain and write its report",
  builder: (y) =>
    y
      .option("out", {
        type: "string",
        default: "laennec-demo",
        describe: "folder of the result; an earlier one is replaced",
      })
      .option("print", { type: "boolean", default: false, describe: "print the demo's experiment file, run nothing" })
      .example("$0 demo", "")
      .example("$0 demo --print > experiment.yaml", "a first experiment to change"),
  handler: async (args) => {
    const { demoExperiment } = await import("../experiment/demo.js");
    if (args["print"] === true) return io.print(demoExperiment.trimEnd());
    const { resolveText } = await import("../experiment/load.js");
    const { runAndTell } = await import("./experiment-run.js");
    const resolved = await resolveText(io.disk, { text: demoExperiment, source: "demo.yaml", folder: "." });
    const json = args["json"] === true;
    const quiet = args["quiet"] === true;
    exit(
      await runAndTell(io, resolved, {
        out: String(args["out"]),
        dryRun: false,
        force: true,
        report: true,
        json,
        quiet,
      }),
    );
  },
});

export default demo;

import { checkpointOptions, checkpointsOf } from "./checkpoint-options.js";
import type { MakeCommand } from "./run.js";

/** laennec resume: finishes a run that was stopped. */
const resume: MakeCommand = (io, exit) => ({
  command: "resume <result>",
  describe: "finish the run of a result folder from its checkpoint, with the same bits as if it had not stopped",
  builder: (y) =>
    checkpointOptions(
      y
        .positional("result", { type: "string", describe: "folder that simulate wrote", demandOption: true })
        .option("report", { type: "boolean", default: true, describe: "write report.html; --no-report leaves it out" })
        .example("$0 resume out", ""),
    ),
  handler: async (args) => {
    const { resumeAndTell } = await import("./experiment-run.js");
    exit(
      await resumeAndTell(io, String(args["result"]).replace(/(?<=.)[/\\]+$/, ""), {
        report: args["report"] === true,
        json: args["json"] === true,
        quiet: args["quiet"] === true,
        checkpoints: checkpointsOf(args),
      }),
    );
  },
});

export default resume;

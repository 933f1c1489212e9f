import type { MakeCommand } from "./run.js";

/** laennec report: draws a result again. */
const report: MakeCommand = (io) => ({
  command: "report <result>",
  describe: "write the report of a result folder",
  builder: (y) =>
    y
      .positional("result", { type: "string", describe: "folder that simulate wrote", demandOption: true })
      .option("out", { type: "string", describe: "file to write; default: report.html in the result" })
      .example("$0 report out", ""),
  handler: async (args) => {
    const { writeReport } = await import("./write-report.js");
    const { joinPath } = await import("../storage/disk.js");
    const result = String(args["result"]);
    const path = await writeReport(
      io.disk,
      result,
      (args["out"] as string | undefined) ?? joinPath(result, "report.html"),
    );
    io.print(args["json"] === true ? JSON.stringify({ report: path }) : path);
  },
});

export default report;

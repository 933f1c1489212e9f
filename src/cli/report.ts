import { resolve } from "node:path";
import type { MakeCommand } from "./run.js";

/** laennec report: draws a result again. */
const report: MakeCommand = (io) => ({
  command: "report <result>",
  describe: "write the report of a result folder",
  builder: (y) =>
    y
      .positional("result", { type: "string", describe: "folder that simulate wrote", demandOption: true })
      .option("out", { type: "string", describe: "file to write; default: report.html in the result" })
      .option("force", { type: "boolean", default: false, describe: "replace what is there" })
      .example("$0 report out", ""),
  handler: async (args) => {
    const { writeReport } = await import("../report/write-report.js");
    const { baseName, joinPath } = await import("../storage/disk.js");
    const { shownPath } = await import("../storage/failure.js");
    const { fault } = await import("../core/fault.js");
    const result = String(args["result"]).replace(/(?<=.)[/\\]+$/, "");
    const own = joinPath(result, "report.html");
    const out = (args["out"] as string | undefined) ?? own;
    if (resolve(out) !== resolve(own) && (await io.disk.exists(out))) {
      if (args["force"] !== true)
        throw fault("OUTPUT", "the file to write exists", { where: shownPath(out), next: "another --out, or --force" });
      if (baseName(out).toLowerCase() === "run.json")
        throw fault("OUTPUT", "a report does not replace a run.json", {
          where: shownPath(out),
          next: "another --out",
        });
    }
    const path = await writeReport(io.disk, result, out);
    io.print(args["json"] === true ? JSON.stringify({ report: path }) : path);
  },
});

export default report;

import { basename, resolve } from "node:path";
import type { MakeCommand } from "./run.js";

/** laennec export: a result for other programs. */
const exportCommand: MakeCommand = (io) => ({
  command: "export <result>",
  describe: "write a result as npz, HDF5 or CSV",
  builder: (y) =>
    y
      .positional("result", { type: "string", describe: "folder that simulate wrote", demandOption: true })
      .option("format", {
        choices: ["npz", "hdf5", "csv"] as const,
        default: "npz" as const,
        describe: "csv writes one file per monitor and variable",
      })
      .option("out", {
        type: "string",
        describe: "file (csv: folder) to write; default: in the current folder, named after the result",
      })
      .option("force", { type: "boolean", default: false, describe: "replace what is there" })
      .example("$0 export out --format hdf5 --out out.h5", ""),
  handler: async (args) => {
    const [{ exportResult, exportFormats }, { readResult }, { shownPath }, { fault }] = await Promise.all([
      import("../experiment/export.js"),
      import("../experiment/read-result.js"),
      import("../storage/failure.js"),
      import("../core/fault.js"),
    ]);
    const result = String(args["result"]).replace(/(?<=.)[/\\]+$/, "");
    const format = exportFormats.find((f) => f === args["format"]) ?? "npz";
    const suffix = { npz: ".npz", hdf5: ".h5", csv: "-csv" }[format];
    const out = (args["out"] as string | undefined) ?? `${nameOf(result)}${suffix}`;
    if (args["force"] !== true && (await io.disk.exists(out)))
      throw fault("OUTPUT", "the file to write exists", { where: shownPath(out), next: "another --out, or --force" });
    const written = await exportResult(io.disk, await readResult(io.disk, result), format, out);
    io.print(args["json"] === true ? JSON.stringify({ written }) : written.join("\n"));
  },
});

/** What the result's folder is called, also where it was given as "." or ".."; "result" for the root. */
const nameOf = (result: string): string => basename(resolve(result)) || "result";

export default exportCommand;
